import type { GraphDiff, NodeDiff } from '../../engine/analysis/diff';
import { orderNodes } from '../../engine/graph/order';
import { OUT } from '../canvas/connection';
import { COLUMN_GAP, NODE_HEIGHT, NODE_WIDTH, type Point, ROW_GAP, snap } from '../canvas/geometry';
import { arrange } from '../canvas/layout';

/** Nodes up to which a layout that crosses few wires takes less than a second or two. */
const MANY = 400;
const ROW = NODE_HEIGHT + 2 * ROW_GAP;
const GUTTER = 96;
/** Columns as wide as they are high times this fill a window well. */
const ASPECT = 1.5;

/** Top left corners by key: layers from the top down, in several columns where they are many. */
export function unionPlaces(union: GraphDiff): ReadonlyMap<string, Point> {
  const edges = union.wires.map(({ from, to, port }) => ({
    from: { node: from, port: OUT },
    to: { node: to, port },
  }));
  if (union.nodes.length > MANY) return inRows(union.nodes, edges);
  const nodes = Object.fromEntries(union.nodes.map((n) => [n.key, { type: '-', v: 1, params: {} }]));
  return arrange({ nodes, edges: Object.fromEntries(edges.map((e, i) => [`w${i}`, e])) });
}

type Wires = readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];

/** Each node one row below the last that feeds it; in a row those of both nets first. Takes time by the wires only. */
function inRows(
  nodes: readonly NodeDiff[],
  edges: Parameters<typeof orderNodes>[1],
): ReadonlyMap<string, Point> {
  const rows = rowsOf(nodes, edges);
  const wide = NODE_WIDTH + COLUMN_GAP;
  const height = Math.max(1, Math.ceil(Math.sqrt((rows.length * 2 * wide) / (ASPECT * ROW))));
  const places = new Map<string, Point>();
  let left = 0;
  for (let top = 0; top < rows.length; top += height) {
    const column = rows.slice(top, top + height);
    for (const [y, row] of column.entries())
      for (const [x, n] of row.entries()) places.set(n.key, { x: snap(left + x * wide), y: snap(y * ROW) });
    left += Math.max(...column.map((row) => row.length)) * wide + GUTTER;
  }
  return places;
}

const SLOTS = { unchanged: 0, changed: 0, removed: 1, added: 2 } as const;

function rowsOf(nodes: readonly NodeDiff[], edges: Parameters<typeof orderNodes>[1]): readonly NodeDiff[][] {
  const into = sourcesOf(edges);
  const known = new Map(nodes.map((n) => [n.key, n]));
  const { sorted, stuck } = orderNodes([...known.keys()], edges);
  const rank = new Map<string, number>();
  const rows: NodeDiff[][] = [];
  for (const key of [...sorted, ...stuck]) {
    const above = (into.get(key) ?? []).map((from) => rank.get(from) ?? -1);
    const row = Math.max(-1, ...above) + 1;
    rank.set(key, row);
    rows[row] = [...(rows[row] ?? []), known.get(key)!];
  }
  return rows.map((row) => row.sort((a, b) => SLOTS[a.state] - SLOTS[b.state]));
}

function sourcesOf(edges: Wires): ReadonlyMap<string, readonly string[]> {
  const into = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (!into.has(to.node)) into.set(to.node, []);
    into.get(to.node)!.push(from.node);
  }
  return into;
}
