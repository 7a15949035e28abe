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
    widest: given.reduce((n, v) => n + (v ? size(v.shape) : 0), layer.output ? size(layer.output.shape) : 0),
  };
}

/** Where a value comes from: a node, or an input of the whole. */
type Source = Instance | number | undefined;

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
  const { kept, owner, inside, widest } = keptAmong(nodes);
  const result = owner.get(children.get(block.result!.node)!);
  const own = typeof result === 'object' && kept.has(result) ? size(result.output!.shape) : 0;
  return {
    inside: inside - own,
    result: own > 0,
    inputs: ports.map((_, i) => kept.has(i)),
    alias: typeof result === 'number' ? result : undefined,
    widest,
  };
}

/** What nodes with their sources, in execution order, keep in all. */
export function keptAmong(nodes: readonly (readonly [Instance, readonly Source[]])[]) {
  const kept = new Set<Instance | number>();
  const owner = new Map<Instance, Source>();
  const rootOf = (s: Source): Source => (typeof s === 'object' ? owner.get(s) : s);
  let [inside, widest] = [0, 0];
  for (const [node, from] of nodes) {
    if (!node.output) continue;
    const k = keptBy(node);
    owner.set(node, k.alias === undefined ? node : rootOf(from[k.alias]));
    inside += k.inside;
    widest = Math.max(widest, k.widest);
    if (k.result) kept.add(node);
    from.forEach((source, i) => {
      const needed = k.inputs[i] ? rootOf(source) : undefined;
      if (needed !== undefined) kept.add(needed);
    });
  }
  for (const s of kept) if (typeof s === 'object') inside += size(s.output!.shape);
  return { kept, owner, inside, widest };
}

const isParameter = (v: Value): boolean => v.op === 'weight' || v.op === 'constant';

/** A reshape is another view of the same memory. */
function root(v: Value): Value {
  let at = v;
  while (at.op === 'reshape' && at.inputs[0]!.op !== 'weight') at = at.inputs[0]!;
  return at;
}
