import { isOp, type Value } from '../ir/ir';
import type { Shape } from '../ir/shape';

/**
 * The pixels of the net's input that one output element can see, joined over every path that leads there.
 *
 * Per axis of the input (height and width; time before them in a video; length alone in a sequence): output element i
 * sees the pixels from `low + i * step` to `high + i * step`, padding included. `low` is the padding offset.
 *
 * @see Araujo, Norris, Sim. Computing Receptive Fields of Convolutional Neural Networks. Distill 2019
 */
export interface ReceptiveField {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly step: readonly number[];
}

/** Pixels per axis, padding included. */
export const fieldSize = (f: ReceptiveField): readonly number[] => f.high.map((h, i) => h - f.low[i]! + 1);

/** The field of a pixel of the net's input of `shape`: that pixel. */
export function startField(shape: Shape): ReceptiveField {
  const axes = shape.slice(0, -1);
  return { low: axes.map(() => 0), high: axes.map(() => 0), step: axes.map(() => 1) };
}

/**
 * Adds to `fields` those of `values`, which come inputs first; a value that sees no pixel (a weight) gets none.
 *
 * @param fields of what comes in
 */
export function addFields(values: Iterable<Value>, fields: Map<Value, ReceptiveField>): void {
  for (const v of values) {
    let joined: ReceptiveField | undefined;
    let source: Value | undefined;
    for (const i of v.inputs) {
      const field = fields.get(i);
      if (!field) continue;
      joined = joined ? join(joined, field) : field;
      source ??= i;
    }
    if (joined && source) fields.set(v, through(v, joined, source.shape));
  }
}

function join(a: ReceptiveField, b: ReceptiveField): ReceptiveField {
  if (a === b) return a;
  return {
    low: a.low.map((l, i) => Math.min(l, b.low[i]!)),
    high: a.high.map((h, i) => Math.max(h, b.high[i]!)),
    step: a.step.map((s, i) => Math.max(s, b.step[i]!)),
  };
}

/** How one axis changes: first and last element seen, in elements of the source, and the stride between two outputs. */
interface Reach {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

function through(v: Value, f: ReceptiveField, source: Shape): ReceptiveField {
  const reach = reachOf(v, source);
  if (!reach) return f;
  const spatial = source.length - 1;
  // axes are counted from the channels: a map made of a video has lost the time, which is the first
  const at = (i: number) => reach(spatial - f.low.length + i);
  return {
    low: f.low.map((l, i) => l + (at(i)?.from ?? 0) * f.step[i]!),
    high: f.high.map((h, i) => h + (at(i)?.to ?? 0) * f.step[i]!),
    step: f.step.map((s, i) => s * (at(i)?.stride ?? 1)),
  };
}

/** What `v` does to each axis of its source; undefined where each element sees its own place alone. */
function reachOf(v: Value, source: Shape): ((axis: number) => Reach | undefined) | undefined {
  const whole = (i: number): Reach => ({ from: 0, to: (source[i] ?? 1) - 1, stride: 1 });
  if (isOp(v, 'conv2d') || isOp(v, 'depthwiseConv2d') || isOp(v, 'conv3d')) {
    return window(v.attrs.kernel, v.attrs.stride, v.attrs.pads, v.attrs.dilation);
  }
  if (isOp(v, 'maxPool') || isOp(v, 'avgPool') || isOp(v, 'maxPool3d') || isOp(v, 'avgPool3d')) {
    return window(v.attrs.kernel, v.attrs.stride, v.attrs.pads, [1, 1, 1]);
  }
  if (isOp(v, 'convTranspose2d')) return transposed(v);
  if (isOp(v, 'resample')) return (i) => (i === v.attrs.axis ? resampled(v, source[i]!) : undefined);
  if (isOp(v, 'stride')) return (i) => ({ from: 0, to: 0, stride: v.attrs.step[i] ?? 1 });
  if (isOp(v, 'pad'))
    return (i) => ({ from: -(v.attrs.before[i] ?? 0), to: -(v.attrs.before[i] ?? 0), stride: 1 });
  if (isOp(v, 'slice')) return (i) => ({ from: v.attrs.begin[i] ?? 0, to: v.attrs.begin[i] ?? 0, stride: 1 });
  if (isOp(v, 'mean') || isOp(v, 'max')) return (i) => (v.attrs.axes.includes(i) ? whole(i) : undefined);
  // places are mixed: each element sees what the whole map sees
  if (isOp(v, 'reshape') && source.length > 1 && !keepsPlaces(source, v.shape)) return whole;
  return undefined;
}

/** Whether a reshape leaves every place where it was; axes of length 1 in front do not matter. */
function keepsPlaces(from: Shape, to: Shape): boolean {
  const places = from.slice(
    from.findIndex((d, i) => d > 1 || i === from.length - 1),
    -1,
  );
  const start = to.findIndex((d) => d > 1);
  const rest = start < 0 ? [] : to.slice(start);
  return places.length < rest.length + 1 && places.every((d, i) => rest[i] === d);
}

const window =
  (
    kernel: readonly number[],
    stride: readonly number[],
    pads: readonly number[],
    dilation: readonly number[],
  ) =>
  (i: number): Reach | undefined => {
    const k = kernel[i];
    if (k === undefined) return undefined;
    const before = pads[2 * i]!;
    return { from: -before, to: (k - 1) * dilation[i]! - before, stride: stride[i]! };
  };

const transposed =
  ({ attrs }: Value<'convTranspose2d'>) =>
  (i: number): Reach | undefined => {
    const k = attrs.kernel[i as 0 | 1];
    if (k === undefined) return undefined;
    const [stride, before] = [attrs.stride[i]!, attrs.pads[2 * i]!];
    const span = (k - 1) * attrs.dilation[i]!;
    const from = Math.ceil((before - span) / stride);
    return { from, to: from + Math.floor(span / stride), stride: 1 / stride };
  };

function resampled({ attrs, shape }: Value<'resample'>, length: number): Reach {
  const made = shape[attrs.axis]!;
  const stride = length / made;
  if (attrs.method === 'nearest') return { from: 0, to: 0, stride };
  if (attrs.method === 'bilinear') return { from: 0, to: Math.min(1, length - 1), stride };
  let most = 0;
  for (let i = 0; i < made; i++) {
    most = Math.max(most, Math.ceil((i + 1) * stride) - Math.floor(i * stride));
  }
  return { from: 0, to: most - 1, stride };
}
