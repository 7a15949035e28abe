import type { EdgeRecord } from './document';

export type Wires = readonly Pick<EdgeRecord, 'from' | 'to'>[];

/** Node ids with sources before users; what lies on a cycle, or behind one, comes apart. */
export interface Order {
  readonly sorted: readonly string[];
  readonly stuck: readonly string[];
}

/** Kahn's algorithm; among the ready ones the order of `ids` is kept, so that equal graphs sort equally. */
export function orderNodes(ids: readonly string[], edges: Wires): Order {
  const users = new Map<string, string[]>(ids.map((id) => [id, []]));
  const waiting = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const { from, to } of edges) {
    if (!users.has(from.node) || !users.has(to.node)) continue;
    users.get(from.node)!.push(to.node);
    waiting.set(to.node, waiting.get(to.node)! + 1);
  }
  const sorted = ids.filter((id) => waiting.get(id) === 0);
  for (let i = 0; i < sorted.length; i++) {
    for (const user of users.get(sorted[i]!)!) {
      const left = waiting.get(user)! - 1;
      waiting.set(user, left);
      if (left === 0) sorted.push(user);
    }
  }
  const done = new Set(sorted);
  return { sorted, stuck: ids.filter((id) => !done.has(id)) };
}

/** Every node that `start` reaches along the wires, itself included. */
export const downstream = (start: string, edges: Wires): ReadonlySet<string> =>
  reachAll([start], edges, 'down');
/** Every node that reaches `start`, itself included. */
export const upstream = (start: string, edges: Wires): ReadonlySet<string> => reachAll([start], edges, 'up');

/** Every node that one of `starts` reaches along the wires, or that reaches one of them; themselves included. */
export function reachAll(starts: readonly string[], edges: Wires, way: 'down' | 'up'): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [a, b] = way === 'down' ? [from.node, to.node] : [to.node, from.node];
    const known = next.get(a);
    if (known) known.push(b);
    else next.set(a, [b]);
  }
  const seen = new Set(starts);
  for (const id of seen) for (const n of next.get(id) ?? []) seen.add(n);
  return seen;
}

/** Whether a wire from `from` to `to` would close a circle. */
export const closesCycle = (from: string, to: string, edges: Wires): boolean =>
  downstream(to, edges).has(from);
