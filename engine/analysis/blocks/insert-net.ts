import { addEdge } from '../../graph/commands/edges';
import { addNode, type Position, pasteNodes } from '../../graph/commands/nodes';
import { without } from '../../graph/commands/records';
import type { GraphDocument } from '../../graph/document';
import type { Command } from '../../graph/history';
import { upstream } from '../../graph/order';
import { GROUP } from '../../nodes/body';
import { kindsOf } from '../../nodes/user-block';
import { cutOut } from './group';
import { importBlock, usedBlocks } from './own';

type Net = Pick<GraphDocument, 'nodes' | 'edges' | 'blocks'>;

/** Ids of what stands between the input of a net and its output; side classifiers are left out. */
export function trunkOf({ nodes, edges, blocks }: Net): readonly string[] {
  const roleOf = (id: string) => kindsOf(blocks)(nodes[id]!.type)?.role;
  const output = Object.keys(nodes).find((id) => roleOf(id) === 'output');
  const used = output === undefined ? new Set(Object.keys(nodes)) : upstream(output, Object.values(edges));
  return Object.keys(nodes).filter((id) => used.has(id) && roleOf(id) === undefined);
}

/**
 * Puts the trunk of another net into the graph, as nodes or as one block.
 *
 * @param at     top left corner of what comes in
 * @param behind the node that feeds it
 * @throws UserError `group/outputs` where it is to be a block and has several results
 */
export const insertNet: Command<{
  net: Net;
  at: Position;
  as: 'nodes' | 'block';
  title: string;
  behind?: string;
}> = {
  id: 'graph.insert-net',
  label: 'insert net',
  run(doc, { net, at, as, title, behind }) {
    const ids = trunkOf(net);
    if (ids.length === 0) return doc;
    const withBlocks = [...usedBlocks(net)].reduce(
      (d, id) => (Object.hasOwn(d.blocks, id) ? d : importBlock.run(d, { id, block: net.blocks[id] })),
      doc,
    );
    const [next, entries] =
      as === 'block' ? asBlock(withBlocks, net, ids, at, title) : asNodes(withBlocks, net, ids, at);
    if (behind === undefined || !doc.nodes[behind]) return next;
    return entries.reduce((d, to) => addEdge.run(d, { from: { node: behind, port: 'out' }, to }), next);
  },
};

type Inserted = readonly [GraphDocument, readonly { readonly node: string; readonly port: string }[]];

function asBlock(
  doc: GraphDocument,
  net: Net,
  ids: readonly string[],
  at: Position,
  title: string,
): Inserted {
  // what leads to the output or to a side classifier is left behind
  const kept = new Set(ids);
  const edges = without(net.edges, (e) => !kept.has(e.to.node));
  const { body, inputs } = cutOut({ nodes: net.nodes, edges }, ids);
  const params = { title, inputs, body, origin: null };
  const next = addNode.run(doc, { type: GROUP, v: 1, params, position: at });
  const id = Object.keys(next.nodes).find((n) => !Object.hasOwn(doc.nodes, n))!;
  return [next, inputs.slice(0, 1).map((port) => ({ node: id, port }))];
}

function asNodes(doc: GraphDocument, net: Net, ids: readonly string[], at: Position): Inserted {
  const kept = new Set(ids);
  const nodes = without(net.nodes, (_, id) => !kept.has(id));
  const places = Object.values(nodes).flatMap((n) => n.position ?? []);
  const left = Math.min(...places.map((p) => p.x));
  const top = Math.min(...places.map((p) => p.y));
  const offset = places.length > 0 ? { x: at.x - left, y: at.y - top } : at;
  const edges = Object.values(net.edges);
  const inner = edges.filter((e) => kept.has(e.from.node) && kept.has(e.to.node));
  const next = pasteNodes.run(doc, { nodes, edges: inner, offset });
  // pasting keeps the order
  const fresh = Object.keys(next.nodes).filter((id) => !Object.hasOwn(doc.nodes, id));
  const idOf = new Map(Object.keys(nodes).map((id, i) => [id, fresh[i]!]));
  const entries = edges
    .filter((e) => kept.has(e.to.node) && !kept.has(e.from.node))
    .map((e) => ({ node: idOf.get(e.to.node)!, port: e.to.port }));
  return [next, entries];
}
