import type { Shape } from '../ir/shape';
import type { Output, TfGraph } from '../tensorflow/graph';
import { batchOf, ints, NHWC, strided, text } from './attrs';
import type { Emit, Pass } from './pass';

/** [batch, ...list] */
const rows = (list: readonly number[], batch: number) => [batch, ...list];

/** Every step-th element of each axis of `x`, [batch, …]. */
export function everyNth({ graph }: Pass, x: Output, step: readonly number[], name: string): Output {
  // a mean over one pixel is that pixel; pooling and its gradient are twice as fast as slicing and its own
  if (step.length === 3 && step[2] === 1) {
    const attrs = { ksize: ints(1, 1, 1, 1), strides: ints(1, step[0]!, step[1]!, 1) };
    return graph.add('AvgPool', name, [x], { ...attrs, padding: text('VALID'), data_format: NHWC });
  }
  const zeros = graph.ints([0, ...step.map(() => 0)]);
  const all = (1 << (step.length + 1)) - 1;
  return graph.add('StridedSlice', name, [x, zeros, zeros, graph.ints([1, ...step])], {
    begin_mask: { int: all },
    end_mask: { int: all },
  });
}

export const stride: Emit<'stride'> = (pass, [x], v, name) => everyNth(pass, x!, v.attrs.step, name);

export const slice: Emit<'slice'> = ({ graph }, [x], v, name) => {
  const { begin } = v.attrs;
  const range = { begin, end: begin.map((b, i) => b + v.shape[i]!), step: begin.map(() => 1) };
  return strided(graph, x!, range, name);
};

export const reshape: Emit<'reshape'> = ({ graph }, [x], v, name) =>
  graph.add('Reshape', name, [x!, graph.ints(rows(v.shape, -1))]);

export const transpose: Emit<'transpose'> = ({ graph }, [x], v, name) =>
  graph.add('Transpose', name, [x!, graph.ints([0, ...v.attrs.order.map((i) => i + 1)])]);

export const concat: Emit<'concat'> = ({ graph }, inputs, v, name) =>
  graph.add('ConcatV2', name, [inputs, graph.int(v.attrs.axis + 1)]);

export const pad: Emit<'pad'> = ({ graph }, [x], v, name) => {
  const { before, after, mode } = v.attrs;
  const paddings = () =>
    graph.ints(
      rows(before, 0).flatMap((b, i) => [b, rows(after, 0)[i]!]),
      [before.length + 1, 2],
    );
  if (mode === 'zeros') return graph.add('Pad', name, [x!, paddings()]);
  if (mode === 'reflect') return graph.add('MirrorPad', name, [x!, paddings()], { mode: text('REFLECT') });
  let shape = v.inputs[0]!.shape;
  let y = x!;
  for (const [axis, b] of before.entries()) {
    y = extended(graph, y, { shape, axis, before: b, after: after[axis]!, mode }, name);
    shape = shape.map((d, i) => (i === axis ? d + b + after[axis]! : d));
  }
  return y;
};

interface Extension {
  readonly shape: Shape;
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly mode: 'replicate' | 'circular';
}

/** One axis made longer by its own border, or by its other end. */
function extended(graph: TfGraph, x: Output, e: Extension, name: string): Output {
  const { shape, axis, before, after, mode } = e;
  if (before + after === 0) return x;
  const side = shape[axis]!;
  const part = (from: number, to: number) => {
    const begin = shape.map((_, i) => (i === axis ? from : 0));
    const end = shape.map((d, i) => (i === axis ? to : d));
    return strided(graph, x, { begin, end, step: shape.map(() => 1) }, `${name}/border`);
  };
  const copies = (of: () => Output, count: number) => {
    const one = count > 0 ? of() : undefined;
    return one ? Array.from({ length: count }, () => one) : [];
  };
  const parts =
    mode === 'replicate'
      ? [...copies(() => part(0, 1), before), x, ...copies(() => part(side - 1, side), after)]
      : [...(before > 0 ? [part(side - before, side)] : []), x, ...(after > 0 ? [part(0, after)] : [])];
  return graph.add('ConcatV2', `${name}/extended`, [parts, graph.int(axis + 1)]);
}

/** A constant with the batch of the pictures, so that it can be joined to any other value. */
export const constant: Emit<'constant'> = ({ graph, made }, _inputs, v, name) => {
  const [first] = made.values();
  if (!first) return graph.add('Fill', name, [graph.ints([1, ...v.shape]), graph.float(v.attrs.value)]);
  const sides = v.shape.map((d) => graph.int(d));
  const dims = graph.add('Pack', `${name}/dims`, [[batchOf(graph, first, name), ...sides]]);
  return graph.add('Fill', name, [dims, graph.float(v.attrs.value)]);
};

/**
 * The inputs of an elementwise op so that TensorFlow spreads them as the IR does: a vector that was computed,
 * [batch, c], is laid over maps as [batch, 1, 1, c]; a weight [c] is spread as it is.
 */
export function spreadInputs(
  { graph }: Pass,
  inputs: readonly Output[],
  v: Parameters<Emit<'add'>>[2],
  name: string,
) {
  const rank = v.shape.length;
  return inputs.map((x, i) => {
    const of = v.inputs[i]!;
    if (of.op === 'weight' || of.shape.length === rank) return x;
    const ones = Array.from({ length: rank - of.shape.length }, () => 1);
    return graph.add('Reshape', `${name}/spread`, [x, graph.ints([-1, ...ones, ...of.shape])]);
  });
}
