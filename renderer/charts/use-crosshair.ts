import { type KeyboardEvent, type RefObject, useState } from 'react';
import type uPlot from 'uplot';

/** Where the crosshair stands: index on the x axis, and pixels from the plot's left. */
export interface Hover {
  readonly index: number;
  readonly left: number;
}

/** The crosshair of a chart: moved by the pointer, and by the arrow keys, Home, End and Escape. */
export function useCrosshair() {
  const [hover, setHover] = useState<Hover | null>(null);
  return {
    hover,
    onCursor: (index: number | null, left: number) => setHover((old) => nextHover(old, index, left)),
    /** What to spread on the element that takes the keys. */
    keys: (plot: RefObject<uPlot | null>, x: readonly number[]) => ({
      tabIndex: x.length > 0 ? 0 : -1,
      onKeyDown: (event: KeyboardEvent) => {
        const to = keyTarget(event.key, hover?.index ?? null, x.length - 1);
        const u = plot.current;
        if (to === undefined || !u) return;
        event.preventDefault();
        const at = to === null ? null : x[to];
        u.setCursor(at == null ? AWAY : { left: u.valToPos(at, 'x'), top: 10 }, true);
      },
      onBlur: () => plot.current?.setCursor(AWAY, true),
    }),
  };
}
const AWAY = { left: -10, top: -10 };

/** The same object while the crosshair stands still, so that nothing is drawn again. */
function nextHover(old: Hover | null, index: number | null, left: number): Hover | null {
  if (index === null) return null;
  return old?.index === index && old.left === left ? old : { index, left };
}

/** Index the key moves the crosshair to; null hides it; undefined when the key means nothing here. */
function keyTarget(key: string, from: number | null, end: number): number | null | undefined {
  const stride = Math.max(1, Math.round(end / 60));
  if (key === 'ArrowLeft') return Math.max(0, (from ?? end + stride) - stride);
  if (key === 'ArrowRight') return Math.min(end, (from ?? -stride) + stride);
  if (key === 'Home') return 0;
  if (key === 'End') return end;
  return key === 'Escape' && from !== null ? null : undefined;
}
