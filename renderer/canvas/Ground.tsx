import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { GRID } from './geometry';
import './ground.css';

/** Dots nearer than this, in pixels, are thinned out to every second one. */
const NEAREST = 12;

/**
 * The dots behind a graph, which lie between the points of the grid, so that nodes do not cut them. A layer of its own,
 * a gap larger than the view: while the view is panned it is shifted, and nothing is painted.
 */
export function Ground() {
  const dots = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useLayoutEffect(() => {
    const place = ([x, y, zoom]: readonly [number, number, number]) => {
      const { style } = dots.current!;
      const gap = gapAt(zoom);
      style.setProperty('--gap', `${gap}px`);
      // the dots that are left when every second one goes were there before
      const shift = (GRID * zoom - gap) / 2;
      style.transform = `translate(${past(x + shift, gap)}px, ${past(y + shift, gap)}px)`;
    };
    place(store.getState().transform);
    return store.subscribe((now, before) => {
      if (now.transform !== before.transform) place(now.transform);
    });
  }, [store]);
  return <div ref={dots} className="ground" aria-hidden="true" />;
}

/** Between two dots, in pixels. */
function gapAt(zoom: number): number {
  const gap = GRID * zoom;
  return gap * 2 ** Math.max(0, Math.ceil(Math.log2(NEAREST / gap)));
}

const past = (offset: number, gap: number): number => ((offset % gap) + gap) % gap;
