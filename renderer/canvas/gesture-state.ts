import { create } from 'zustand';
import type { Point } from './geometry';

/** What a stroke on the canvas does: picks the nodes in a loop, or cuts the wires that it crosses. */
export type Tool = 'lasso' | 'cut';

/** What the menu of the right button was asked for at. */
export interface MenuRequest {
  readonly on: 'node' | 'wire' | 'canvas';
  /** In the window. */
  readonly at: Point;
  /** What had the focus, to give it back. */
  readonly back: HTMLElement | null;
}

interface GestureState {
  /** Chosen by its command: the next drag is a stroke. */
  readonly tool: Tool | null;
  /** The stroke that is being drawn, in pixels of the window. */
  readonly stroke: { readonly tool: Tool; readonly points: readonly Point[] } | null;
  /** Wires that the stroke has crossed. */
  readonly cutting: ReadonlySet<string>;
  /** Where copies would go, by the node they are of, while nodes are dragged with Alt. */
  readonly copies: ReadonlyMap<string, Point>;
  readonly menu: MenuRequest | null;
}

export const NO_WIRES: ReadonlySet<string> = new Set();
export const NO_COPIES: ReadonlyMap<string, Point> = new Map();

/** Gestures in progress; nothing here outlives them. */
export const useGestures = create<GestureState>(() => ({
  tool: null,
  stroke: null,
  cutting: NO_WIRES,
  copies: NO_COPIES,
  menu: null,
}));
