import { UserError } from '../errors';
import { addCost, costOf, NO_COST } from '../ir/cost';
import { topological, type Value } from '../ir/ir';
import { input as placeholder } from '../ir/ops';
import type { Shape } from '../ir/shape';
import { findKind } from '../nodes/catalogue';
import {
  type CompositeDef,
  type Kinds,
  type LayerDef,
  type NodeDef,
  portNames,
  portsOf,
} from '../nodes/define';
import { inputsOf, type Subgraph, wiresByTarget } from '../nodes/subgraph';
import { badParameter, tooLarge, unconnected, unknownKind } from './checks';
import type { Instance } from './elaborate';
import { parseParams } from './memo';
import { type Problem, problemOf } from './problem';

/** An input in waiting: null where no wire leads to the port, undefined where its source has a problem. */
export type Given = Pick<Value, 'shape'> | undefined | null;

interface Ready {
  readonly path: string;
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly label?: string | undefined;
  readonly given: readonly Given[];
}

interface Made {
  readonly instance: Instance;
  readonly problems: readonly Problem[];
}
interface Known extends Made {
  readonly key: string;
  readonly kinds: Kinds;
}

/**
 * An edit changes one record of an immutable document. What a node comes to depends on its parameters and the shapes
 * that come in alone, so it is kept by its parameters: only what changed, or gets another shape, is worked out again.
 */
const known = new WeakMap<object, Map<string, Known>>();

export function instantiateOnce(ready: Ready, kinds: Kinds): Made {
  const key = `${ready.type} ${ready.label ?? ''} ${ready.given.map((g) => (g ? g.shape.join() : String(g))).join(' ')}`;
  const of = known.get(ready.params) ?? new Map<string, Known>();
  const before = of.get(ready.path);
  if (before?.key === key && before.kinds === kinds) return before;
  const problems: Problem[] = [];
  const instance = instantiate(ready, { kinds, problems, depth: 0, room: { left: MOST_NODES } });
  const made = { instance, problems, key, kinds };
  known.set(ready.params, of.set(ready.path, made));
  return made;
}

/** A block that holds itself, or blocks of blocks of blocks, would never end. */
const MOST_DEPTH = 16;
const MOST_NODES = 200_000;

interface Work {
  readonly kinds: Kinds;
  readonly problems: Problem[];
  readonly depth: number;
  /** Nodes that may still be made. */
  readonly room: { left: number };
}

/** Placeholders are shared by shape: those of one node are told apart by their place. */
const placeholders = new Map<string, Value>();
function placeholderOf(shape: Shape, port: number): Value {
  const key = `${port} ${shape.join()}`;
  const before = placeholders.get(key);
  if (before) return before;
  if (placeholders.size > 10_000) placeholders.clear();
  const made = placeholder(shape);
  placeholders.set(key, made);
  return made;
}

const NONE: readonly never[] = [];

function instantiate({ path, type, params: raw, label, given }: Ready, work: Work): Instance {
  const { kinds, problems } = work;
  const def = kinds(type);
  const inputs = given.map((v, i) => (v ? placeholderOf(v.shape, i) : undefined));
  const bare: Instance = {
    path,
    type,
    def,
    params: undefined,
    title: label ?? def?.title ?? type,
    detail: '',
    inputs,
    output: undefined,
    own: NONE,
    cost: NO_COST,
    children: NONE,
    wires: NONE,
    result: undefined,
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
  const words = wordsOf(def, params);
  const title = label ?? words.title;
  // one object a node: nets have thousands, and every edit of a shape makes all behind it anew
  const named: Instance = Object.assign(bare, { params, title, detail: words.detail });
  const port = missingPort(def, params, given);
  if (port !== undefined) problems.push(unconnected(path, title, port));
  if (port !== undefined || inputs.includes(undefined)) return named;
  if (work.depth > MOST_DEPTH || --work.room.left < 0) {
    if (work.room.left >= -1) problems.push(tooLarge(path, work.depth > MOST_DEPTH));
    return named;
  }
  try {
    return Object.assign(named, inside(named, inputs as readonly Value[], work));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(problemOf(error, { node: path }));
    return named;
  }
}

const worded = new WeakMap<
  object,
  { readonly def: NodeDef; readonly title: string; readonly detail: string }
>();

export function wordsOf(def: NodeDef, params: Record<string, unknown>) {
  const before = worded.get(params);
  if (before?.def === def) return before;
  const made = { def, title: def.name?.(params) ?? def.title, detail: def.detail(params) };
  worded.set(params, made);
  return made;
}

/** The first port that needs a wire and has none. */
function missingPort(
  def: NodeDef,
  params: Record<string, unknown>,
  given: readonly Given[],
): string | undefined {
  const inputs = portsOf(def, params);
  if ('atLeast' in inputs) return given.length < inputs.atLeast ? `x${given.length + 1}` : undefined;
  return inputs.find((_, i) => given[i] === null || (given[i] === undefined && i >= given.length));
}

function inside({ def, params, path }: Instance, inputs: readonly Value[], work: Work): Partial<Instance> {
  if (def!.kind === 'layer') return lowered(def!, params!, inputs);
  const graph = expanded(def!, params!, inputs);
  const ports = portNames(portsOf(def!, params), inputs.length);
  const into = wiresByTarget(graph);
  const made = new Map<string, Instance>();
  for (const [id, inner] of Object.entries(graph.nodes)) {
    const kind = work.kinds(inner.type);
    const given = kind
      ? inputsOf<Given>(
          into.get(id) ?? [],
          portsOf(kind, kind.ports ? innerParams(kind, inner.params) : undefined),
          (port) => inputs[ports.indexOf(port)],
          (node) => made.get(node)?.output,
        )
      : [];
    made.set(id, instantiate({ path: `${path}/${id}`, ...inner, given }, { ...work, depth: work.depth + 1 }));
  }
  const children = [...made.values()];
  return {
    output: made.get(graph.output.node)?.output,
    cost: children.reduce((sum, c) => addCost(sum, c.cost), NO_COST),
    children,
    wires: graph.edges,
    result: graph.output,
  };
}

/**
 * Copies of a block have layers with the same parameters on the same shapes: what those come to is worked out once.
 * The inputs are shared placeholders, told apart by shape and place.
 */
const lowerings = new WeakMap<object, Map<string, Pick<Instance, 'output' | 'own' | 'cost'>>>();
const expansions = new WeakMap<object, Map<string, Subgraph>>();

function once<T>(known: WeakMap<object, Map<string, T>>, of: object, key: string, make: () => T): T {
  const made = known.get(of) ?? new Map<string, T>();
  if (made.size === 0) known.set(of, made);
  const before = made.get(key);
  if (before) return before;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
const keyOf = (def: NodeDef, inputs: readonly Value[]): string =>
  `${def.type} ${inputs.map((v) => v.shape.join()).join(' ')}`;

function lowered(def: LayerDef, params: Record<string, unknown>, inputs: readonly Value[]) {
  return once(lowerings, params, keyOf(def, inputs), () => {
    const output = def.lower(inputs, params);
    const own = topological([output], inputs);
    return { output, own, cost: costOf(own) };
  });
}
function expanded(def: CompositeDef, params: Record<string, unknown>, inputs: readonly Value[]): Subgraph {
  const make = () =>
    def.expand(
      params,
      inputs.map((v) => v.shape),
    );
  // a document's own block may change while its parameters stay
  return findKind(def.type) === def ? once(expansions, params, keyOf(def, inputs), make) : make();
}

const innerParams = (kind: NodeDef, raw: Readonly<Record<string, unknown>>) => {
  const parsed = parseParams(kind, raw);
  return parsed.success ? parsed.data : undefined;
};
