import { type PointerEvent, useRef } from 'react';

/** Pixels of a drag that are one step. */
const PIXELS = 4;

/**
 * Drags on a field's name count its number up and down, ten times as fast with Shift; one drag is one step of undo.
 *
 * @returns what to spread on the name
 */
export function useScrub(
  enabled: boolean,
  step: (delta: number, gesture: string) => void,
  newGesture: () => string,
) {
  const drag = useRef<{ readonly gesture: string; x: number } | null>(null);
  if (!enabled) return {};
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { gesture: newGesture(), x: event.clientX };
    },
    onPointerMove: (event: PointerEvent) => {
      const current = drag.current;
      if (!current) return;
      const steps = Math.trunc((event.clientX - current.x) / PIXELS);
      if (steps === 0) return;
      current.x += steps * PIXELS;
      step(steps * (event.shiftKey ? 10 : 1), current.gesture);
    },
    onPointerUp: () => {
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
  };
}
