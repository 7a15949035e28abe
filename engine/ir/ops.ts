import type { Initial, Op, OpAttrs, PadMode, Pads, Pair, Penalty, Value, Window, Window3 } from './ir';
import { type Shape, size } from './shape';

const value = <K extends Op>(op: K, shape: Shape, inputs: readonly Value[], attrs: OpAttrs[K]): Value =>
  Object.freeze({ op, shape, inputs, attrs }) as Value;

/** Stands for what comes from outside: the net's pictures, or a node's input while only that node is looked at. */
export const input = (shape: Shape): Value => value('input', shape, [], {});

/** A start at one number. */
export const startOf = (number: number): Initial => (number === 0 ? 'zeros' : { constant: number });

/** Of weights that nothing pulls at. */
export const NO_PENALTY: Penalty = { decay: false, l1: 0, l2: 0 };

/**
 * A variable of the node that is lowered.
 *
 * @param penalty of kernels; biases and normalisation have none
 */
export const weight = (name: string, shape: Shape, init: Initial, penalty = NO_PENALTY): Value => {
  const { decay, l1, l2 } = penalty;
  return value('weight', shape, [], { name, init, trainable: true, penalty: { decay, l1, l2 } });
};

/** A variable that training updates but gradients do not reach: running mean and variance. */
export const statistic = (name: string, shape: Shape, init: Initial): Value =>
  value('weight', shape, [], { name, init, trainable: false, penalty: NO_PENALTY });

export const constant = (shape: Shape, number: number): Value =>
  value('constant', shape, [], { value: number });

/** Sides after a window has slid over `shape`, over as many leading axes as the kernel has. */
const slide = (
  shape: Shape,
  { kernel, stride, pads }: Window | Window3,
  dilation: readonly number[] = [1, 1, 1],
): number[] =>
  kernel.map((k, i) => {
    const reach = (k - 1) * dilation[i]! + 1;
    return Math.floor((shape[i]! + pads[2 * i]! + pads[2 * i + 1]! - reach) / stride[i]!) + 1;
  });

/** x [h, w, cin] * kernel [kh, kw, cin / groups, cout] -> [h', w', cout] */
export function conv2d(x: Value, kernel: Value, attrs: Omit<OpAttrs['conv2d'], 'kernel'>): Value {
  const window = { ...attrs, kernel: [kernel.shape[0]!, kernel.shape[1]!] as const };
  return value('conv2d', [...slide(x.shape, window, attrs.dilation), kernel.shape[3]!], [x, kernel], window);
}

/** x [t, h, w, cin] * kernel [kt, kh, kw, cin / groups, cout] -> [t', h', w', cout] */
export function conv3d(x: Value, kernel: Value, attrs: Omit<OpAttrs['conv3d'], 'kernel'>): Value {
  const [kt, kh, kw] = kernel.shape as readonly [number, number, number];
  const window = { ...attrs, kernel: [kt, kh, kw] as const };
  return value('conv3d', [...slide(x.shape, window, attrs.dilation), kernel.shape[4]!], [x, kernel], window);
}

/**
 * x [h, w, cin] * kernel [kh, kw, cout / groups, cin] -> [h', w', cout],
 * h' = (h - 1) * stride - pads + dilation * (kh - 1) + 1 + extra.
 *
 * @param extra rows and columns more at the bottom and right, less than the stride ("output padding")
 */
export function convTranspose2d(
  x: Value,
  kernel: Value,
  attrs: Omit<OpAttrs['convTranspose2d'], 'kernel'>,
  extra: Pair = [0, 0],
): Value {
  const window = { ...attrs, kernel: [kernel.shape[0]!, kernel.shape[1]!] as const };
  const sides = window.kernel.map((k, i) => {
    const pads = attrs.pads[2 * i]! + attrs.pads[2 * i + 1]!;
    return (x.shape[i]! - 1) * attrs.stride[i]! - pads + (k - 1) * attrs.dilation[i]! + 1 + extra[i]!;
  });
  return value('convTranspose2d', [...sides, kernel.shape[2]! * attrs.groups], [x, kernel], window);
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
export const avgPool = (x: Value, window: Window, countPadding: boolean, overhang: Pair = [0, 0]): Value =>
  value('avgPool', [...slide(x.shape, window), x.shape[2]!], [x], { ...window, countPadding, overhang });
export const maxPool3d = (x: Value, window: Window3): Value =>
  value('maxPool3d', [...slide(x.shape, window), x.shape[3]!], [x], window);
export const avgPool3d = (x: Value, window: Window3, countPadding: boolean): Value =>
  value('avgPool3d', [...slide(x.shape, window), x.shape[3]!], [x], { ...window, countPadding });

const reduce =
  (op: 'mean' | 'max') =>
  (x: Value, axes: readonly number[]): Value =>
    value(
      op,
      x.shape.filter((_, i) => !axes.includes(i)),
      [x],
      { axes },
    );
export const mean = reduce('mean');
export const max = reduce('max');
/** Every axis but the channels. */
export const pixelAxes = (shape: Shape): readonly number[] => shape.slice(0, -1).map((_, i) => i);

export function resample(
  x: Value,
  axis: number,
  length: number,
  method: OpAttrs['resample']['method'],
): Value {
  if (x.shape[axis] === length) return x;
  return value(
    'resample',
    x.shape.map((d, i) => (i === axis ? length : d)),
    [x],
    { axis, method },
  );
}

export const normalise = (x: Value, attrs: OpAttrs['normalise']): Value =>
  value('normalise', x.shape, [x], attrs);
export const batchNorm = (x: Value, variables: readonly Value[], attrs: OpAttrs['batchNorm']): Value =>
  value('batchNorm', x.shape, [x, ...variables], attrs);
export const lrn = (x: Value, attrs: OpAttrs['lrn']): Value => value('lrn', x.shape, [x], attrs);
/** [n] x [n, m] -> [m] */
export const matmul = (x: Value, w: Value): Value => value('matmul', [w.shape[1]!], [x, w], {});
/** The larger shape of two, where a [c] vector or a [1, 1, c] map meets a map. */
const wider = (a: Value, b: Value): Shape => (size(b.shape) > size(a.shape) ? b.shape : a.shape);
export const add = (a: Value, b: Value): Value => value('add', wider(a, b), [a, b], {});
export const mul = (a: Value, b: Value): Value => value('mul', wider(a, b), [a, b], {});
export const subtract = (a: Value, b: Value): Value => add(a, scale(b, -1));
export const shift = (x: Value, by: number): Value => value('shift', x.shape, [x], { by });
export const scale = (x: Value, factor: number): Value => value('scale', x.shape, [x], { factor });
export const reshape = (x: Value, shape: Shape): Value => value('reshape', shape, [x], {});
export const flatten = (x: Value): Value => (x.shape.length === 1 ? x : reshape(x, [size(x.shape)]));

export function concat(xs: readonly Value[], axis: number): Value {
  const shape = xs[0]!.shape.map((d, i) => (i === axis ? xs.reduce((n, x) => n + x.shape[i]!, 0) : d));
  return value('concat', shape, xs, { axis });
}
export const pad = (
  x: Value,
  before: readonly number[],
  after: readonly number[],
  mode: PadMode = 'zeros',
): Value =>
  value(
    'pad',
    x.shape.map((d, i) => d + before[i]! + after[i]!),
    [x],
    { before, after, mode },
  );
/** `length` elements of one axis, from `begin` on. */
export const slice = (x: Value, axis: number, begin: number, length: number): Value =>
  value(
    'slice',
    x.shape.map((d, i) => (i === axis ? length : d)),
    [x],
    { begin: x.shape.map((_, i) => (i === axis ? begin : 0)) },
  );
export const transpose = (x: Value, order: readonly number[]): Value =>
  value(
    'transpose',
    order.map((i) => x.shape[i]!),
    [x],
    { order },
  );
export const stride = (x: Value, step: readonly number[]): Value =>
  value(
    'stride',
    x.shape.map((d, i) => Math.ceil(d / step[i]!)),
    [x],
    { step },
  );

type Plain =
  | 'relu'
  | 'relu6'
  | 'elu'
  | 'selu'
  | 'erf'
  | 'exp'
  | 'reciprocal'
  | 'sigmoid'
  | 'softplus'
  | 'tanh';
const elementwise = (op: Plain | 'softmax') => (x: Value) => value(op, x.shape, [x], {});
export const relu = elementwise('relu');
export const relu6 = elementwise('relu6');
export const elu = elementwise('elu');
export const selu = elementwise('selu');
export const erf = elementwise('erf');
export const exp = elementwise('exp');
export const reciprocal = elementwise('reciprocal');
export const sigmoid = elementwise('sigmoid');
export const softplus = elementwise('softplus');
export const tanh = elementwise('tanh');
export const softmax = elementwise('softmax');
export const leakyRelu = (x: Value, slope: number): Value => value('leakyRelu', x.shape, [x], { slope });
export const dropout = (x: Value, rate: number, unit: OpAttrs['dropout']['unit'] = 'value'): Value =>
  value('dropout', x.shape, [x], { rate, unit });

/** Pads of one axis that give ceil(side / stride) windows, the odd one at the end, as TensorFlow's SAME does. */
export function sameAxis(
  side: number,
  kernel: number,
  stride: number,
  dilation = 1,
): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + (kernel - 1) * dilation + 1 - side);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Pads that give ceil(side / stride) pixels, the odd one at the end, as TensorFlow's SAME does. */
export const samePads = ([h, w]: Shape, kernel: Pair, step: Pair, dilation: Pair = [1, 1]): Pads => [
  ...sameAxis(h!, kernel[0], step[0], dilation[0]),
  ...sameAxis(w!, kernel[1], step[1], dilation[1]),
];
