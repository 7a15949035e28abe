import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type Op, type Pads, type Pair, topological, type Value, type Window, type Window3 } from '../ir/ir';
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

/** Ones where a cell counts are pooled as the values are: the mean over those is one by the other. */
function average(x: tf.Tensor, { attrs }: Value<'avgPool'>): tf.Tensor {
  const { pads, overhang, countPadding } = attrs;
  const mean = pooled('avg', around(x, pads), attrs);
  const own: Pads = [pads[0], pads[1] - overhang[0], pads[2], pads[3] - overhang[1]];
  const cells = countPadding ? around(tf.onesLike(x), own, 1) : around(tf.onesLike(x), own);
  return tf.div(mean, pooled('avg', around(cells, [0, overhang[0], 0, overhang[1]]), attrs));
}

/** Elements of one axis by their places; a place may come again. */
const taken = (x: tf.Tensor, axis: number, places: readonly number[]): tf.Tensor =>
  tf.gather(x, tf.tensor1d([...places], 'int32'), axis);
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

type Frames = tf.Tensor4D;
/** One frame of the result after the other, each from the frames that its window sees. */
function overTime(
  x: tf.Tensor,
  { kernel, stride, pads }: Window3,
  frames: number,
  fill: number,
  each: (seen: readonly Frames[]) => tf.Tensor,
  dilation = 1,
): tf.Tensor {
  const long = tf.pad(
    x,
    [
      [0, 0],
      [pads[0], pads[1]],
      [pads[2], pads[3]],
      [pads[4], pads[5]],
      [0, 0],
    ],
    fill,
  );
  const frame = (t: number) => tf.squeeze(taken(long, 1, [t]), [1]) as Frames;
  return tf.stack(
    range(frames).map((t) => each(range(kernel[0]).map((a) => frame(t * stride[0] + a * dilation)))),
    1,
  );
}

function convolve3([x, kernel]: readonly tf.Tensor[], v: Value<'conv3d'>): tf.Tensor {
  const { attrs } = v;
  const flat = {
    kernel: [attrs.kernel[1], attrs.kernel[2]],
    stride: [attrs.stride[1], attrs.stride[2]],
  } as const;
  const one = {
    ...flat,
    pads: [0, 0, 0, 0],
    dilation: [attrs.dilation[1], attrs.dilation[2]],
    groups: attrs.groups,
  } as const;
  const taps = tf.unstack(kernel!, 0);
  const each = (seen: readonly Frames[]) =>
    tf.addN(seen.map((f, a) => convolve([f, taps[a]!], { attrs: one } as never)));
  return overTime(x!, attrs, v.shape[0]!, 0, each, attrs.dilation[0]);
}

function pool3(
  [x]: readonly tf.Tensor[],
  v: Value<'maxPool3d'> | Value<'avgPool3d'>,
  kind: 'max' | 'avg',
): tf.Tensor {
  const { attrs } = v;
  const flat = {
    kernel: [attrs.kernel[1], attrs.kernel[2]],
    stride: [attrs.stride[1], attrs.stride[2]],
    pads: [0, 0, 0, 0],
  } as const;
  const each = (seen: readonly Frames[]) => {
    const parts = seen.map((f) => pooled(kind, f, flat));
    return kind === 'max' ? parts.reduce((a, b) => tf.maximum(a, b)) : tf.div(tf.addN(parts), parts.length);
  };
  return overTime(x!, attrs, v.shape[0]!, kind === 'max' ? -1e30 : 0, each);
}

function average3([x]: readonly tf.Tensor[], v: Value<'avgPool3d'>): tf.Tensor {
  const mean = pool3([x!], v, 'avg');
  return v.attrs.countPadding ? mean : tf.div(mean, pool3([tf.onesLike(x!)], v, 'avg'));
}

/** Each pixel lays its kernel on the output: sums over taps of the enlarged map, shifted. */
function transposed([x, kernel]: readonly tf.Tensor[], v: Value<'convTranspose2d'>): tf.Tensor {
  const { kernel: size, stride, pads, dilation, groups } = v.attrs;
  const [h, w] = v.inputs[0]!.shape as readonly [number, number];
  const [height, width] = v.shape as readonly [number, number];
  const parts = tf.split(x!, groups, 3).map((part, g) => {
    const own = tf.split(kernel!, groups, 3)[g]!;
    const taps = range(size[0]).flatMap((a) =>
      range(size[1]).map((b) => {
        const w2 = tf.squeeze(tf.slice(own, [a, b, 0, 0], [1, 1, -1, -1]), [0, 1]); // [o, i]
        const y = tf.einsum('bhwi,oi->bhwo', part, w2);
        const apart = enlarged(y, [h, w], stride);
        const [top, left] = [a * dilation[0] - pads[0], b * dilation[1] - pads[2]];
        return placed(apart, top, left, height, width);
      }),
    );
    return tf.addN(taps);
  });
  return tf.concat(parts, 3);
}

/** Zeros between the pixels. */
function enlarged(y: tf.Tensor, [h, w]: Pair, [down, across]: Pair): tf.Tensor {
  const [n, , , c] = y.shape as [number, number, number, number];
  const apart = tf.reshape(y, [n, h, 1, w, 1, c]);
  const wide = tf.pad(apart, [
    [0, 0],
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  return tf.reshape(wide, [n, h * down, w * across, c]);
}

/** The part of `y`, moved by (top, left), that lies on height × width. */
function placed(y: tf.Tensor, top: number, left: number, height: number, width: number): tf.Tensor {
  const far = 200;
  const roomy = tf.pad(y, [
    [0, 0],
    [far, far],
    [far, far],
    [0, 0],
  ]);
  return tf.slice(roomy, [0, far - top, far - left, 0], [-1, height, width, -1]);
}

function normalised([x]: readonly tf.Tensor[], v: Value<'normalise'>): tf.Tensor {
  const { per, groups, epsilon } = v.attrs;
  const channels = v.shape.at(-1)!;
  const apart = per === 'pixel' ? x! : tf.reshape(x!, [x!.shape[0]!, -1, groups, channels / groups]);
  const axes = per === 'pixel' ? [apart.rank - 1] : [1, 3];
  const { mean, variance } = tf.moments(apart, axes, true);
  return tf.reshape(tf.div(tf.sub(apart, mean), tf.sqrt(tf.add(variance, epsilon))), x!.shape);
}

function padded([x]: readonly tf.Tensor[], v: Value<'pad'>): tf.Tensor {
  const { before, after, mode } = v.attrs;
  if (mode === 'zeros')
    return tf.pad(x!, [[0, 0], ...before.map((b, i): [number, number] => [b, after[i]!])]);
  return before.reduce((y, b, i) => {
    const side = v.inputs[0]!.shape[i]!;
    const places = range(b + side + after[i]!).map((p) => source(p - b, side, mode));
    return taken(y, i + 1, places);
  }, x!);
}
function source(place: number, side: number, mode: string): number {
  if (mode === 'replicate') return Math.min(side - 1, Math.max(0, place));
  if (mode === 'circular') return (place + side) % side;
  const back = Math.abs(place);
  return back < side ? back : 2 * (side - 1) - back;
}

/** Written out element by element, as PyTorch's manual has it. */
function resampled([x]: readonly tf.Tensor[], v: Value<'resample'>): tf.Tensor {
  const { axis, method } = v.attrs;
  const [length, made] = [v.inputs[0]!.shape[axis]!, v.shape[axis]!];
  const one = (i: number): tf.Tensor => {
    if (method === 'nearest') return taken(x!, axis + 1, [Math.floor((i * length) / made)]);
    if (method === 'mean') {
      const [from, to] = [Math.floor((i * length) / made), Math.ceil(((i + 1) * length) / made)];
      return tf.mean(
        taken(
          x!,
          axis + 1,
          range(to - from).map((p) => p + from),
        ),
        axis + 1,
        true,
      );
    }
    const at = Math.max(0, ((i + 0.5) * length) / made - 0.5);
    const low = Math.floor(at);
    const pair = [low, Math.min(length - 1, low + 1)].map((p) =>
      taken(x!, axis + 1, [Math.min(length - 1, p)]),
    );
    return tf.add(tf.mul(pair[0]!, 1 - (at - low)), tf.mul(pair[1]!, at - low));
  };
  return tf.concat(range(made).map(one), axis + 1);
}

/** Vectors that were computed are spread over maps: [batch, c] -> [batch, 1, 1, c]. */
function spread2([a, b]: readonly tf.Tensor[], v: Value): readonly [tf.Tensor, tf.Tensor] {
  const wide = (x: tf.Tensor, i: number) => {
    const of = v.inputs[i]!;
    if (of.op === 'weight' || of.shape.length === v.shape.length) return x;
    const ones = range(v.shape.length - of.shape.length).map(() => 1);
    return tf.reshape(x, [x.shape[0]!, ...ones, ...of.shape]);
  };
  return [wide(a!, 0), wide(b!, 1)];
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
  constant: (_, v) => tf.fill([1, ...v.shape], v.attrs.value),
  conv3d: convolve3,
  convTranspose2d: transposed,
  maxPool3d: (xs, v) => pool3(xs, v, 'max'),
  avgPool3d: average3,
  resample: resampled,
  normalise: normalised,
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
  mean: ([x], { attrs }) =>
    tf.mean(
      x!,
      attrs.axes.map((a) => a + 1),
    ),
  max: ([x], { attrs }) =>
    tf.max(
      x!,
      attrs.axes.map((a) => a + 1),
    ),
  batchNorm: ([x, gamma, beta, mean, variance], { attrs }) =>
    tf.add(tf.mul(tf.div(tf.sub(x!, mean!), tf.sqrt(tf.add(variance!, attrs.epsilon))), gamma!), beta!),
  lrn: ([x], { attrs: { radius, bias, alpha, beta } }) =>
    tf.localResponseNormalization(x as Pixels, radius, bias, alpha, beta),
  matmul: ([x, w]) => tf.matMul(x!, w!),
  add: (xs, v) => tf.add(...spread2(xs, v)),
  mul: (xs, v) => tf.mul(...spread2(xs, v)),
  scale: ([x], { attrs }) => tf.mul(x!, attrs.factor),
  shift: ([x], { attrs }) => tf.add(x!, attrs.by),
  concat: (xs, { attrs }) => tf.concat([...xs], attrs.axis + 1),
  pad: padded,
  stride: ([x], { attrs }) => everyNth(x!, attrs.step),
  slice: ([x], v) => tf.slice(x!, [0, ...v.attrs.begin], [-1, ...v.shape]),
  transpose: ([x], { attrs }) => tf.transpose(x!, [0, ...attrs.order.map((i) => i + 1)]),
  reshape: ([x], v) => tf.reshape(x!, [-1, ...v.shape]),
  relu: unary(tf.relu),
  relu6: unary(tf.relu6),
  exp: unary(tf.exp),
  reciprocal: unary(tf.reciprocal),
  softplus: unary(tf.softplus),
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
