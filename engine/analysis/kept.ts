import type { Op, Value } from '../ir/ir';
import { size } from '../ir/shape';
import { portNames, portsOf } from '../nodes/define';
import { inputsOf, wiresByTarget } from '../nodes/subgraph';
import type { Instance } from './elaborate';

/**
 * What the backward pass of an op reads: its own result, or what came in. A ReLU reads its result, so that the map
 * before it need not live on (docs/decisions: relu-gradient-from-its-result).
 */
const reads: Readonly<Record<Op, 'result' | 'inputs' | 'both' | 'nothing'>> = {
  ...({ input: 'nothing', weight: 'nothing', constant: 'nothing' } as const),
  ...({ conv2d: 'inputs', conv3d: 'inputs', convTranspose2d: 'inputs', depthwiseConv2d: 'inputs' } as const),
  ...({ maxPool: 'both', maxPool3d: 'both', avgPool: 'nothing', avgPool3d: 'nothing' } as const),
  ...({ mean: 'nothing', max: 'both', resample: 'nothing' } as const),
  ...({ batchNorm: 'inputs', normalise: 'inputs', lrn: 'inputs', matmul: 'inputs' } as const),
  ...({ add: 'nothing', mul: 'inputs', scale: 'nothing', shift: 'nothing' } as const),
  ...({ concat: 'nothing', pad: 'nothing', stride: 'nothing', slice: 'nothing' } as const),
  ...({ reshape: 'nothing', transpose: 'nothing' } as const),
  ...({ relu: 'result', relu6: 'inputs', leakyRelu: 'inputs', elu: 'result', selu: 'result' } as const),
  ...({ erf: 'inputs', exp: 'result', reciprocal: 'result', sigmoid: 'result' } as const),
  ...({ softplus: 'inputs', tanh: 'result', dropout: 'result', softmax: 'result' } as const),
};

/** What a layer or a whole block keeps of one picture from the forward pass for the backward pass, in elements. */
export interface Kept {
  /** Values within, the result left out. */
  readonly inside: number;
  /** Whether the result is needed again. */
  readonly result: boolean;
  /** Which of its inputs it needs again. */
  readonly inputs: readonly boolean[];
  /** The input that the result is, in another shape: no memory of its own. */
  readonly alias: number | undefined;
  /** Inputs that are kept where the result is asked for: it is a view of one, or is put together of them once more. */
  readonly parts: readonly number[];
  /** Elements of the result that are in none of these. */
  readonly own: number;
  /** The most that comes in and out of one layer. */
  readonly widest: number;
}

/** By the block, or by a layer's ops, which copies of it share. */
const known = new WeakMap<object, Kept>();

/** Of a node that has an output. It depends on nothing outside of the node, so that an edit elsewhere leaves it. */
export function keptBy(node: Instance): Kept {
  const key = node.children.length > 0 ? node : node.own;
  const before = known.get(key);
  if (before) return before;
  const found = node.children.length > 0 ? keptWithin(node) : keptByLayer(node);
  known.set(key, found);
  return found;
}

function keptByLayer(layer: Instance): Kept {
  const kept = new Set<Value>();
  for (const v of layer.own) {
    const what = reads[v.op];
    if (what === 'result' || what === 'both') kept.add(root(v));
    if (what === 'inputs' || what === 'both') for (const i of v.inputs) kept.add(root(i));
  }
  const result = layer.output && root(layer.output);
  const given = layer.inputs.map((v) => v && root(v));
  const alias = result ? given.indexOf(result) : -1;
  const parts = alias < 0 ? partsOf(result, given) : [alias];
  let inside = 0;
  for (const v of kept) {
    const counts = v !== result && !given.includes(v) && !isParameter(v);
    if (counts) inside += size(v.shape);
  }
  return {
    inside,
    result: result !== undefined && alias < 0 && kept.has(result),
    inputs: given.map((v) => v !== undefined && kept.has(v)),
    alias: alias < 0 ? undefined : alias,
    parts,
    own: result && parts.length === 0 ? size(result.shape) : 0,
    widest: given.reduce((n, v) => n + (v ? size(v.shape) : 0), layer.output ? size(layer.output.shape) : 0),
  };
}

/** The inputs that a concatenation is put together of (engine/compile/spare.ts). */
function partsOf(result: Value | undefined, given: readonly (Value | undefined)[]): readonly number[] {
  if (result?.op !== 'concat') return [];
  const parts = result.inputs.map((v) => given.indexOf(root(v)));
  return parts.includes(-1) ? [] : parts;
}

/** Where a value comes from: a node, or an input of the whole. */
type Source = Instance | number | undefined;
type Root = Exclude<Source, undefined>;
const isInput = (r: Root): r is number => typeof r === 'number';

function keptWithin(block: Instance): Kept {
  const ports = portNames(portsOf(block.def!, block.params), block.inputs.length);
  const into = wiresByTarget({ edges: block.wires });
  const children = new Map(block.children.map((c) => [c.path.slice(block.path.length + 1), c]));
  const sourcesOf = (id: string, child: Instance): readonly Source[] =>
    inputsOf<Source>(
      into.get(id) ?? [],
      portsOf(child.def!, child.params),
      (port) => ports.indexOf(port),
      (sibling) => children.get(sibling),
    ).map((s) => s ?? undefined);
  const nodes = [...children].map(([id, c]) => [c, c.def ? sourcesOf(id, c) : []] as const);
  const { kept, roots, alias, inside, widest } = keptAmong(nodes);
  const result = children.get(block.result!.node)!;
  const made = roots.get(result)!.filter((r) => !isInput(r));
  const counted = elements(made.filter((r) => kept.has(r)));
  return {
    inside: inside - counted,
    result: counted > 0,
    inputs: ports.map((_, i) => kept.has(i)),
    alias: alias.get(result),
    parts: roots.get(result)!.filter(isInput),
    own: elements(made),
    widest,
  };
}

/** What nodes with their sources, in execution order, keep in all. */
export function keptAmong(nodes: readonly (readonly [Instance, readonly Source[]])[]) {
  const kept = new Set<Root>();
  const roots = new Map<Instance, readonly Root[]>();
  const alias = new Map<Instance, number>();
  const rootsOf = (s: Source): readonly Root[] =>
    typeof s === 'object' ? (roots.get(s) ?? []) : s === undefined ? [] : [s];
  let [inside, widest] = [0, 0];
  for (const [node, from] of nodes) {
    if (!node.output) continue;
    const k = keptBy(node);
    const parts = k.parts.flatMap((i) => rootsOf(from[i]));
    roots.set(node, [...new Set(k.own > 0 ? [...parts, node] : parts)]);
    const viewed = k.alias === undefined ? undefined : from[k.alias];
    const input = typeof viewed === 'object' ? alias.get(viewed) : viewed;
    if (input !== undefined) alias.set(node, input);
    inside += k.inside;
    widest = Math.max(widest, k.widest);
    if (k.result) kept.add(node);
    from.forEach((source, i) => {
      if (k.inputs[i]) for (const r of rootsOf(source)) kept.add(r);
    });
  }
  return { kept, roots, alias, inside: inside + elements([...kept]), widest };
}

const elements = (of: readonly Root[]): number =>
  of.reduce<number>((n, r) => n + (isInput(r) ? 0 : keptBy(r).own), 0);

const isParameter = (v: Value): boolean => v.op === 'weight' || v.op === 'constant';

/** A reshape is another view of the same memory. */
function root(v: Value): Value {
  let at = v;
  while (at.op === 'reshape' && at.inputs[0]!.op !== 'weight') at = at.inputs[0]!;
  return at;
}
