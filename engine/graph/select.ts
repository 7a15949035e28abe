import type { GraphDocument, NodeRecord } from './document';
import { downstream, reachAll, upstream, type Wires } from './order';

/** What to select from what is selected. All give ids in the order of the document, and know no node kind. */

type Nodes = GraphDocument['nodes'];
const inOrder = (nodes: Nodes, wanted: { has(id: string): boolean }): readonly string[] =>
  Object.keys(nodes).filter((id) => wanted.has(id));

/** Every node of a kind that one of `ids` has. */
export function ofSameKind(nodes: Nodes, ids: readonly string[]): readonly string[] {
  const kinds = new Set(ids.flatMap((id) => (nodes[id] ? [nodes[id].type] : [])));
  return Object.entries(nodes).flatMap(([id, n]: [string, NodeRecord]) => (kinds.has(n.type) ? [id] : []));
}

/** `ids` and all that comes after them, or before them, along the wires. */
export const withDownstream = (nodes: Nodes, ids: readonly string[], edges: Wires): readonly string[] =>
  inOrder(nodes, reachAll(ids, edges, 'down'));
export const withUpstream = (nodes: Nodes, ids: readonly string[], edges: Wires): readonly string[] =>
  inOrder(nodes, reachAll(ids, edges, 'up'));

/** The nodes on every path between two, themselves included, whichever comes first; none where no path leads. */
export function between(nodes: Nodes, a: string, b: string, edges: Wires): readonly string[] {
  const [first, last] = downstream(a, edges).has(b) ? [a, b] : [b, a];
  const after = downstream(first, edges);
  if (!after.has(last)) return [];
  const before = upstream(last, edges);
  return inOrder(nodes, { has: (id) => after.has(id) && before.has(id) });
}

/** The other nodes. */
export function inverted(nodes: Nodes, ids: readonly string[]): readonly string[] {
  const selected = new Set(ids);
  return inOrder(nodes, { has: (id) => !selected.has(id) });
}

/** `ids` and every node that one wire joins to them. */
export function grown(nodes: Nodes, ids: readonly string[], edges: Wires): readonly string[] {
  const selected = new Set(ids);
  const more = new Set(ids);
  for (const { from, to } of edges) {
    if (selected.has(from.node)) more.add(to.node);
    if (selected.has(to.node)) more.add(from.node);
  }
  return inOrder(nodes, more);
}
