import type { Shape } from './shape';

/** What pulls at a weight in training: the training's weight decay, and l1 Σ|w| + l2 Σw² added to the loss. */
export interface Penalty {
  readonly decay: boolean;
  readonly l1: number;
  readonly l2: number;
}

/**
 * The intermediate form every node lowers to: a DAG of a few primitive ops.
 *
 * Shapes leave out the batch axis: a feature map is [height, width, channels], a vector is [length], a sequence
 * [length, channels], a video [time, height, width, channels]. Channels are last everywhere.
 * A composite (residual, inception) adds no op here; it is a graph of layers, and a layer a function of these.
 */
export interface OpAttrs {
  input: Record<never, never>;
  /** A variable. `name` is local to its node; the elaboration puts the node's path before it. */
  weight: { name: string; init: Initial; trainable: boolean; penalty: Penalty };
  /** The same number everywhere. */
  constant: { value: number };
  conv2d: Window & { dilation: Pair; groups: number };
  conv3d: Window3 & { dilation: Triple; groups: number };
  /** The transpose of conv2d: each input pixel lays its kernel on the output. The shape tells the output's sides. */
  convTranspose2d: Window & { dilation: Pair; groups: number };
  depthwiseConv2d: Window & { dilation: Pair };
  maxPool: Window;
  /**
   * `countPadding`: whether padded zeros count in the mean (as in Caffe and PyTorch's default). `overhang`: rows and
   * columns of the bottom and right pads that never count: a window that reaches past the padding (ceil mode).
   */
  avgPool: Window & { countPadding: boolean; overhang: Pair };
  maxPool3d: Window3;
  avgPool3d: Window3 & { countPadding: boolean };
  /** Mean over whole axes, which are dropped. */
  mean: { axes: readonly number[] };
  /** Maximum over whole axes, which are dropped. */
  max: { axes: readonly number[] };
  /** One axis brought to another length, that of the shape, by a fixed linear map; `mean` is adaptive average pooling. */
  resample: { axis: number; method: 'mean' | 'nearest' | 'bilinear' };
  /** Inputs x, gamma, beta, running mean, running variance. Momentum is the share of the old running value. */
  batchNorm: { epsilon: number; momentum: number };
  /**
   * (x - mean) / sqrt(variance + epsilon), of one picture: over the channels of each `pixel`, or over all pixels of a
   * `group` of channels that lie side by side.
   */
  normalise: { per: 'pixel' | 'group'; groups: number; epsilon: number };
  /** x / (bias + alpha * sum over 2 * radius + 1 channels of x^2) ^ beta */
  lrn: { radius: number; bias: number; alpha: number; beta: number };
  matmul: Record<never, never>;
  /** Elementwise; a [c] vector is spread over every pixel. */
  add: Record<never, never>;
  /** Elementwise product; a [c] vector is spread over every pixel. */
  mul: Record<never, never>;
  /** x * factor, a constant. */
  scale: { factor: number };
  /** x + by, a constant. */
  shift: { by: number };
  concat: { axis: number };
  /** Values before and after, per axis of the shape. `reflect` leaves the border pixel out, as PyTorch does. */
  pad: { before: readonly number[]; after: readonly number[]; mode: PadMode };
  /** Every step-th element of each axis. */
  stride: { step: readonly number[] };
  /** From `begin` on, as far as the shape goes. */
  slice: { begin: readonly number[] };
  reshape: Record<never, never>;
  /** Axis i of the result is axis order[i] of x. */
  transpose: { order: readonly number[] };
  relu: Record<never, never>;
  relu6: Record<never, never>;
  leakyRelu: { slope: number };
  elu: Record<never, never>;
  selu: Record<never, never>;
  erf: Record<never, never>;
  exp: Record<never, never>;
  reciprocal: Record<never, never>;
  sigmoid: Record<never, never>;
  softplus: Record<never, never>;
  tanh: Record<never, never>;
  /**
   * Active in training only: zeroes a share `rate` and scales the rest by 1 / (1 - rate). What is zeroed together:
   * single values, whole channels (spatial dropout), or the whole map of a picture (stochastic depth).
   */
  dropout: { rate: number; unit: 'value' | 'channel' | 'picture' };
  /** Over the last axis. */
  softmax: Record<never, never>;
}
export type Op = keyof OpAttrs;
export type Pair = readonly [number, number];
export type Triple = readonly [number, number, number];
export type PadMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/** Sliding window. Pads are explicit pixels [top, bottom, left, right], whatever the node's padding was called. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pads: Pads;
}
export type Pads = readonly [top: number, bottom: number, left: number, right: number];

/** The same over [time, height, width]; `pads` before and after each axis, in that order. */
export interface Window3 {
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly pads: Pads3;
}
export type Pads3 = readonly [number, number, number, number, number, number];

/**
 * How a variable starts; `he` is N(0, 2 / fanIn), `truncated` N(0, 0.02) cut at two deviations, `orthogonal` a
 * matrix [the rest, out] with orthogonal columns or rows, times sqrt 2. Fans are those of the variable's own shape; a
 * depthwise kernel [kh, kw, c, multiplier] has fanIn kh * kw, as each of its outputs sees one channel.
 */
export type Initial = Scheme | 'zeros' | 'ones' | { readonly constant: number };
export type Scheme = 'he' | 'he-uniform' | 'glorot' | 'glorot-uniform' | 'lecun' | 'truncated' | 'orthogonal';

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
