import { type PointerEvent, useEffect, useRef, useState } from 'react';

/** Pixels of a drag that are one step. */
const PIXELS = 4;

interface Scrub {
  /** The drag stands at this many steps from where it began. */
  move(steps: number): void;
  end(): void;
  /** Escape, or the pointer was taken away. */
  cancel(): void;
}

/**
 * Drags on a field's name count its number up and down, ten times as fast with Shift. What it stands at is shown while one
 * drags, and taken at the end.
 *
 * @returns what to spread on the name
 */
export function useScrub(enabled: boolean, scrub: Scrub) {
  const drag = useRef<{ x: number; steps: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const latest = useRef(scrub);
  latest.current = scrub;
  const stop = (how: 'end' | 'cancel') => {
    if (!drag.current) return;
    const moved = drag.current.steps !== 0;
    drag.current = null;
    setDragging(false);
    latest.current[how === 'end' && moved ? 'end' : 'cancel']();
  };
  useEffect(() => {
    if (!dragging) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      drag.current = null;
      setDragging(false);
      latest.current.cancel();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [dragging]);
  if (!enabled) return {};
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, steps: 0 };
      setDragging(true);
    },
    onPointerMove: (event: PointerEvent) => {
      const current = drag.current;
      if (!current) return;
      const steps = Math.trunc((event.clientX - current.x) / PIXELS);
      if (steps === 0) return;
      current.x += steps * PIXELS;
      current.steps += steps * (event.shiftKey ? 10 : 1);
      latest.current.move(current.steps);
    },
    onPointerUp: () => stop('end'),
    onPointerCancel: () => stop('cancel'),
  };
}
