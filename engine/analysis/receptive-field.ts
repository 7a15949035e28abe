import { isOp, type Pads, type Pair, type Value } from '../ir/ir';

/**
 * The pixels of the net's input that one output element can see, joined over every path that leads there.
 *
 * Per axis: output element i sees the pixels from `low + i * step` to `high + i * step`, padding included.
 *
 * @see Araujo, Norris, Sim. Computing Receptive Fields of Convolutional Neural Networks. Distill 2019
 */
export interface ReceptiveField {
  readonly low: Pair;
  readonly high: Pair;
  readonly step: Pair;
}

/** [height, width] in pixels. */
export const fieldSize = (f: ReceptiveField): Pair => [f.high[0] - f.low[0] + 1, f.high[1] - f.low[1] + 1];

const START: ReceptiveField = { low: [0, 0], high: [0, 0], step: [1, 1] };

/** Fields of `values`, which come inputs first; a value that sees no pixel (a weight) has none. */
export function receptiveFields(values: Iterable<Value>): ReadonlyMap<Value, ReceptiveField> {
  const fields = new Map<Value, ReceptiveField>();
  for (const v of values) {
    if (v.op === 'input') {
      fields.set(v, START);
      continue;
    }
    const sources = v.inputs.flatMap((i) => (fields.has(i) ? [{ value: i, field: fields.get(i)! }] : []));
    if (sources.length === 0) continue;
    const joined = sources.map((s) => s.field).reduce(join);
    fields.set(v, through(v, joined, sources[0]!.value));
  }
  return fields;
}

const axes = <T>(f: (i: 0 | 1) => T): [T, T] => [f(0), f(1)];

const join = (a: ReceptiveField, b: ReceptiveField): ReceptiveField => ({
  low: axes((i) => Math.min(a.low[i], b.low[i])),
  high: axes((i) => Math.max(a.high[i], b.high[i])),
  step: axes((i) => Math.max(a.step[i], b.step[i])),
});

function through(v: Value, f: ReceptiveField, source: Value): ReceptiveField {
  if (isOp(v, 'conv2d') || isOp(v, 'depthwiseConv2d'))
    return slide(f, v.attrs.kernel, v.attrs.stride, v.attrs.pads, v.attrs.dilation);
  if (isOp(v, 'maxPool') || isOp(v, 'avgPool'))
    return slide(f, v.attrs.kernel, v.attrs.stride, v.attrs.pads, [1, 1]);
  if (isOp(v, 'stride')) return { ...f, step: axes((i) => f.step[i] * v.attrs.step[i]!) };
  if (isOp(v, 'pad') && v.shape.length === 3) {
    const shift = axes((i) => v.attrs.before[i]! * f.step[i]);
    return { ...f, low: axes((i) => f.low[i] - shift[i]), high: axes((i) => f.high[i] - shift[i]) };
  }
  // a map that becomes a vector: each element sees what the whole map sees
  if (source.shape.length === 3 && v.shape.length === 1) {
    return { ...f, high: axes((i) => f.high[i] + (source.shape[i]! - 1) * f.step[i]) };
  }
  return f;
}

function slide(f: ReceptiveField, kernel: Pair, stride: Pair, pads: Pads, dilation: Pair): ReceptiveField {
  const before = [pads[0], pads[2]] as const;
  return {
    low: axes((i) => f.low[i] - before[i] * f.step[i]),
    high: axes((i) => f.high[i] + ((kernel[i] - 1) * dilation[i] - before[i]) * f.step[i]),
    step: axes((i) => f.step[i] * stride[i]),
  };
}
