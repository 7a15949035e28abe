import { boundsOf, contains, type Point, type Rect } from './geometry';

/** On which side of the line from `a` to `b` a point lies: above 0 at its left. */
const side = (a: Point, b: Point, p: Point): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

/** Whether two straight pieces cross or touch. */
export function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [s, t, u, v] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (s * t < 0 && u * v < 0) return true;
  const on = (p: Point, q: Point, r: Point) =>
    Math.min(p.x, q.x) <= r.x &&
    r.x <= Math.max(p.x, q.x) &&
    Math.min(p.y, q.y) <= r.y &&
    r.y <= Math.max(p.y, q.y);
  return (
    (s === 0 && on(a, b, c)) ||
    (t === 0 && on(a, b, d)) ||
    (u === 0 && on(c, d, a)) ||
    (v === 0 && on(c, d, b))
  );
}

/** Whether the piece from `a` to `b` crosses a line of many pieces. */
export const crosses = (a: Point, b: Point, line: readonly Point[]): boolean =>
  line.some((p, i) => i > 0 && meet(a, b, line[i - 1]!, p));

/** Whether a point lies inside the loop, which is closed from its last point to its first. */
export function insideLoop(p: Point, loop: readonly Point[]): boolean {
  let inside = false;
  loop.forEach((a, i) => {
    const b = loop[(i + 1) % loop.length]!;
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

const cornersOf = ({ x, y, width, height }: Rect): readonly Point[] => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
];

/** Whether the loop takes in any of a box, as a drawn box does. */
export function loopTouches(loop: readonly Point[], box: Rect): boolean {
  if (loop.length < 3 || !overlap(boundsOf(loop.map((p) => ({ ...p, width: 0, height: 0 }))), box))
    return false;
  const corners = cornersOf(box);
  if (corners.some((c) => insideLoop(c, loop)) || loop.some((p) => contains(box, p))) return true;
  return loop.some((p, i) => {
    const q = loop[(i + 1) % loop.length]!;
    return corners.some((c, j) => meet(p, q, c, corners[(j + 1) % 4]!));
  });
}

/** Whether all of a box lies in the loop. */
export const loopHolds = (loop: readonly Point[], box: Rect): boolean =>
  loop.length >= 3 && cornersOf(box).every((c) => insideLoop(c, loop));

const overlap = (a: Rect, b: Rect): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** A drawn node, in the pixels of the loop. */
export interface LoopBox extends Rect {
  readonly id: string;
  /** An open block: taken only whole, or a loop inside of it could take no single node. */
  readonly frame: boolean;
}

/** The nodes that a loop takes; of a block that is taken, not its inside. */
export function pickedBy(loop: readonly Point[], boxes: readonly LoopBox[]): readonly string[] {
  const found = boxes.filter((b) => (b.frame ? loopHolds(loop, b) : loopTouches(loop, b))).map((b) => b.id);
  const whole = new Set(found);
  const within = (id: string): boolean => {
    for (let at = id.lastIndexOf('/'); at > 0; at = id.lastIndexOf('/', at - 1))
      if (whole.has(id.slice(0, at))) return true;
    return false;
  };
  return found.filter((id) => !within(id));
}
