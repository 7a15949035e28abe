import type { Window, Window3 } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Output } from '../tensorflow/graph';
import { ints, NHWC, text } from './attrs';
import { paddingName, padMap } from './convolution';
import type { Emit, Pass } from './pass';

/** Below every number of a map: what stands in its padding never wins. */
const LOWEST = -3.4e38;

export const pooling = (w: Window, padding: 'VALID' | 'SAME') => ({
  ksize: ints(1, ...w.kernel, 1),
  strides: ints(1, ...w.stride, 1),
  padding: text(padding),
  data_format: NHWC,
});
const pooling3 = (w: Window3) => ({
  ksize: ints(1, ...w.kernel, 1),
  strides: ints(1, ...w.stride, 1),
  padding: text('VALID'),
  data_format: text('NDHWC'),
});

export const maxPool: Emit<'maxPool'> = (pass, [x], v, name) => {
  const padding = paddingName(v.attrs, v.inputs[0]!.shape);
  const padded = padding ? x! : padMap(pass, x!, v.attrs.pads, name, LOWEST);
  return pass.graph.add('MaxPool', name, [padded], pooling(v.attrs, padding ?? 'VALID'));
};

export const maxPool3d: Emit<'maxPool3d'> = (pass, [x], v, name) => {
  const { pads } = v.attrs;
  const padded = pads.every((p) => p === 0) ? x! : padMap(pass, x!, pads, name, LOWEST);
  return pass.graph.add('MaxPool3D', name, [padded], pooling3(v.attrs));
};

export const avgPool: Emit<'avgPool'> = (pass, [x], v, name) => {
  const { attrs } = v;
  const padding = paddingName(attrs, v.inputs[0]!.shape);
  const hangs = attrs.overhang.some((n) => n > 0);
  const whole = padding === 'VALID' || (padding === 'SAME' && !attrs.countPadding && !hangs);
  if (whole) return pass.graph.add('AvgPool', name, [x!], pooling(attrs, padding));
  const mean = pass.graph.add('AvgPool', name, [padMap(pass, x!, attrs.pads, name)], pooling(attrs, 'VALID'));
  if (attrs.countPadding && !hangs) return mean;
  return corrected(pass, mean, attrs, v.inputs[0]!.shape, v.shape, name);
};

export const avgPool3d: Emit<'avgPool3d'> = (pass, [x], v, name) => {
  const { attrs } = v;
  if (attrs.pads.every((p) => p === 0)) return pass.graph.add('AvgPool3D', name, [x!], pooling3(attrs));
  const mean = pass.graph.add('AvgPool3D', name, [padMap(pass, x!, attrs.pads, name)], pooling3(attrs));
  return attrs.countPadding ? mean : corrected(pass, mean, attrs, v.inputs[0]!.shape, v.shape, name);
};

interface Counted {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly pads: readonly number[];
  readonly countPadding: boolean;
  readonly overhang?: readonly number[];
}

/** A mean over all cells of each window, made one over those that count. */
function corrected(pass: Pass, mean: Output, w: Counted, shape: Shape, out: Shape, name: string): Output {
  const sides = out.slice(0, -1);
  const factors = sides.reduce<number[]>(
    (all, side, axis) =>
      all.flatMap((f) => Array.from({ length: side }, (_, i) => f * share(w, shape, axis, i))),
    [1],
  );
  return pass.graph.add('Mul', `${name}/counted`, [mean, pass.graph.floats(factors, [1, ...sides, 1])]);
}

/** Cells of a window over those that count, along one axis. */
function share(
  { kernel, stride, pads, countPadding, overhang }: Counted,
  shape: Shape,
  axis: number,
  i: number,
): number {
  const [before, after] = [pads[2 * axis]!, pads[2 * axis + 1]!];
  const start = i * stride[axis]! - before;
  const low = countPadding ? -before : 0;
  const high = countPadding ? shape[axis]! + after - (overhang?.[axis] ?? 0) : shape[axis]!;
  return kernel[axis]! / (Math.min(start + kernel[axis]!, high) - Math.max(start, low));
}

/** One axis by a fixed matrix [out, in], its rows the weights of what an element takes. */
export const resample: Emit<'resample'> = (pass, [x], v, name) => {
  const { axis, method } = v.attrs;
  const from = v.inputs[0]!.shape;
  const [length, made] = [from[axis]!, v.shape[axis]!];
  const rows = Array.from({ length: made }, (_, i) => weightsOf(method, i, length, made));
  const matrix = pass.graph.floats(rows.flat(), [made, length]);
  const letters = 'hwdc'.slice(0, from.length);
  const to = letters.replace(letters[axis]!, 'o');
  const equation = text(`b${letters},o${letters[axis]}->b${to}`);
  return pass.graph.add('Einsum', name, [[x!, matrix]], { equation });
};

function weightsOf(
  method: 'mean' | 'nearest' | 'bilinear',
  i: number,
  length: number,
  made: number,
): number[] {
  const row = Array.from({ length }, () => 0);
  const ratio = length / made;
  if (method === 'nearest') row[Math.min(length - 1, Math.floor(i * ratio))] = 1;
  else if (method === 'mean') {
    const [from, to] = [Math.floor(i * ratio), Math.ceil((i + 1) * ratio)];
    row.fill(1 / (to - from), from, to);
  } else {
    const at = Math.max(0, (i + 0.5) * ratio - 0.5);
    const low = Math.min(length - 1, Math.floor(at));
    const high = Math.min(length - 1, low + 1);
    row[low]! += 1 - (at - low);
    row[high]! += at - low;
  }
  return row;
}
