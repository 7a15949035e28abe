import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type Op, type Pads, type Pair, topological, type Value, type Window } from '../ir/ir';
import type { Numbers } from './testing';

tf.enableProdMode(); // no banner in the output of tests

type Evaluate<K extends Op> = (xs: readonly tf.Tensor[], value: Value<K>) => tf.Tensor;
type Pixels = tf.Tensor4D;

/**
 * The results of `roots`, [batch, ...shape], by TensorFlow.js on its CPU backend: another implementation by other
 * people, which shares no kernel with the C library. Pads, dilation and groups are done by hand in their simplest
 * form: zeros around the map, zeros between the taps, slices of channels.
 *
 * Batch norm with statistics of the batch where `training`. Dropout lets everything through.
 */
export function oracle(
  roots: readonly Value[],
  numbers: Numbers,
  { training, batch }: { training: boolean; batch: number },
): Float32Array[] {
  return tf.tidy(() => {
    const made = new Map<Value, tf.Tensor>();
    for (const v of topological(roots)) {
      const data = numbers.get(v);
      const dims = v.op === 'input' ? [batch, ...v.shape] : [...v.shape];
      const xs = v.inputs.map((i) => made.get(i)!);
      const op = v.op === 'batchNorm' && training ? batchStatistics : (evaluators[v.op] as Evaluate<Op>);
      made.set(v, data ? tf.tensor(data, dims) : op(xs, v as never));
    }
    return roots.map((v) => made.get(v)!.dataSync().slice() as Float32Array);
  });
}

/** Mean and biased variance of each channel over the batch and all pixels. */
export function moments(
  x: Float32Array,
  channels: number,
): { mean: number[]; variance: number[]; count: number } {
  const count = x.length / channels;
  const sum = (f: (v: number, c: number) => number) => {
    const sums = Array.from({ length: channels }, () => 0);
    x.forEach((v, i) => {
      sums[i % channels]! += f(v, i % channels);
    });
    return sums.map((s) => s / count);
  };
  const mean = sum((v) => v);
  return { mean, variance: sum((v, c) => (v - mean[c]!) ** 2), count };
}

function batchStatistics([x, gamma, beta]: readonly tf.Tensor[], v: Value): tf.Tensor {
  const { epsilon } = (v as Value<'batchNorm'>).attrs;
  const axes = x!.shape.map((_, i) => i).slice(0, -1);
  const { mean, variance } = tf.moments(x!, axes);
  return tf.add(tf.mul(tf.div(tf.sub(x!, mean), tf.sqrt(tf.add(variance, epsilon))), gamma!), beta!);
}

const around = (x: tf.Tensor, [top, bottom, left, right]: Pads, fill = 0): Pixels => {
  const paddings: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return tf.pad(x as Pixels, paddings, fill);
};

/** kernel [kh, kw, i, o] with dilation - 1 zeros between its taps. */
function spread(kernel: tf.Tensor4D, [down, across]: Pair): tf.Tensor4D {
  const [kh, kw, i, o] = kernel.shape;
  const wide = tf.pad(tf.reshape(kernel, [kh, 1, kw, 1, i, o]), [
    ...([
      [0, 0],
      [0, down - 1],
      [0, 0],
      [0, across - 1],
      [0, 0],
      [0, 0],
    ] as [number, number][]),
  ]);
  const full = tf.reshape(wide, [kh * down, kw * across, i, o]) as tf.Tensor4D;
  return tf.slice(full, 0, [(kh - 1) * down + 1, (kw - 1) * across + 1, i, o]);
}

function convolve([x, kernel]: readonly tf.Tensor[], { attrs }: Value<'conv2d'>): tf.Tensor {
  const padded = around(x!, attrs.pads);
  const taps = spread(kernel as tf.Tensor4D, attrs.dilation);
  const parts = tf.split(padded, attrs.groups, 3);
  const kernels = tf.split(taps, attrs.groups, 3);
  return tf.concat(
    parts.map((part, i) => tf.conv2d(part as Pixels, kernels[i]! as Pixels, [...attrs.stride], 'valid')),
    3,
  );
}

const pooled = (kind: 'max' | 'avg', x: Pixels, w: Window): Pixels =>
  tf.pool(x, [...w.kernel], kind, 'valid', undefined, [...w.stride]);

function average(x: tf.Tensor, { attrs }: Value<'avgPool'>): tf.Tensor {
  const mean = pooled('avg', around(x, attrs.pads), attrs);
  if (attrs.countPadding) return mean;
  return tf.div(mean, pooled('avg', around(tf.onesLike(x), attrs.pads), attrs));
}

function everyNth(x: tf.Tensor, step: readonly number[]): tf.Tensor {
  const begin = x.shape.map(() => 0);
  return tf.stridedSlice(x, begin, x.shape, [1, ...step]);
}

const unary =
  (f: (x: tf.Tensor) => tf.Tensor): Evaluate<Op> =>
  ([x]) =>
    f(x!);
const never: Evaluate<Op> = () => {
  throw new Error('a leaf without numbers');
};

const evaluators: { readonly [K in Op]: Evaluate<K> } = {
  input: never,
  weight: never,
  conv2d: convolve,
  depthwiseConv2d: ([x, kernel], { attrs }) =>
    tf.depthwiseConv2d(
      around(x!, attrs.pads),
      spread(kernel as tf.Tensor4D, attrs.dilation),
      [...attrs.stride],
      'valid',
    ),
  maxPool: ([x], { attrs }) => pooled('max', around(x!, attrs.pads, -1e30), attrs),
  avgPool: ([x], v) => average(x!, v),
  meanHW: ([x]) => tf.mean(x!, [1, 2]),
  batchNorm: ([x, gamma, beta, mean, variance], { attrs }) =>
    tf.add(tf.mul(tf.div(tf.sub(x!, mean!), tf.sqrt(tf.add(variance!, attrs.epsilon))), gamma!), beta!),
  lrn: ([x], { attrs: { radius, bias, alpha, beta } }) =>
    tf.localResponseNormalization(x as Pixels, radius, bias, alpha, beta),
  matmul: ([x, w]) => tf.matMul(x!, w!),
  add: ([a, b]) => tf.add(a!, b!),
  mul: ([a, b]) => tf.mul(a!, b!),
  scale: ([x], { attrs }) => tf.mul(x!, attrs.factor),
  concat: (xs, { attrs }) => tf.concat([...xs], attrs.axis + 1),
  pad: ([x], { attrs }) =>
    tf.pad(x!, [[0, 0], ...attrs.before.map((b, i): [number, number] => [b, attrs.after[i]!])]),
  stride: ([x], { attrs }) => everyNth(x!, attrs.step),
  reshape: ([x], v) => tf.reshape(x!, [-1, ...v.shape]),
  relu: unary(tf.relu),
  leakyRelu: ([x], { attrs }) => tf.leakyRelu(x!, attrs.slope),
  elu: unary(tf.elu),
  selu: unary(tf.selu),
  erf: unary(tf.erf),
  sigmoid: unary(tf.sigmoid),
  tanh: unary(tf.tanh),
  dropout: ([x]) => tf.clone(x!),
  softmax: unary((x) => tf.softmax(x)),
};

/** Every op of the intermediate form. */
export const allOps = Object.keys(evaluators) as Op[];
