import type { GraphDocument } from './document';

/** How many nets have a node of the second kind behind one of the first. */
export type Followers = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Counts each pair of kinds once a net, so that a deep net says no more than a small one. */
export function countFollowers(docs: Iterable<Pick<GraphDocument, 'nodes' | 'edges'>>): Followers {
  const counts: Record<string, Record<string, number>> = {};
  for (const { nodes, edges } of docs) {
    const pairs = new Set<string>();
    for (const { from, to } of Object.values(edges)) {
      const [a, b] = [nodes[from.node]?.type, nodes[to.node]?.type];
      if (a !== undefined && b !== undefined) pairs.add(`${a} ${b}`);
    }
    for (const pair of pairs) {
      const [a, b] = pair.split(' ') as [string, string];
      counts[a] ??= {};
      counts[a][b] = (counts[a][b] ?? 0) + 1;
    }
  }
  return counts;
}
