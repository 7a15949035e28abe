import { type Direction, placesIn, pointIn, sizeIn } from './axis';
import { NODE_SIZE, type Point, type Size } from './geometry';
import type { Link } from './layered';

type Places = ReadonlyMap<string, Point>;
type Sizes = ReadonlyMap<string, Size>;

/** A node that follows by a wire and stands no further below counts as the next one. */
const NEXT = 100;

/**
 * Where nodes are drawn: each at its own place, pushed aside by frames. A frame keeps the middle of its node's top
 * edge; what stands below it, or follows next from it, moves down, and what stands to its right moves right. Nodes that
 * did not overlap folded do not overlap opened. In nets that run right the same, turned over the diagonal.
 *
 * @param places top left corners of folded nodes, as the document has them
 * @param frames of those that stand open
 */
export function pushAside(
  places: Places,
  frames: Sizes,
  links: readonly Link[] = [],
  direction: Direction = 'down',
): Places {
  if (![...frames.keys()].some((id) => places.has(id))) return places;
  const more = growth(frames, direction);
  return placesIn(pushed(placesIn(places, direction), more, links, sizeIn(NODE_SIZE, direction)), direction);
}

/** How much larger than a node each frame is. */
function growth(frames: Sizes, direction: Direction): Sizes {
  const node = sizeIn(NODE_SIZE, direction);
  return new Map(
    [...frames].map(([id, frame]) => {
      const { width, height } = sizeIn(frame, direction);
      return [id, { width: width - node.width, height: height - node.height }];
    }),
  );
}

/** The same for a net that runs down. */
function pushed(places: Places, more: Sizes, links: readonly Link[], node: Size): Places {
  const right = pushRight(places, more, node);
  const down = pushDown(places, more, links, node);
  return new Map(
    [...places].map(([id, p]) => [
      id,
      { x: p.x + right.get(id)! - (more.get(id)?.width ?? 0) / 2, y: p.y + down.get(id)! },
    ]),
  );
}

function pushRight(places: Places, more: Sizes, { width }: Size): ReadonlyMap<string, number> {
  const all = [...places].sort(([, a], [, b]) => a.x - b.x);
  const shift = new Map<string, number>();
  const half = (id: string) => (more.get(id)?.width ?? 0) / 2;
  /** The furthest push of all that stand wholly to the left of the node at hand. */
  let most = -Infinity;
  let passed = 0;
  for (const [id, p] of all) {
    for (; all[passed]![1].x + width <= p.x; passed++) {
      const [other] = all[passed]!;
      most = Math.max(most, shift.get(other)! + half(other));
    }
    shift.set(id, Math.max(0, most + half(id)));
  }
  return shift;
}

function pushDown(
  places: Places,
  more: Sizes,
  links: readonly Link[],
  { width, height }: Size,
): ReadonlyMap<string, number> {
  const all = [...places].sort(([, a], [, b]) => a.y - b.y);
  const shift = new Map<string, number>();
  const sources = new Map<string, string[]>();
  for (const [a, b] of links) sources.set(b, [...(sources.get(b) ?? []), a]);
  const pushOf = (id: string) => shift.get(id)! + (more.get(id)?.height ?? 0);
  /** The furthest push of what stands wholly above the node at hand, by the x of its left edge. */
  const columns = new Map<number, number>();
  let passed = 0;
  for (const [id, p] of all) {
    for (; all[passed]![1].y + height <= p.y; passed++) {
      const [other, q] = all[passed]!;
      columns.set(q.x, Math.max(columns.get(q.x) ?? 0, pushOf(other)));
    }
    let most = 0;
    for (const [x, push] of columns) if (Math.abs(x - p.x) < width) most = Math.max(most, push);
    for (const source of sources.get(id) ?? []) {
      const gap = p.y - (places.get(source)?.y ?? Infinity) - height;
      if (gap >= 0 && gap <= NEXT) most = Math.max(most, pushOf(source));
    }
    shift.set(id, most);
  }
  return shift;
}

/**
 * The place in the document of a node that is to be drawn at `at`: the way back from `pushAside`. Where the push leaves
 * a gap, the nearest place.
 *
 * @param id of a node that is moved; left out for a new one
 */
export function pulledBack(
  places: Places,
  frames: Sizes,
  links: readonly Link[],
  at: Point,
  id = '',
  direction: Direction = 'down',
): Point {
  if (![...frames.keys()].some((other) => places.has(other) || other === id)) return at;
  const more = growth(frames, direction);
  const node = sizeIn(NODE_SIZE, direction);
  const goal = pointIn(at, direction);
  const others = new Map([...placesIn(places, direction)].filter(([other]) => other !== id));
  const drawn = pushed(others, more, links, node);
  const shown = (p: Point): Point => pushed(new Map([...others, [id, p]]), more, links, node).get(id)!;
  const shifts = (axis: 'x' | 'y') =>
    new Set([0, ...[...others].map(([o, p]) => drawn.get(o)![axis] - p[axis])]);
  const own = (more.get(id)?.width ?? 0) / 2;
  const xs = [...shifts('x')].flatMap((s) => [goal.x - s, goal.x - s + own]);
  const x = nearest(xs, (v) => Math.abs(shown({ x: v, y: goal.y }).x - goal.x));
  const y = nearest(
    [...shifts('y')].map((s) => goal.y - s),
    (v) => Math.abs(shown({ x, y: v }).y - goal.y),
  );
  return pointIn({ x, y }, direction);
}

function nearest(values: readonly number[], far: (v: number) => number): number {
  const ranked = values.map((v) => [v, far(v)] as const);
  return ranked.reduce((best, next) => (next[1] < best[1] ? next : best))[0];
}
