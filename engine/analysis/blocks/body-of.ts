import type { EdgeRecord, GraphDocument, NodeRecord } from '../../graph/document';
import { type Body, GROUP } from '../../nodes/body';
import { type Kinds, portNames, portsOf } from '../../nodes/define';
import type { Subgraph } from '../../nodes/subgraph';
import type { Instance } from '../elaborate';

/** Nodes and wires: of a document, or of the inside of a block. */
export interface Graph {
  /** Of the inside of a block: the node that gives its result. */
  readonly output?: string;
  readonly nodes: Readonly<Record<string, NodeRecord>>;
  readonly edges: Readonly<Record<string, EdgeRecord>>;
}

/** The inside of a composite as a graph that can be edited. */
export function bodyOf({ nodes, edges, output }: Subgraph, kinds: Kinds): Body {
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, { type, params, label }]) => [
        id,
        { type, v: kinds(type)?.version ?? 1, params: { ...params }, ...(label !== undefined && { label }) },
      ]),
    ),
    edges: Object.fromEntries(edges.map((e, i) => [`e${i + 1}`, { from: e.from, to: e.to }])),
    output: output.node,
  };
}

/** What the inside is made of, whatever the order of its records and the ids of its wires. */
function meaning(body: Body): string {
  const nodes = Object.entries(body.nodes)
    .map(([id, { type, params, label }]) => [id, type, sorted(params), label ?? ''])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const edges = Object.values(body.edges)
    .map(({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`)
    .sort();
  return JSON.stringify([nodes, edges, body.output]);
}
const sorted = (record: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

export const sameInside = (a: Body, b: Body): boolean => meaning(a) === meaning(b);

/** The composite at work in `node`, as a subgraph; undefined while it has a problem. */
export function insideOf({ def, params, inputs }: Instance): Subgraph | undefined {
  if (def?.kind !== 'composite' || !params || inputs.some((v) => v === undefined)) return undefined;
  try {
    return def.expand(
      params,
      inputs.map((v) => v!.shape),
    );
  } catch {
    return undefined; // its problem is told by the analysis
  }
}

/** `node` as a group that holds what the block holds now, and remembers the block. */
export function asGroup(node: NodeRecord, instance: Instance, kinds: Kinds): NodeRecord | undefined {
  const inside = insideOf(instance);
  if (!inside) return undefined;
  const inputs = portNames(portsOf(instance.def!, instance.params), instance.inputs.length);
  const { type, v, params, ...rest } = node;
  const title = instance.def!.name?.(instance.params!) ?? instance.def!.title;
  const body = bodyOf(inside, kinds);
  return {
    ...rest,
    ...{ type: GROUP, v: 1, params: { title, inputs: [...inputs], body, origin: { type, v, params } } },
  };
}

export interface GroupParams {
  readonly title: string;
  readonly inputs: readonly string[];
  readonly body: Body;
  readonly origin: {
    readonly type: string;
    readonly v: number;
    readonly params: Record<string, unknown>;
  } | null;
}

/** A document that holds nothing but this graph, for commands that work on documents. */
export const asDocument = (doc: GraphDocument, graph: Graph): GraphDocument => ({
  ...doc,
  nodes: graph.nodes as GraphDocument['nodes'],
  edges: graph.edges as GraphDocument['edges'],
});
