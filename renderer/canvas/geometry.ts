/** Pixels of the canvas at zoom 1. */
export const NODE_WIDTH = 184;
export const NODE_HEIGHT = 56;
export const GRID = 20;
/** Between a node and the next one below it, and between two side by side. */
export const ROW_GAP = 24;
export const COLUMN_GAP = 36;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Rect extends Point, Size {}

export const NODE_SIZE: Size = { width: NODE_WIDTH, height: NODE_HEIGHT };

export const snap = (v: number): number => Math.round(v / GRID) * GRID;
export const snapPoint = ({ x, y }: Point): Point => ({ x: snap(x), y: snap(y) });

export function boundsOf(rects: Iterable<Rect>): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const r of rects) {
    left = Math.min(left, r.x);
    top = Math.min(top, r.y);
    right = Math.max(right, r.x + r.width);
    bottom = Math.max(bottom, r.y + r.height);
  }
  return left === Infinity
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

export const contains = (r: Rect, p: Point): boolean =>
  p.x >= r.x && p.x <= r.x + r.width && p.y >= r.y && p.y <= r.y + r.height;

/** Ports stand evenly along the top edge. */
export const portX = (index: number, count: number, width: number): number =>
  (width * (index + 1)) / (count + 1);
