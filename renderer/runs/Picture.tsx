import { useEffect, useRef } from 'react';
import type { Preview } from '../../ipc/contract';
import { sidesOf, toRgba } from './pictures';

/** Milliseconds of a frame. */
const FRAME = 125;

/** One picture of the data at its own size in pixels, or a clip that plays; CSS scales it without smoothing. */
export function Picture({ preview, index }: { preview: Preview; index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { frames, height, width } = sidesOf(preview);
  useEffect(() => {
    const draw = (frame: number) =>
      canvas.current
        ?.getContext('2d')
        ?.putImageData(new ImageData(toRgba(preview, index, frame), width, height), 0, 0);
    draw(0);
    // whoever wants no motion sees the first frame
    if (frames === 1 || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let frame = 0;
    const timer = setInterval(() => draw(++frame % frames), FRAME);
    return () => clearInterval(timer);
  }, [preview, index, frames, width, height]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; its label stands beside it
  return <canvas className="picture" ref={canvas} width={width} height={height} aria-hidden="true" />;
}

export const labelOf = (preview: Preview, index: number): string => {
  const label = preview.labels[index];
  return label === undefined ? '' : (preview.classNames[label] ?? String(label));
};
