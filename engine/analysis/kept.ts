import type { Op, Value } from '../ir/ir';
import { size } from '../ir/shape';
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

/** Elements of one picture that a layer keeps from the forward pass for the backward pass. */
export interface Kept {
  /** Values within the layer, its result left out. */
  readonly inside: number;
  /** Whether the layer itself needs its result again. */
  readonly result: boolean;
  /** Which of its inputs it needs again. */
  readonly inputs: readonly boolean[];
  /** The input that the result is, in another shape: no memory of its own. */
  readonly alias: number | undefined;
}

const known = new WeakMap<Instance, Kept>();

export function keptBy(layer: Instance): Kept {
  const before = known.get(layer);
  if (before) return before;
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
  const found: Kept = {
    inside,
    result: result !== undefined && alias < 0 && kept.has(result),
    inputs: given.map((v) => v !== undefined && kept.has(v)),
    alias: alias < 0 ? undefined : alias,
  };
  known.set(layer, found);
  return found;
}

const isParameter = (v: Value): boolean => v.op === 'weight' || v.op === 'constant';

/** A reshape is another view of the same memory. */
function root(v: Value): Value {
  let at = v;
  while (at.op === 'reshape' && at.inputs[0]!.op !== 'weight') at = at.inputs[0]!;
  return at;
}
