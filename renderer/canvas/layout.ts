import type { GraphDocument } from '../../engine/graph/document';
import { type Direction, placesIn, sizeIn } from './axis';
import { NODE_HEIGHT, NODE_SIZE, NODE_WIDTH, type Point, ROW_GAP, type Size, snap } from './geometry';
import { type Link, layered } from './layered';

type Graph = Pick<GraphDocument, 'nodes' | 'edges'> & { readonly layout?: GraphDocument['layout'] };
type Places = ReadonlyMap<string, Point>;

/** Between two columns of a long net; the wire from one to the next goes up through it. */
const GUTTER = 96;
const ROW = NODE_HEIGHT + ROW_GAP;
/** How a long net is broken: rows a single column may have, and pixels from row to row. */
const BREAK = {
  down: { short: 9, row: ROW, aspect: 1.5 },
  right: { short: 6, row: NODE_WIDTH + 56, aspect: 1 / 1.5 },
} as const;

export const directionOf = ({ layout }: Pick<Graph, 'layout'>): Direction => layout?.direction ?? 'down';

/**
 * Places for every node: layers from the top down, or from left to right where the document says so. A long net is cut
 * where only one wire leads on, and its parts stand beside each other, so that a net of 20 layers is seen at once.
 *
 * @param keep whether what stands already keeps its order, its columns and, as far as it can, its place
 */
export function arrange(graph: Graph, keep = false): Places {
  const direction = directionOf(graph);
  const present = new Map(
    Object.entries(graph.nodes).flatMap(([id, n]) => (n.position ? [[id, n.position] as const] : [])),
  );
  const hints = keep && present.size > 1 ? placesIn(present, direction) : undefined;
  const links = Object.values(graph.edges).map((e): Link => [e.from.node, e.to.node]);
  const boxes = Object.keys(graph.nodes).map((id) => ({ id, ...NODE_SIZE }));
  const flat = placesIn(
    layered(boxes, links, { direction, hints: keep && hints ? present : undefined }),
    direction,
  );
  const places = intoPlace(intoColumns(flat, links, direction, hints), flat, sizeIn(NODE_SIZE, direction));
  return placesIn(hints ? anchored(places, hints) : places, direction);
}

/** Columns side by side, on the grid, each from the top. */
function intoPlace(columns: readonly (readonly string[])[], flat: Places, { width }: Size): Places {
  const places = new Map<string, Point>();
  let left = 0;
  for (const ids of columns) {
    const at = ids.map((id) => flat.get(id)!);
    const [x0, x1] = [Math.min(...at.map((p) => p.x)), Math.max(...at.map((p) => p.x)) + width];
    const y0 = Math.min(...at.map((p) => p.y));
    for (const [i, id] of ids.entries())
      places.set(id, { x: snap(left + at[i]!.x - x0), y: snap(at[i]!.y - y0) });
    left += snap(x1 - x0 + GUTTER);
  }
  return places;
}

/** All moved as one, so that as many nodes as can be stay where they were. */
function anchored(places: Places, before: Places): Places {
  const shifts = new Map<string, { by: Point; count: number }>();
  for (const [id, p] of places) {
    const old = before.get(id);
    if (!old) continue;
    const by = { x: snap(old.x - p.x), y: snap(old.y - p.y) };
    const known = shifts.get(`${by.x} ${by.y}`);
    shifts.set(`${by.x} ${by.y}`, { by, count: (known?.count ?? 0) + 1 });
  }
  const [first] = [...shifts.values()].sort((a, b) => b.count - a.count);
  if (!first) return places;
  return new Map([...places].map(([id, p]) => [id, { x: p.x + first.by.x, y: p.y + first.by.y }]));
}

/** Node ids of each column, balanced, cut only where a single wire crosses; where it was cut before if that still does. */
function intoColumns(
  flat: Places,
  links: readonly Link[],
  direction: Direction,
  before: Places | undefined,
): readonly (readonly string[])[] {
  const ranks = intoRanks(flat);
  const rows = ranks.length;
  const { short, row, aspect } = BREAK[direction];
  const { width } = sizeIn(NODE_SIZE, direction);
  const most = Math.max(short - 1, Math.ceil(Math.sqrt((rows * (width + GUTTER)) / (aspect * row))));
  const cuts = cutsOf(ranks, links);
  const kept = before && cutsBefore(cuts, ranks, before);
  const ends = (chosen: readonly number[]) => [...new Set([...chosen, rows])].sort((a, b) => a - b);
  const tall = (all: readonly number[]) => Math.max(...all.map((end, i) => end - (all[i - 1] ?? 0)));
  const count = rows <= short ? 1 : Math.ceil(rows / most);
  if (rows === 0) return [];
  const balanced = Array.from({ length: count - 1 }, (_, i) => nearest(cuts, ((i + 1) * rows) / count));
  const fresh = ends(balanced.filter((c) => c !== undefined));
  const old = kept && ends(kept);
  const chosen = old && tall(old) <= SLACK * Math.max(most, tall(fresh)) ? old : fresh;
  return chosen.map((end, i) => ranks.slice(chosen[i - 1] ?? 0, end).flat());
}

/** A column may grow this much beyond what it would be given, before all columns are filled anew. */
const SLACK = 1.5;

/** The cuts over which the net turns up into the next column as it stands. */
function cutsBefore(
  cuts: readonly number[],
  ranks: readonly (readonly string[])[],
  before: Places,
): readonly number[] {
  const seen = (ids: readonly string[]) => ids.map((id) => before.get(id)).filter((p) => p !== undefined);
  return cuts.filter((r) => {
    const [above] = seen(ranks[r - 1]!);
    const [below] = seen(ranks[r]!);
    return above !== undefined && below !== undefined && below.y < above.y && below.x > above.x;
  });
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
