import { useEffect, useRef } from 'react';
import type { Preview } from '../../ipc/contract';
import { toRgba } from './pictures';

/** One picture of the data at its own size in pixels; CSS scales it without smoothing. */
export function Picture({ preview, index }: { preview: Preview; index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = preview.shape;
  useEffect(() => {
    canvas.current
      ?.getContext('2d')
      ?.putImageData(new ImageData(toRgba(preview, index), width, height), 0, 0);
  }, [preview, index, width, height]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; its label stands beside it
  return <canvas className="picture" ref={canvas} width={width} height={height} aria-hidden="true" />;
}

export const labelOf = (preview: Preview, index: number): string => {
  const label = preview.labels[index];
  return label === undefined ? '' : (preview.classNames[label] ?? String(label));
};
