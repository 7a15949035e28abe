import type { Pads, Value, Window } from '../ir/ir';
import { samePads } from '../ir/ops';
import type { Shape } from '../ir/shape';
import type { Output, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { batchOf, ints, NHWC, strided, text } from './attrs';
import { dilated } from './dilated';
import type { Emit, Pass } from './pass';
import { everyNth } from './rearrange';

const same = (a: Pads, b: Pads): boolean => a.every((p, i) => p === b[i]);
/** How TensorFlow calls these pads, or undefined when it has no name for them. */
export function paddingName(w: Window, shape: Shape): 'VALID' | 'SAME' | undefined {
  if (w.pads.every((p) => p === 0)) return 'VALID';
  return same(w.pads, samePads(shape, w.kernel, w.stride)) ? 'SAME' : undefined;
}

/** Pads a map by hand. Explicit padding inside Conv2D fails in the backward pass (TensorFlow 2.21). */
export function padMap(
  { graph }: Pass,
  x: Output,
  pads: readonly number[],
  name: string,
  fill?: number,
): Output {
  const axes = pads.length / 2;
  const paddings = graph.ints([0, 0, ...pads, 0, 0], [axes + 2, 2]);
  if (fill === undefined) return graph.add('Pad', `${name}/pad`, [x, paddings]);
  return graph.add('PadV2', `${name}/pad`, [x, paddings, graph.float(fill)]);
}

type Attrs = Value<'depthwiseConv2d'>['attrs'];
type Convolve = (pass: Pass, x: Output, kernel: Output, attrs: Attrs, shape: Shape, name: string) => Output;

const plain =
  (type: 'Conv2D' | 'DepthwiseConv2dNative'): Convolve =>
  (pass, x, kernel, attrs, shape, name) => {
    const padding = paddingName(attrs, shape);
    const padded = padding ? x : padMap(pass, x, attrs.pads, name);
    return pass.graph.add(type, name, [padded, kernel], {
      strides: ints(1, ...attrs.stride, 1),
      padding: text(padding ?? 'VALID'),
      data_format: NHWC,
    });
  };

/** What TensorFlow cannot do in one op, or not with a right gradient: dilation, and unequal strides of a depthwise. */
const composed =
  (one: Convolve, equalStrides: boolean): Convolve =>
  (pass, x, kernel, attrs, shape, name) => {
    const { stride, dilation, pads } = attrs;
    const isDilated = dilation[0] * dilation[1] > 1;
    if (!isDilated && (!equalStrides || stride[0] === stride[1])) {
      return one(pass, x, kernel, attrs, shape, name);
    }
    const dense = { ...attrs, stride: [1, 1] as const };
    const unpadded = { ...dense, pads: [0, 0, 0, 0] as const };
    const y = isDilated
      ? dilated(pass.graph, x, { shape, pads, dilation }, name, (phases) =>
          one(pass, phases, kernel, unpadded, shape, name),
        )
      : one(pass, x, kernel, dense, shape, name);
    return stride[0] * stride[1] === 1 ? y : everyNth(pass, y, [...stride, 1], `${name}/stride`);
  };

const dense2d = composed(plain('Conv2D'), false);
const depthwise2d = composed(plain('DepthwiseConv2dNative'), true);
export const conv2d: Emit<'conv2d'> = (pass, [x, kernel], v, name) =>
  dense2d(pass, x!, kernel!, v.attrs, v.inputs[0]!.shape, name);
export const depthwiseConv2d: Emit<'depthwiseConv2d'> = (pass, [x, kernel], v, name) =>
  depthwise2d(pass, x!, kernel!, v.attrs, v.inputs[0]!.shape, name);

/**
 * By convolutions of maps, as Conv3D has no gradient in TensorFlow's C++ library: frames are folded into the batch, and
 * the frames that a kernel sees lie behind one another as channels. A kernel over time alone is one convolution.
 */
export const conv3d: Emit<'conv3d'> = (pass, [x, kernel], v, name) => {
  if (isOverTime(v)) return overTime(pass, x!, kernel!, v, name);
  const { graph } = pass;
  const { kernel: k, stride, pads, dilation, groups } = v.attrs;
  const [t, h, w, c] = v.inputs[0]!.shape as readonly [number, number, number, number];
  const filters = v.shape[3]!;
  const spatial = {
    kernel: [k[1], k[2]] as const,
    stride: [stride[1], stride[2]] as const,
    pads: [pads[2], pads[3], pads[4], pads[5]] as const,
    dilation: [dilation[1], dilation[2]] as const,
  };
  const padded =
    pads[0] + pads[1] === 0 ? x! : padMap(pass, x!, [pads[0], pads[1], 0, 0, 0, 0], `${name}/time`);
  const frames = v.shape[0]!;
  const taps = Array.from({ length: k[0] }, (_, a) =>
    framesOf(
      graph,
      padded,
      { first: a * dilation[0], step: stride[0], frames, sides: [h, w, c] },
      t + pads[0] + pads[1],
      name,
    ),
  );
  const maps = graph.ints([-1, h, w, c]);
  const folded = taps.map((tap) => graph.add('Reshape', `${name}/maps`, [tap, maps]));
  const slices = kernelSlices(graph, kernel!, v.inputs[1]!.shape, name);
  const y =
    groups === 1 && k[0] > 1
      ? dense2d(
          pass,
          graph.add('ConcatV2', `${name}/seen`, [folded, graph.int(3)]),
          graph.add('ConcatV2', `${name}/kernel`, [slices, graph.int(2)]),
          spatial,
          [h, w, c * k[0]],
          name,
        )
      : sum(
          graph,
          folded.map((m, a) => dense2d(pass, m, slices[a]!, spatial, [h, w, c], name)),
          name,
        );
  return graph.add('Reshape', `${name}/video`, [
    y,
    graph.ints([-1, frames, v.shape[1]!, v.shape[2]!, filters]),
  ]);
};

const isOverTime = ({ attrs: { kernel, stride, pads } }: Value<'conv3d'>): boolean =>
  [kernel, stride].every((n) => n[1] * n[2] === 1) && pads.slice(2).every((p) => p === 0);

/** Each frame as one row of pixels: the kernel [kt, 1] slides down the rows. */
function overTime(pass: Pass, x: Output, kernel: Output, v: Value<'conv3d'>, name: string): Output {
  const { graph } = pass;
  const { kernel: k, stride, pads, dilation } = v.attrs;
  const [t, h, w, c] = v.inputs[0]!.shape as readonly [number, number, number, number];
  const rows = graph.add('Reshape', `${name}/rows`, [x, graph.ints([-1, t, h * w, c])]);
  const taps = graph.add('Reshape', `${name}/taps`, [
    kernel,
    graph.ints([k[0], 1, ...v.inputs[1]!.shape.slice(3)]),
  ]);
  const attrs = {
    kernel: [k[0], 1] as const,
    stride: [stride[0], 1] as const,
    pads: [pads[0], pads[1], 0, 0] as const,
    dilation: [dilation[0], 1] as const,
  };
  const y = dense2d(pass, rows, taps, attrs, [t, h * w, c], name);
  return graph.add('Reshape', `${name}/video`, [y, graph.ints([-1, ...v.shape])]);
}

const sum = (graph: TfGraph, parts: readonly Output[], name: string): Output =>
  parts.length === 1 ? parts[0]! : graph.add('AddN', `${name}/sum`, [parts]);

interface Frames {
  readonly first: number;
  readonly step: number;
  readonly frames: number;
  readonly sides: readonly number[];
}
/** Every step-th frame from the first on. */
function framesOf(graph: TfGraph, x: Output, f: Frames, length: number, name: string): Output {
  if (f.first === 0 && f.step === 1 && f.frames === length) return x;
  const end = f.first + (f.frames - 1) * f.step + 1;
  const zeros = f.sides.map(() => 0);
  const ones = f.sides.map(() => 1);
  const range = { begin: [f.first, ...zeros], end: [end, ...f.sides], step: [f.step, ...ones] };
  return strided(graph, x, range, `${name}/frames`);
}

/** [kt, kh, kw, i, o] -> kt kernels of maps. */
function kernelSlices(graph: TfGraph, kernel: Output, [kt, ...rest]: Shape, name: string): readonly Output[] {
  const dims = graph.ints(rest);
  const reshaped = (part: Output) => graph.add('Reshape', `${name}/tap`, [part, dims]);
  if (kt === 1) return [reshaped(kernel)];
  const op = graph.operation('Split', `${name}/taps`, [graph.int(0), kernel], { num_split: { int: kt! } });
  return Array.from({ length: kt! }, (_, i) => reshaped(output(op, i)));
}

/** The gradient of a convolution with respect to its input, as a layer; what the pads cut off is cut off behind it. */
export const convTranspose2d: Emit<'convTranspose2d'> = (pass, [x, kernel], v, name) => {
  const { graph } = pass;
  const { groups } = v.attrs;
  if (groups === 1) return transposedPart(pass, x!, kernel!, v, name);
  const parts = (of: Output, axis: number) => {
    const op = graph.operation('Split', `${name}/groups`, [graph.int(axis), of], {
      num_split: { int: groups },
    });
    return Array.from({ length: groups }, (_, i) => output(op, i));
  };
  // a kernel [kh, kw, o / groups, i] serves the input channels of its group
  const [xs, kernels] = [parts(x!, 3), parts(kernel!, 3)];
  const ys = xs.map((part, i) => transposedPart(pass, part, kernels[i]!, v, name));
  return graph.add('ConcatV2', `${name}/joined`, [ys, graph.int(3)]);
};

function transposedPart(
  { graph }: Pass,
  x: Output,
  kernel: Output,
  { attrs, inputs, shape }: Value<'convTranspose2d'>,
  name: string,
): Output {
  const { stride, dilation, pads, groups } = attrs;
  const spread = spreadKernel(
    graph,
    kernel,
    [...inputs[1]!.shape.slice(0, 3), inputs[1]!.shape[3]! / groups],
    dilation,
    name,
  );
  const filters = shape[2]! / groups;
  const full = attrs.kernel.map(
    (k, i) => (inputs[0]!.shape[i]! - 1) * stride[i]! + (k - 1) * dilation[i]! + 1,
  );
  const sides = [...full, filters].map((n) => graph.int(n));
  const dims = graph.add('Pack', `${name}/dims`, [[batchOf(graph, x, name), ...sides]]);
  const y = graph.add('Conv2DBackpropInput', name, [dims, spread, x], {
    strides: ints(1, ...stride, 1),
    padding: text('VALID'),
    data_format: NHWC,
  });
  const short = [0, 1].map((i) => Math.max(0, pads[2 * i]! + shape[i]! - full[i]!));
  const long = short.some((n) => n > 0)
    ? graph.add('Pad', `${name}/extra`, [y, graph.ints([0, 0, 0, short[0]!, 0, short[1]!, 0, 0], [4, 2])])
    : y;
  if (full.every((n, i) => n === shape[i]) && pads[0] + pads[2] === 0) return long;
  const begin = [pads[0], pads[2], 0];
  const range = { begin, end: [pads[0] + shape[0]!, pads[2] + shape[1]!, filters], step: [1, 1, 1] };
  return strided(graph, long, range, `${name}/cut`);
}

/** kernel [kh, kw, o, i] with dilation - 1 zeros between its taps. */
function spreadKernel(
  graph: TfGraph,
  kernel: Output,
  shape: Shape,
  dilation: readonly number[],
  name: string,
): Output {
  const [down, across] = dilation as readonly [number, number];
  if (down * across === 1) return kernel;
  const [kh, kw, o, i] = shape as readonly [number, number, number, number];
  const apart = graph.add('Reshape', `${name}/apart`, [kernel, graph.ints([kh, 1, kw, 1, o, i])]);
  const zeros = graph.ints([0, 0, 0, down - 1, 0, 0, 0, across - 1, 0, 0, 0, 0], [6, 2]);
  const wide = graph.add('Pad', `${name}/zeros`, [apart, zeros]);
  const full = graph.add('Reshape', `${name}/wide`, [wide, graph.ints([kh * down, kw * across, o, i])]);
  const end = [(kh - 1) * down + 1, (kw - 1) * across + 1, o, i];
  return graph.add('StridedSlice', `${name}/spread`, [
    full,
    graph.ints([0, 0, 0, 0]),
    graph.ints(end),
    graph.ints([1, 1, 1, 1]),
  ]);
}
