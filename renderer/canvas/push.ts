import { NODE_HEIGHT, NODE_WIDTH, type Point, type Size } from './geometry';
import type { Link } from './layered';

type Places = ReadonlyMap<string, Point>;
type Sizes = ReadonlyMap<string, Size>;

/** A node that follows by a wire and stands no further below counts as the next one. */
const NEXT = 100;

/**
 * Where nodes are drawn: each at its own place, pushed aside by frames. A frame keeps the middle of its node's top
 * edge; what stands below it, or follows next from it, moves down, and what stands to its right moves right. Nodes that
 * did not overlap folded do not overlap opened.
 *
 * @param places top left corners of folded nodes, as the document has them
 * @param frames of those that stand open
 */
export function pushAside(places: Places, frames: Sizes, links: readonly Link[] = []): Places {
  if (![...places.keys()].some((id) => frames.has(id))) return places;
  const right = pushRight(places, frames);
  const down = pushDown(places, frames, new Set(links.map(([a, b]) => `${a} ${b}`)));
  return new Map(
    [...places].map(([id, p]) => [
      id,
      { x: p.x + right.get(id)! - wider(id, frames) / 2, y: p.y + down.get(id)! },
    ]),
  );
}

const wider = (id: string, frames: Sizes): number => (frames.get(id)?.width ?? NODE_WIDTH) - NODE_WIDTH;
const higher = (id: string, frames: Sizes): number => (frames.get(id)?.height ?? NODE_HEIGHT) - NODE_HEIGHT;

function pushRight(places: Places, frames: Sizes): ReadonlyMap<string, number> {
  const all = [...places].sort(([, a], [, b]) => a.x - b.x);
  const shift = new Map<string, number>();
  for (const [id, p] of all) {
    let most = 0;
    for (const [other, q] of all) {
      if (q.x + NODE_WIDTH > p.x) break;
      most = Math.max(most, shift.get(other)! + (wider(other, frames) + wider(id, frames)) / 2);
    }
    shift.set(id, most);
  }
  return shift;
}

function pushDown(places: Places, frames: Sizes, linked: ReadonlySet<string>): ReadonlyMap<string, number> {
  const all = [...places].sort(([, a], [, b]) => a.y - b.y);
  const shift = new Map<string, number>();
  for (const [id, p] of all) {
    let most = 0;
    for (const [other, q] of all) {
      if (q.y + NODE_HEIGHT > p.y) break;
      const follows = linked.has(`${other} ${id}`) && p.y - q.y - NODE_HEIGHT <= NEXT;
      const pushes = Math.abs(q.x - p.x) < NODE_WIDTH || follows;
      if (pushes) most = Math.max(most, shift.get(other)! + higher(other, frames));
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
export function pulledBack(places: Places, frames: Sizes, links: readonly Link[], at: Point, id = ''): Point {
  const others = new Map([...places].filter(([other]) => other !== id));
  const drawn = pushAside(others, frames, links);
  if (drawn === others && !frames.has(id)) return at;
  const shown = (p: Point): Point => pushAside(new Map([...others, [id, p]]), frames, links).get(id)!;
  const shifts = (axis: 'x' | 'y') =>
    new Set([0, ...[...others].map(([o, p]) => drawn.get(o)![axis] - p[axis])]);
  const own = (frames.get(id)?.width ?? NODE_WIDTH) - NODE_WIDTH;
  const xs = [...shifts('x')].flatMap((s) => [at.x - s, at.x - s + own / 2]);
  const x = nearest(xs, (v) => Math.abs(shown({ x: v, y: at.y }).x - at.x));
  const y = nearest(
    [...shifts('y')].map((s) => at.y - s),
    (v) => Math.abs(shown({ x, y: v }).y - at.y),
  );
  return { x, y };
}

function nearest(values: readonly number[], far: (v: number) => number): number {
  const ranked = values.map((v) => [v, far(v)] as const);
  return ranked.reduce((best, next) => (next[1] < best[1] ? next : best))[0];
}
