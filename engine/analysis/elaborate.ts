import { UserError } from '../errors';
import type { GraphDocument } from '../graph/document';
import { orderNodes } from '../graph/order';
import { topological, type Value } from '../ir/ir';
import { findKind } from '../nodes/catalogue';
import type { NodeDef } from '../nodes/define';
import { inputsOf, type Subgraph } from '../nodes/subgraph';
import { badParameter, checkEnds, checkUnused, cycle, unconnected, unknownKind } from './checks';
import { expandOnce, parseParams } from './memo';
import { type Problem, problemOf } from './problem';
import { checkWires } from './wiring';

/** One node of the graph, or of the inside of a composite, with all that follows from its parameters and inputs. */
export interface Instance {
  /** `conv1`; inside a composite `block/conv1`. Weights and checkpoints are named by it. */
  readonly path: string;
  readonly type: string;
  readonly def: NodeDef | undefined;
  /** As the kind's schema gives them, defaults filled in; undefined when they are at fault. */
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly title: string;
  readonly detail: string;
  readonly inputs: readonly (Value | undefined)[];
  /** Undefined where this node, or one before it, has a problem. */
  readonly output: Value | undefined;
  /** The primitive ops of this layer; of a composite, those of its children. */
  readonly own: readonly Value[];
  /** The inside of a composite, in execution order. */
  readonly children: readonly Instance[];
  /** Wires of the inside; an end at '' is the composite's own port. */
  readonly wires: Subgraph['edges'];
  readonly result: Subgraph['output'] | undefined;
}

/** A document worked out: shapes, primitive ops and problems. Analysis, canvas, compiler and exporters start here. */
export interface Elaboration {
  readonly nodes: ReadonlyMap<string, Instance>;
  /** Layers with composites opened, in execution order. */
  readonly flat: readonly Instance[];
  readonly input: Instance | undefined;
  readonly output: Instance | undefined;
  readonly problems: readonly Problem[];
}

/** Works out every node of `doc`. Never throws for a fault of the graph: faults are problems, at their place. */
export function elaborate(doc: Pick<GraphDocument, 'nodes' | 'edges'>): Elaboration {
  const kinds = new Map(Object.entries(doc.nodes).map(([id, n]) => [id, findKind(n.type)]));
  const lookup = (id: string) =>
    Object.hasOwn(doc.nodes, id) ? { title: titleOf(id, doc), def: kinds.get(id) } : undefined;
  const wiring = checkWires(doc.edges, lookup);
  const order = orderNodes(Object.keys(doc.nodes), wiring.sound);
  const problems: Problem[] = [...wiring.problems, ...cycle(order.stuck, doc.edges, wiring.sound)];
  const stuck = new Set(order.stuck);

  const nodes = new Map<string, Instance>();
  for (const id of [...order.sorted, ...order.stuck]) {
    const record = doc.nodes[id]!;
    const inputs = gather(kinds.get(id), wiring.into.get(id) ?? [], nodes);
    nodes.set(
      id,
      instantiate(
        { path: id, ...record, inputs: stuck.has(id) ? inputs.map(() => undefined) : inputs },
        problems,
      ),
    );
  }
  const all = [...nodes.values()];
  const input = all.find((n) => n.def?.role === 'input');
  const output = all.find((n) => n.def?.role === 'output');
  const ofWhole = [...checkEnds(all), ...checkUnused(all, wiring.sound, output)];
  return { nodes, flat: all.flatMap(leaves), input, output, problems: problems.concat(ofWhole) };
}

const titleOf = (id: string, doc: Pick<GraphDocument, 'nodes'>): string => doc.nodes[id]?.label ?? id;
const leaves = (n: Instance): readonly Instance[] =>
  n.children.length > 0 ? n.children.flatMap(leaves) : [n];

/** An input in waiting: null where no wire leads to the port, undefined where its source has a problem. */
type Given = Value | undefined | null;

function gather(
  def: NodeDef | undefined,
  wires: readonly { index: number; from: string }[],
  nodes: ReadonlyMap<string, Instance>,
): readonly Given[] {
  if (!def) return [];
  if ('atLeast' in def.inputs) return wires.map(({ from }) => nodes.get(from)?.output);
  const inputs: Given[] = def.inputs.map(() => null);
  for (const { index, from } of wires) inputs[index] = nodes.get(from)?.output;
  return inputs;
}

interface Ready {
  readonly path: string;
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly label?: string | undefined;
  readonly inputs: readonly Given[];
}

function instantiate(
  { path, type, params: raw, label, inputs: given }: Ready,
  problems: Problem[],
): Instance {
  const def = findKind(type);
  const inputs = given.map((v) => v ?? undefined);
  const bare: Instance = {
    ...{ path, type, def, inputs, params: undefined, title: label ?? def?.title ?? type, detail: '' },
    ...{ output: undefined, own: [], children: [], wires: [], result: undefined },
  };
  if (!def) {
    problems.push(unknownKind(path, type));
    return bare;
  }
  const parsed = parseParams(def, raw);
  if (!parsed.success) {
    problems.push(badParameter(path, def, parsed.error.issues[0]!));
    return bare;
  }
  const params = parsed.data;
  const named = {
    ...bare,
    params,
    title: label ?? def.name?.(params) ?? def.title,
    detail: def.detail(params),
  };
  const port = missingPort(def, given);
  if (port !== undefined) problems.push(unconnected(path, named.title, port));
  if (port !== undefined || inputs.includes(undefined)) return named;
  try {
    return { ...named, ...work(def, params, inputs as readonly Value[], path, problems) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(problemOf(error, { node: path }));
    return named;
  }
}

/** The first port that needs a wire and has none. */
function missingPort(def: NodeDef, given: readonly Given[]): string | undefined {
  if ('atLeast' in def.inputs) return given.length < def.inputs.atLeast ? `x${given.length + 1}` : undefined;
  return def.inputs.find((_, i) => given[i] === null);
}

function work(
  def: NodeDef,
  params: Record<string, unknown>,
  inputs: readonly Value[],
  path: string,
  problems: Problem[],
) {
  if (def.kind === 'layer') {
    const output = def.lower(inputs, params);
    return { output, own: topological([output], inputs) };
  }
  const inside = expandOnce(
    def,
    params,
    inputs.map((v) => v.shape),
  );
  const ports = def.inputs as readonly string[];
  const made = new Map<string, Instance>();
  for (const [id, inner] of Object.entries(inside.nodes)) {
    const into = inputsOf<Given>(
      inside,
      id,
      (port) => inputs[ports.indexOf(port)],
      (node) => made.get(node)?.output,
    );
    made.set(id, instantiate({ path: `${path}/${id}`, ...inner, inputs: into }, problems));
  }
  const children = [...made.values()];
  return {
    output: made.get(inside.output.node)?.output,
    own: children.flatMap((c) => c.own),
    children,
    wires: inside.edges,
    result: inside.output,
  };
}
