import { create } from 'zustand';
import type { Fault } from '../../engine/errors';
import type { End } from '../../engine/graph/document';
import type { Point } from './geometry';

/** A list that stands on the canvas: kinds to add, or nodes to connect to. */
export type Popup =
  | {
      readonly sort: 'add';
      /** Pointer in the window, and where the new node goes. */
      readonly at: Point;
      readonly place: Point;
      /** The end of the wire that was let go; the node behind which the new one comes; the wire it is put on. */
      readonly from?: End;
      readonly behind?: string;
      readonly on?: string;
    }
  | { readonly sort: 'connect'; readonly at: Point; readonly from: End };

interface CanvasState {
  /** A wire that is being drawn: where it began, and what every port says to it. */
  readonly drawing: { readonly from: End; readonly verdicts: ReadonlyMap<string, Fault | null> } | null;
  readonly popup: Popup | null;
  /** What the pointer rests on, for explanations. */
  readonly hover: { readonly node?: string | undefined; readonly wire?: string | undefined } | null;
  /** The wire that a kind from the palette would be put on. */
  readonly dropWire: string | null;
  set(patch: Partial<Omit<CanvasState, 'set'>>): void;
}

/** What the canvas shows for a moment; nothing here outlives it. */
export const useCanvas = create<CanvasState>((set) => ({
  drawing: null,
  popup: null,
  hover: null,
  dropWire: null,
  set: (patch) => set(patch),
}));
export const canvas = (): CanvasState => useCanvas.getState();
