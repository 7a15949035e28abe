import type { Initial, Op, OpAttrs, Pads, Pair, Value, Window } from './ir';
import { type Shape, size } from './shape';

const value = <K extends Op>(op: K, shape: Shape, inputs: readonly Value[], attrs: OpAttrs[K]): Value =>
  Object.freeze({ op, shape, inputs, attrs }) as Value;

/** Stands for what comes from outside: the net's pictures, or a node's input while only that node is looked at. */
export const input = (shape: Shape): Value => value('input', shape, [], {});

/**
 * A variable of the node that is lowered.
 *
 * @param decay whether weight decay applies: yes for kernels, no for biases and normalisation
 */
export const weight = (name: string, shape: Shape, init: Initial, decay = false): Value =>
  value('weight', shape, [], { name, init, trainable: true, decay });

/** A variable that training updates but gradients do not reach: running mean and variance. */
export const statistic = (name: string, shape: Shape, init: Initial): Value =>
  value('weight', shape, [], { name, init, trainable: false, decay: false });

const slide = (
  [h, w]: Shape,
  { kernel, stride, pads }: Window,
  dilation: Pair = [1, 1],
): [number, number] => {
  const reach = kernel.map((k, i) => (k - 1) * dilation[i]! + 1);
  return [
    Math.floor((h! + pads[0] + pads[1] - reach[0]!) / stride[0]) + 1,
    Math.floor((w! + pads[2] + pads[3] - reach[1]!) / stride[1]) + 1,
  ];
};

/** x [h, w, cin] * kernel [kh, kw, cin / groups, cout] -> [h', w', cout] */
export function conv2d(x: Value, kernel: Value, attrs: Omit<OpAttrs['conv2d'], 'kernel'>): Value {
  const window = { ...attrs, kernel: [kernel.shape[0]!, kernel.shape[1]!] as const };
  return value('conv2d', [...slide(x.shape, window, attrs.dilation), kernel.shape[3]!], [x, kernel], window);
}

/** x [h, w, c] * kernel [kh, kw, c, multiplier] -> [h', w', c * multiplier] */
export function depthwiseConv2d(
  x: Value,
  kernel: Value,
  attrs: Omit<OpAttrs['depthwiseConv2d'], 'kernel'>,
): Value {
  const [kh, kw, c, multiplier] = kernel.shape as readonly [number, number, number, number];
  const window = { ...attrs, kernel: [kh, kw] as const };
  return value(
    'depthwiseConv2d',
    [...slide(x.shape, window, attrs.dilation), c * multiplier],
    [x, kernel],
    window,
  );
}

export const maxPool = (x: Value, window: Window): Value =>
  value('maxPool', [...slide(x.shape, window), x.shape[2]!], [x], window);
export const avgPool = (x: Value, window: Window, countPadding: boolean): Value =>
  value('avgPool', [...slide(x.shape, window), x.shape[2]!], [x], { ...window, countPadding });

export const meanHW = (x: Value): Value => value('meanHW', [x.shape[2]!], [x], {});
export const batchNorm = (x: Value, variables: readonly Value[], attrs: OpAttrs['batchNorm']): Value =>
  value('batchNorm', x.shape, [x, ...variables], attrs);
export const lrn = (x: Value, attrs: OpAttrs['lrn']): Value => value('lrn', x.shape, [x], attrs);
/** [n] x [n, m] -> [m] */
export const matmul = (x: Value, w: Value): Value => value('matmul', [w.shape[1]!], [x, w], {});
export const add = (a: Value, b: Value): Value => value('add', a.shape, [a, b], {});
export const mul = (a: Value, b: Value): Value => value('mul', a.shape, [a, b], {});
export const scale = (x: Value, factor: number): Value => value('scale', x.shape, [x], { factor });
export const reshape = (x: Value, shape: Shape): Value => value('reshape', shape, [x], {});
export const flatten = (x: Value): Value => (x.shape.length === 1 ? x : reshape(x, [size(x.shape)]));

export function concat(xs: readonly Value[], axis: number): Value {
  const shape = xs[0]!.shape.map((d, i) => (i === axis ? xs.reduce((n, x) => n + x.shape[i]!, 0) : d));
  return value('concat', shape, xs, { axis });
}
export const pad = (x: Value, before: readonly number[], after: readonly number[]): Value =>
  value(
    'pad',
    x.shape.map((d, i) => d + before[i]! + after[i]!),
    [x],
    { before, after },
  );
export const stride = (x: Value, step: readonly number[]): Value =>
  value(
    'stride',
    x.shape.map((d, i) => Math.ceil(d / step[i]!)),
    [x],
    { step },
  );

const elementwise = (op: 'relu' | 'elu' | 'selu' | 'erf' | 'sigmoid' | 'tanh' | 'softmax') => (x: Value) =>
  value(op, x.shape, [x], {});
export const relu = elementwise('relu');
export const elu = elementwise('elu');
export const selu = elementwise('selu');
export const erf = elementwise('erf');
export const sigmoid = elementwise('sigmoid');
export const tanh = elementwise('tanh');
export const softmax = elementwise('softmax');
export const leakyRelu = (x: Value, slope: number): Value => value('leakyRelu', x.shape, [x], { slope });
export const dropout = (x: Value, rate: number): Value => value('dropout', x.shape, [x], { rate });

/** Pads that give ceil(side / stride) pixels, the odd one at the end, as TensorFlow's SAME does. */
export function samePads([h, w]: Shape, kernel: Pair, step: Pair, dilation: Pair = [1, 1]): Pads {
  const total = (side: number, i: 0 | 1) =>
    Math.max(0, (Math.ceil(side / step[i]) - 1) * step[i] + (kernel[i] - 1) * dilation[i] + 1 - side);
  const [v, u] = [total(h!, 0), total(w!, 1)];
  return [Math.floor(v / 2), Math.ceil(v / 2), Math.floor(u / 2), Math.ceil(u / 2)];
}
