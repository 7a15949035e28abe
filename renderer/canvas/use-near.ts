import { type ReactFlowState, useStore } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { shallow } from 'zustand/shallow';
import type { Flow, FlowWire } from './flow-types';
import type { Rect } from './geometry';

/** Cells to the longer side of the window, from one to two; what is near is rounded out to cells. */
const CELLS = 4;
/** Left, top, right and bottom on the canvas; null for all of it. */
type Region = readonly [number, number, number, number] | null;

/** What the window shows, with a cell more on each side: it seldom changes, and a frame late does no harm. */
function regionOf({ transform: [x, y, zoom], width, height, userSelectionActive }: ReactFlowState): Region {
  // a box may reach far out of the window, and takes the wires of its nodes
  if (width === 0 || height === 0 || userSelectionActive) return null;
  const cell = 2 ** Math.ceil(Math.log2(Math.max(width, height) / zoom)) / CELLS;
  const low = (shift: number) => (Math.floor(-shift / zoom / cell) - 1) * cell;
  const high = (shift: number, size: number) => (Math.ceil((size - shift) / zoom / cell) + 1) * cell;
  return [low(x), low(y), high(x, width), high(y, height)];
}

/**
 * `flow` with the wires near the window, and those that are chosen: React Flow sorts all the wires that it knows anew
 * at every edit, and looks at each of them in every frame.
 */
export function useNear(flow: Flow): Flow {
  const region = useStore(regionOf, shallow);
  const before = useRef<readonly FlowWire[]>([]);
  return useMemo(() => {
    const wires = wiresNear(flow, region);
    if (!shallow(before.current, wires)) before.current = wires;
    return { ...flow, wires: before.current };
  }, [flow, region]);
}

/** By the boxes of their ends, as React Flow tells which to draw. */
export function wiresNear({ nodes, wires }: Flow, region: Region): readonly FlowWire[] {
  if (!region) return wires;
  const [left, top, right, bottom] = region;
  const places = new Map<string, Rect>();
  for (const { id, parentId, position, width = 0, height = 0 } of nodes) {
    const { x, y } = places.get(parentId ?? '') ?? { x: 0, y: 0 };
    places.set(id, { x: x + position.x, y: y + position.y, width, height });
  }
  const isNear = (a: Rect | undefined, b: Rect | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    Math.min(a.x, b.x) <= right &&
    Math.max(a.x + a.width, b.x + b.width) >= left &&
    Math.min(a.y, b.y) <= bottom &&
    Math.max(a.y + a.height, b.y + b.height) >= top;
  return wires.filter(
    (w) => w.selected || w.className !== undefined || isNear(places.get(w.source), places.get(w.target)),
  );
}
