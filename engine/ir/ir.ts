import type { Shape } from './shape';

/**
 * The intermediate form every node lowers to: a DAG of a few primitive ops.
 *
 * Shapes leave out the batch axis: a feature map is [height, width, channels], a vector is [length].
 * A composite (residual, inception) adds no op here; it is a graph of layers, and a layer a function of these.
 */
export interface OpAttrs {
  input: Record<never, never>;
  /** A variable. `name` is local to its node; the elaboration puts the node's path before it. */
  weight: { name: string; init: Initial; trainable: boolean; decay: boolean };
  conv2d: Window & { dilation: Pair; groups: number };
  depthwiseConv2d: Window & { dilation: Pair };
  maxPool: Window;
  /** `countPadding`: whether padded zeros count in the mean (as in Caffe and PyTorch's default). */
  avgPool: Window & { countPadding: boolean };
  /** [h, w, c] -> [c] */
  meanHW: Record<never, never>;
  /** Inputs x, gamma, beta, running mean, running variance. Momentum is the share of the old running value. */
  batchNorm: { epsilon: number; momentum: number };
  /** x / (bias + alpha * sum over 2 * radius + 1 channels of x^2) ^ beta */
  lrn: { radius: number; bias: number; alpha: number; beta: number };
  matmul: Record<never, never>;
  /** Elementwise; a [c] vector is spread over every pixel. */
  add: Record<never, never>;
  /** Elementwise product; a [c] vector is spread over every pixel. */
  mul: Record<never, never>;
  /** x * factor, a constant. */
  scale: { factor: number };
  concat: { axis: number };
  /** Zeros before and after, per axis of the shape. */
  pad: { before: readonly number[]; after: readonly number[] };
  /** Every step-th element of each axis. */
  stride: { step: readonly number[] };
  reshape: Record<never, never>;
  relu: Record<never, never>;
  leakyRelu: { slope: number };
  elu: Record<never, never>;
  selu: Record<never, never>;
  erf: Record<never, never>;
  sigmoid: Record<never, never>;
  tanh: Record<never, never>;
  /** Active in training only: zeroes a share `rate` and scales the rest by 1 / (1 - rate). */
  dropout: { rate: number };
  softmax: Record<never, never>;
}
export type Op = keyof OpAttrs;
export type Pair = readonly [number, number];

/** Sliding window. Pads are explicit pixels [top, bottom, left, right], whatever the node's padding was called. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pads: Pads;
}
export type Pads = readonly [top: number, bottom: number, left: number, right: number];

/**
 * How a variable starts; `he` is N(0, 2 / fanIn). Fans are those of the variable's own shape; a depthwise
 * kernel [kh, kw, c, multiplier] has fanIn kh * kw, as each of its outputs sees one channel.
 */
export type Initial = 'he' | 'glorot' | 'lecun' | 'zeros' | 'ones' | { readonly constant: number };

export interface Value<K extends Op = Op> {
  readonly op: K;
  readonly inputs: readonly Value[];
  readonly shape: Shape;
  readonly attrs: Readonly<OpAttrs[K]>;
}

/** Narrows a value to one op, so that its attributes are typed. */
export const isOp = <K extends Op>(v: Value, op: K): v is Value<K> & Value => v.op === op;

/**
 * Every value that `roots` need, inputs before users, each once. No recursion: nets are thousands of ops deep.
 *
 * @param known left out, with all that only they need
 */
export function topological(roots: readonly Value[], known: readonly Value[] = []): readonly Value[] {
  const done = new Set<Value>(known);
  const stack: Value[] = [...roots].reverse();
  while (stack.length > 0) {
    const v = stack.at(-1)!;
    const waiting = done.has(v) ? [] : v.inputs.filter((i) => !done.has(i));
    if (waiting.length > 0) stack.push(...waiting.reverse());
    else {
      done.add(v);
      stack.pop();
    }
  }
  return [...done].slice(new Set(known).size);
}
