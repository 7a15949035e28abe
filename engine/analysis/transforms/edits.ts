import { type Inserted, insertNode } from '../../graph/commands/insert';
import { without } from '../../graph/commands/records';
import { emptyDocument, type NodeRecord } from '../../graph/document';
import type { Recipe } from '../../nodes/define';
import { OUTSIDE } from '../../nodes/subgraph';
import type { Graph } from '../blocks/body-of';

type Edit = (graph: Graph) => Graph;
const NOWHERE = emptyDocument('net');

/** One edit after the other. */
export const inTurn =
  (...edits: readonly Edit[]): Edit =>
  (graph) =>
    edits.reduce((g, edit) => edit(g), graph);

const withNode = (graph: Graph, id: string, change: (node: NodeRecord) => NodeRecord): Graph => {
  const node = graph.nodes[id];
  return node ? { ...graph, nodes: { ...graph.nodes, [id]: change(node) } } : graph;
};

/** Sets parameters of a node. */
export const patch =
  (id: string, params: Readonly<Record<string, unknown>>): Edit =>
  (graph) =>
    withNode(graph, id, (node) => ({ ...node, params: { ...node.params, ...params } }));

/** Makes another kind of a node, which keeps its id, name, place and wires. */
export const become =
  (id: string, { type, params }: Recipe): Edit =>
  (graph) =>
    withNode(graph, id, (node) => ({ ...node, type, v: 1, params: { ...params } }));

/**
 * Takes a node out: what it fed reads its source now.
 *
 * @param port of the source that stays, where several come in; the others go with it
 */
export const bypass =
  (id: string, port?: string): Edit =>
  (graph) => {
    const into = Object.values(graph.edges).filter((e) => e.to.node === id);
    const source = (port === undefined ? into[0] : into.find((e) => e.to.port === port))?.from;
    if (!graph.nodes[id] || !source) return graph;
    // a block's own input cannot be its result
    if (graph.output === id && source.node === OUTSIDE) return become(id, PASS)(graph);
    const edges = Object.fromEntries(
      Object.entries(graph.edges).flatMap(([key, e]) => {
        if (e.to.node === id) return [];
        return [[key, e.from.node === id ? { from: source, to: e.to } : e]];
      }),
    );
    const nodes = without(graph.nodes, (_, other) => other === id);
    return { ...graph, nodes, edges, ...(graph.output === id && { output: source.node }) };
  };
const PASS: Recipe = { type: 'activation', params: { function: 'linear' } };

/** Takes nodes and their wires out. */
export const remove =
  (ids: readonly string[]): Edit =>
  (graph) => {
    const gone = new Set(ids);
    const nodes = without(graph.nodes, (_, id) => gone.has(id));
    return {
      ...graph,
      nodes,
      edges: without(graph.edges, (e) => gone.has(e.from.node) || gone.has(e.to.node)),
    };
  };

/** Puts nodes behind one, in order: all that read it read the last of them. */
export const insertBehind =
  (id: string, added: readonly Inserted[]): Edit =>
  (graph) => {
    const [first, ...more] = added;
    if (!graph.nodes[id] || !first) return graph;
    const wires = Object.entries(graph.edges).filter(([, e]) => e.from.node === id);
    const [edge] = wires[0] ?? [];
    if (edge === undefined) return appended(graph, id, added);
    const doc = { ...NOWHERE, nodes: graph.nodes as typeof NOWHERE.nodes, edges: { ...graph.edges } };
    const next = insertNode.run(doc, { edge, more, ...first });
    const last = next.edges[Object.keys(next.edges).at(-1)!]!.from.node;
    const edges = { ...next.edges };
    for (const [key, wire] of wires.slice(1)) edges[key] = { ...wire, from: { ...wire.from, node: last } };
    return { ...graph, nodes: next.nodes, edges, ...(graph.output === id && { output: last }) };
  };

/** Behind a node that nothing in the graph reads: the one that gives the result. */
function appended(graph: Graph, id: string, added: readonly Inserted[]): Graph {
  let next: Graph = graph;
  let from = id;
  for (const { id: wanted, type, v = 1, params = {} } of added) {
    const own = freshId(wanted ?? type, next.nodes);
    const wire = { from: { node: from, port: 'out' }, to: { node: own, port: 'x' } };
    next = {
      ...next,
      nodes: { ...next.nodes, [own]: { type, v, params } },
      edges: { ...next.edges, [freshId('e', next.edges)]: wire },
    };
    from = own;
  }
  return graph.output === id ? { ...next, output: from } : next;
}

/** The name itself, or with the first number that makes it free. */
export function freshId(name: string, taken: Readonly<Record<string, unknown>>): string {
  let id = name.slice(0, 56);
  for (let n = 2; Object.hasOwn(taken, id); n++) id = `${name.slice(0, 56)}-${n}`;
  return id;
}
