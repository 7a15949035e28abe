import { downstream } from '../../engine/graph/order';
import { placesIn, sizeIn } from './axis';
import { NODE_SIZE, type Point, type Size, snap } from './geometry';
import { arrange, directionOf } from './layout';

type Graph = Parameters<typeof arrange>[0];
type Places = ReadonlyMap<string, Point>;

/** Between a node and the next on its way, between two side by side, and to a column of what no wire joins. */
const NEXT = { down: 24, right: 56 } as const;
const BESIDE = 36;
const APART = 96;

/**
 * Places for the nodes that have none. Where most have one, the others stand behind what feeds them and nothing else
 * moves; else the whole net is arranged.
 */
export function placeMissing(graph: Graph): Places {
  const ids = Object.keys(graph.nodes);
  const missing = ids.filter((id) => !graph.nodes[id]!.position);
  if (missing.length === 0) return new Map();
  if (missing.length * 2 > ids.length) return arrange(graph);
  const direction = directionOf(graph);
  const size = sizeIn(NODE_SIZE, direction);
  const placed = ids.flatMap((id) =>
    graph.nodes[id]!.position ? [[id, graph.nodes[id]!.position!] as const] : [],
  );
  const taken = new Map(placesIn(new Map(placed), direction));
  const found = new Map<string, Point>();
  const wires = Object.values(graph.edges);
  // what leads on to the most comes first
  const reach = new Map(missing.map((id) => [id, downstream(id, wires).size]));
  for (const id of missing.sort((a, b) => reach.get(b)! - reach.get(a)!)) {
    const sources = wires.filter((e) => e.to.node === id).flatMap((e) => taken.get(e.from.node) ?? []);
    const behind = Math.max(...sources.map((p) => p.y)) + size.height + NEXT[direction];
    const start = sources.length > 0 ? { x: sources[0]!.x, y: snap(behind) } : corner(taken, size);
    const place = firstFree(start, [...taken.values()], size);
    taken.set(id, place);
    found.set(id, place);
  }
  return placesIn(found, direction);
}

const corner = (taken: Places, { width }: Size): Point => {
  const all = [...taken.values()];
  return { x: Math.max(...all.map((p) => p.x)) + width + APART, y: Math.min(...all.map((p) => p.y)) };
};

/** `at`, or the next place beside it that no node covers. */
export function firstFree(at: Point, taken: readonly Point[], { width, height }: Size = NODE_SIZE): Point {
  let x = at.x;
  const covered = () =>
    taken.find((p) => Math.abs(p.x - x) < width + 16 && Math.abs(p.y - at.y) < height + 8);
  for (let hit = covered(); hit; hit = covered()) x = snap(hit.x + width + BESIDE);
  return { x, y: at.y };
}
