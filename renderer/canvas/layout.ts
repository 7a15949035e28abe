import type { GraphDocument } from '../../engine/graph/document';
import { downstream } from '../../engine/graph/order';
import { NODE_HEIGHT, NODE_SIZE, NODE_WIDTH, type Point, ROW_GAP, snap } from './geometry';
import { type Link, layered } from './layered';

type Graph = Pick<GraphDocument, 'nodes' | 'edges'>;
type Places = ReadonlyMap<string, Point>;

/** Between two columns of a long net; the wire from one to the next goes up through it. */
const GUTTER = 96;
const ROW = NODE_HEIGHT + ROW_GAP;
/** Rows that a single column may have. */
const SHORT = 9;
/** Columns as wide as they are high times this fill a window well. */
const ASPECT = 1.5;

/**
 * Places for every node: layers from the top down. A long net is cut where only one wire leads on, and its parts
 * stand beside each other, each read from the top down, so that a net of 20 layers is seen at once.
 */
export function arrange(graph: Graph): Places {
  const boxes = Object.keys(graph.nodes).map((id) => ({ id, ...NODE_SIZE }));
  const links = Object.values(graph.edges).map((e): Link => [e.from.node, e.to.node]);
  const flat = layered(boxes, links);
  const columns = intoColumns(flat, links);
  const places = new Map<string, Point>();
  let left = 0;
  for (const ids of columns) {
    const at = ids.map((id) => flat.get(id)!);
    const [x0, x1] = [Math.min(...at.map((p) => p.x)), Math.max(...at.map((p) => p.x)) + NODE_WIDTH];
    const y0 = Math.min(...at.map((p) => p.y));
    for (const [i, id] of ids.entries())
      places.set(id, { x: snap(left + at[i]!.x - x0), y: snap(at[i]!.y - y0) });
    left += snap(x1 - x0 + GUTTER);
  }
  return places;
}

/** Node ids of each column, balanced, cut only where a single wire crosses. */
function intoColumns(flat: Places, links: readonly Link[]): readonly (readonly string[])[] {
  const ranks = intoRanks(flat);
  const rows = ranks.length;
  const most = Math.max(SHORT - 1, Math.ceil(Math.sqrt((rows * (NODE_WIDTH + GUTTER)) / (ASPECT * ROW))));
  const count = rows <= SHORT ? 1 : Math.ceil(rows / most);
  if (count === 1) return rows === 0 ? [] : [ranks.flat()];
  const cuts = cutsOf(ranks, links);
  const chosen = Array.from({ length: count - 1 }, (_, i) => nearest(cuts, ((i + 1) * rows) / count));
  const ends = [...new Set([...chosen.filter((c) => c !== undefined), rows])].sort((a, b) => a - b);
  return ends.map((end, i) => ranks.slice(ends[i - 1] ?? 0, end).flat());
}

function intoRanks(flat: Places): readonly (readonly string[])[] {
  const byY = new Map<number, string[]>();
  for (const [id, { y }] of flat) {
    const row = Math.round(y);
    byY.set(row, [...(byY.get(row) ?? []), id]);
  }
  return [...byY].sort(([a], [b]) => a - b).map(([, ids]) => ids);
}

/** Rows before which exactly one wire crosses. */
function cutsOf(ranks: readonly (readonly string[])[], links: readonly Link[]): readonly number[] {
  const rank = new Map(ranks.flatMap((ids, r) => ids.map((id) => [id, r] as const)));
  const crossing = ranks.map(() => 0);
  for (const [from, to] of links) {
    const [a, b] = [rank.get(from), rank.get(to)];
    if (a === undefined || b === undefined) continue;
    for (let r = Math.min(a, b) + 1; r <= Math.max(a, b); r++) crossing[r]! += 1;
  }
  return crossing.flatMap((n, r) => (r > 0 && n <= 1 ? [r] : []));
}

const nearest = (cuts: readonly number[], goal: number): number | undefined =>
  cuts.reduce<number | undefined>(
    (best, c) => (best === undefined || Math.abs(c - goal) < Math.abs(best - goal) ? c : best),
    undefined,
  );

/**
 * Places for the nodes that have none. Where most have one, the others stand below what feeds them and nothing else
 * moves; else the whole net is arranged.
 */
export function placeMissing(graph: Graph): Places {
  const ids = Object.keys(graph.nodes);
  const missing = ids.filter((id) => !graph.nodes[id]!.position);
  if (missing.length === 0) return new Map();
  if (missing.length * 2 > ids.length) return arrange(graph);
  const taken = new Map(
    ids.flatMap((id) => (graph.nodes[id]!.position ? [[id, graph.nodes[id]!.position!] as const] : [])),
  );
  const found = new Map<string, Point>();
  const wires = Object.values(graph.edges);
  const depth = (id: string) => -downstream(id, wires).size;
  for (const id of missing.sort((a, b) => depth(a) - depth(b))) {
    const sources = wires.filter((e) => e.to.node === id).flatMap((e) => taken.get(e.from.node) ?? []);
    const start =
      sources.length > 0
        ? { x: sources[0]!.x, y: Math.max(...sources.map((p) => p.y)) + ROW }
        : corner(taken);
    const place = firstFree(start, [...taken.values()]);
    taken.set(id, place);
    found.set(id, place);
  }
  return found;
}

const corner = (taken: Places): Point => {
  const all = [...taken.values()];
  return { x: Math.max(...all.map((p) => p.x)) + NODE_WIDTH + GUTTER, y: Math.min(...all.map((p) => p.y)) };
};

/** `at`, or the next place to the right of it that no node covers. */
export function firstFree(at: Point, taken: readonly Point[]): Point {
  let x = at.x;
  const covered = () =>
    taken.find((p) => Math.abs(p.x - x) < NODE_WIDTH + 16 && Math.abs(p.y - at.y) < NODE_HEIGHT + 8);
  for (let hit = covered(); hit; hit = covered()) x = snap(hit.x + NODE_WIDTH + 36);
  return { x, y: at.y };
}
