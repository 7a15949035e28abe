import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useSession } from '../app/session';
import type { FarModel } from './far-model';
import { type Colour, paintFar } from './far-paint';

/** The net as one picture: a large net from far off. It is painted anew whenever the view or the net changes. */
export function FarLayer({ model }: { readonly model: FarModel }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(model);
  const store = useStoreApi();
  const theme = useSession((s) => s.theme);
  const repaint = useRef<() => void>(() => {});
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const element = canvas.current!;
    const pen = element.getContext('2d')!;
    let frame = 0;
    let colour = coloursNow();
    const paint = () => {
      frame = 0;
      const { width, height, transform } = store.getState();
      const ratio = window.devicePixelRatio;
      resize(element, width * ratio, height * ratio);
      paintFar(pen, latest.current, transform, ratio, colour);
      element.setAttribute('data-painted', String(latest.current.nodes.length));
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    repaint.current = soon;
    const stop = store.subscribe((now, before) => {
      const moved = now.transform !== before.transform;
      if (moved || now.width !== before.width || now.height !== before.height) soon();
    });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const recolour = () => {
      colour = coloursNow();
      soon();
    };
    dark.addEventListener('change', recolour);
    paint();
    return () => {
      stop();
      dark.removeEventListener('change', recolour);
      cancelAnimationFrame(frame);
    };
  }, [store, theme]);
  useEffect(() => {
    latest.current = model;
    repaint.current();
  }, [model]);
  return (
    <div className="far-layer" aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== Math.round(width)) canvas.width = Math.round(width);
  if (canvas.height !== Math.round(height)) canvas.height = Math.round(height);
}

/** Tokens as they are now, each looked up once. */
function coloursNow(): Colour {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  return (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue(name).trim());
    return known.get(name)!;
  };
}
