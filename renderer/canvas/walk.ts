import type { Point, Rect } from './geometry';
import { nextTowards } from './neighbours';

type Box = Rect & { readonly id: string };
/** A drawn wire. Wires to and from a frame's own inside do not count: they lead to no other node. */
export interface WalkWire {
  readonly source: string;
  readonly target: string;
}

/**
 * Where an arrow key leads from a node: down along a wire that goes out, up along one that comes in, left and right to
 * the nodes beside it that share a source or a target. Where no wire leads, to the nearest node that way.
 */
export function walk(
  boxes: readonly Box[],
  wires: readonly WalkWire[],
  start: string,
  way: Point,
): string | undefined {
  const places = new Map(boxes.map((b) => [b.id, b]));
  const from = places.get(start);
  if (!from) return undefined;
  const of = (ids: Iterable<string>) => [...new Set(ids)].flatMap((id) => places.get(id) ?? []);
  const next =
    way.y === 0
      ? beside(from, of(siblings(wires, start)), way.x)
      : straightest(from, of(along(wires, start, way.y > 0)));
  return next?.id ?? nextTowards(boxes, start, way);
}

const within = (outer: string, path: string): boolean => path.startsWith(`${outer}/`);

function along(wires: readonly WalkWire[], start: string, down: boolean): readonly string[] {
  return wires.flatMap(({ source, target }) => {
    const [here, there] = down ? [source, target] : [target, source];
    return here === start && !within(here, there) && !within(there, here) ? [there] : [];
  });
}

/** Nodes that share a source or a target with `start`. */
function siblings(wires: readonly WalkWire[], start: string): ReadonlySet<string> {
  const above = new Set(along(wires, start, false));
  const below = new Set(along(wires, start, true));
  const found = new Set<string>();
  for (const { source, target } of wires) {
    if (above.has(source)) found.add(target);
    if (below.has(target)) found.add(source);
  }
  for (const id of [start, ...above, ...below]) found.delete(id);
  return found;
}

const middle = ({ x, width }: Rect): number => x + width / 2;

/** The one that stands most nearly above or below. */
const straightest = (from: Rect, boxes: readonly Box[]): Box | undefined =>
  [...boxes].sort((a, b) => Math.abs(middle(a) - middle(from)) - Math.abs(middle(b) - middle(from)))[0];

/** The nearest one to the left or to the right. */
function beside(from: Rect, boxes: readonly Box[], way: number): Box | undefined {
  const away = (b: Rect) => (middle(b) - middle(from)) * way;
  return boxes.filter((b) => away(b) > 1).sort((a, b) => away(a) - away(b))[0];
}
