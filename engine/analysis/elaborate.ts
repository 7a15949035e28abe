import type { GraphDocument } from '../graph/document';
import { orderNodes } from '../graph/order';
import type { Cost } from '../ir/cost';
import type { Value } from '../ir/ir';
import { findKind } from '../nodes/catalogue';
import type { Kinds, NodeDef, portsOf } from '../nodes/define';
import type { End, Subgraph } from '../nodes/subgraph';
import { kindsOf } from '../nodes/user-block';
import { atOnce, type Pieces } from '../pieces';
import { awake, bypassedFaces, inputsOfRecord } from './bypass';
import { checkEnds, checkUnused, cycle } from './checks';
import { type Given, instantiateOnce, MOST_NODES, type Room } from './instantiate';
import type { Problem } from './problem';
import { checkWires, type Wiring } from './wiring';

/**
 * One node of the graph, or of the inside of a composite, with all that follows from its parameters and from the
 * shapes that come in. It knows nothing of the nodes before it, so that an edit elsewhere leaves it as it is: `link`
 * joins the ops of all nodes into one graph.
 */
export interface Instance {
  /** `conv1`; inside a composite `block/conv1`. Weights and checkpoints are named by it. */
  readonly path: string;
  readonly type: string;
  readonly def: NodeDef | undefined;
  /** As the kind's schema gives them, defaults filled in; undefined when they are at fault. */
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly title: string;
  readonly detail: string;
  /** Placeholders of the shapes that come in; undefined where there is none, or its source has a problem. */
  readonly inputs: readonly (Value | undefined)[];
  /** Made from `inputs`. Undefined where this node, or one before it, has a problem. */
  readonly output: Value | undefined;
  /** The primitive ops of a layer; a composite has none but its children's. */
  readonly own: readonly Value[];
  /** Of the layer, or of all children. */
  readonly cost: Cost;
  /** The inside of a composite, in execution order. */
  readonly children: readonly Instance[];
  /** Wires of the inside; an end at '' is the composite's own port. */
  readonly wires: Subgraph['edges'];
  readonly result: End | undefined;
}

/** A document worked out: shapes, primitive ops and problems. Analysis, canvas, compiler and exporters start here. */
export interface Elaboration {
  /** The graph's own nodes, in execution order. */
  readonly nodes: ReadonlyMap<string, Instance>;
  /** Ids of the nodes that feed each node, in the order of its ports; null where no wire leads to one. */
  readonly sources: ReadonlyMap<string, readonly (string | null)[]>;
  /** Layers with composites opened, in execution order. */
  readonly flat: readonly Instance[];
  readonly input: Instance | undefined;
  readonly output: Instance | undefined;
  /** Layers that are second classifiers: in training they have a share in the loss. */
  readonly auxiliaries: readonly Instance[];
  readonly problems: readonly Problem[];
  readonly kinds: Kinds;
  /** The wires at work, by their ids in the document: they run past bypassed nodes. */
  readonly edges: GraphDocument['edges'];
  /** Nodes that the user bypassed: they are drawn, and are no part of the net. */
  readonly bypassed: ReadonlyMap<string, Instance>;
}

type Graph = Pick<GraphDocument, 'nodes' | 'edges'> & Partial<Pick<GraphDocument, 'blocks'>>;

/** Works out every node of `doc`. Never throws for a fault of the graph: faults are problems, at their place. */
export const elaborate = (doc: Graph): Elaboration => atOnce(elaborating(doc));

/** The same, node by node. */
export function* elaborating(doc: Graph): Pieces<Elaboration> {
  const kinds = doc.blocks ? kindsOf(doc.blocks) : findKind;
  const net = awake(doc, kinds);
  yield;
  const worked = yield* workingOut(net, kinds);
  const bypassed = bypassedFaces(doc, net.through, worked);
  return { ...worked, bypassed, problems: worked.problems.concat(net.problems) };
}

function* workingOut(
  net: Pick<Graph, 'nodes' | 'edges'>,
  kinds: Kinds,
): Pieces<Omit<Elaboration, 'bypassed'>> {
  const { edges } = net;
  const lookup = (id: string) => {
    const node = Object.hasOwn(net.nodes, id) ? net.nodes[id]! : undefined;
    return node && { title: node.label ?? id, inputs: inputsOfRecord(node, kinds) };
  };
  const wiring = checkWires(edges, lookup);
  yield;
  const order = orderNodes(Object.keys(net.nodes), wiring.sound);
  const problems: Problem[] = [...wiring.problems, ...cycle(order.stuck, edges, wiring.sound)];
  const stuck = new Set(order.stuck);

  const room: Room = { left: MOST_NODES };
  const nodes = new Map<string, Instance>();
  const sources = new Map<string, readonly (string | null)[]>();
  for (const id of [...order.sorted, ...order.stuck]) {
    const from = sourcesOf(id, lookup(id)!.inputs, wiring);
    sources.set(id, from);
    const given = from.map(
      (s): Given => (s === null ? null : stuck.has(id) ? undefined : nodes.get(s)?.output),
    );
    const made = instantiateOnce({ ...net.nodes[id]!, path: id, given }, kinds, room);
    nodes.set(id, made.instance);
    problems.push(...made.problems);
    yield;
  }
  const all = [...nodes.values()];
  const flat = all.flatMap(leaves);
  const input = all.find((n) => n.def?.role === 'input');
  const output = all.find((n) => n.def?.role === 'output');
  const auxiliaries = flat.filter((n) => n.def?.role === 'auxiliary');
  const ends = [output, ...all.filter((n) => n.def?.role === 'auxiliary')];
  const ofWhole = [...checkEnds(all), ...checkUnused(all, wiring.sound, ends)];
  return {
    nodes,
    sources,
    flat,
    input,
    output,
    auxiliaries,
    problems: problems.concat(ofWhole),
    kinds,
    edges,
  };
}

function sourcesOf(
  id: string,
  inputs: ReturnType<typeof portsOf> | undefined,
  { into }: Wiring,
): readonly (string | null)[] {
  const wires = into.get(id) ?? [];
  if (!inputs) return [];
  if ('atLeast' in inputs) return wires.map((w) => w.from);
  const from: (string | null)[] = inputs.map(() => null);
  for (const w of wires) from[w.index] = w.from;
  return from;
}

const leaves = (n: Instance): readonly Instance[] =>
  n.children.length > 0 ? n.children.flatMap(leaves) : [n];
