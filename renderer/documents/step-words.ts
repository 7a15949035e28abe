import type { GraphDocument } from '../../engine/graph/document';
import { kindsOf } from '../../engine/nodes/user-block';

/** What a step changed, in a few words: `Conv 3×3`, `4 nodes`, `2 wires`, `training`. */
export function whatChanged(before: GraphDocument, after: GraphDocument): string {
  const nodes = changed(before.nodes, after.nodes);
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return titleOf(only, after.nodes[only] ? after : before);
  if (nodes.length > 1) return `${nodes.length} nodes`;
  const wires = changed(before.edges, after.edges).length;
  if (wires > 0) return wires === 1 ? '1 wire' : `${wires} wires`;
  if (before.name !== after.name) return after.name;
  return changed(textOf(before.training), textOf(after.training)).slice(0, 3).join(', ');
}

/** Keys whose values are another, missing or new. */
function changed(before: object, after: object): readonly string[] {
  const [a, b] = [before, after] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(a!), ...Object.keys(b!)])].filter((key) => a![key] !== b![key]);
}

/** Settings are made anew by every change of one: their values tell. */
const textOf = (settings: object): object =>
  Object.fromEntries(Object.entries(settings).map(([key, v]) => [key, JSON.stringify(v)]));

function titleOf(id: string, { nodes, blocks }: GraphDocument): string {
  const node = nodes[id]!;
  return node.label ?? kindsOf(blocks)(node.type)?.title ?? node.type;
}
