import type { Point, Rect, Size } from './geometry';

/** Which way a net runs on the canvas: from the top down, or from left to right. */
export type Direction = 'down' | 'right';

/*
 * All geometry is worked out for nets that run down. One that runs right is turned over the diagonal, worked out, and
 * turned back: x and y change places, and so do width and height.
 */
export const turnPoint = ({ x, y }: Point): Point => ({ x: y, y: x });
export const turnSize = ({ width, height }: Size): Size => ({ width: height, height: width });
const turnRect = (r: Rect): Rect => ({ ...turnPoint(r), ...turnSize(r) });

export const pointIn = (p: Point, direction: Direction): Point => (direction === 'right' ? turnPoint(p) : p);
export const sizeIn = (s: Size, direction: Direction): Size => (direction === 'right' ? turnSize(s) : s);
export const rectIn = (r: Rect, direction: Direction): Rect => (direction === 'right' ? turnRect(r) : r);
export const placesIn = (
  places: ReadonlyMap<string, Point>,
  direction: Direction,
): ReadonlyMap<string, Point> =>
  direction === 'right' ? new Map([...places].map(([id, p]) => [id, turnPoint(p)])) : places;
