import type { Attr, Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';

export const text = (string: string): Attr => ({ string });
export const ints = (...list: number[]): Attr => ({ ints: list });
export const NHWC = text('NHWC');
export const F32: Attr = { type: DataType.float32 };

/** Elements of x from `begin` to before `end`, every step-th, per axis; the batch is left whole. */
export function strided(
  graph: TfGraph,
  x: Output,
  {
    begin,
    end,
    step,
  }: { readonly begin: readonly number[]; readonly end: readonly number[]; readonly step: readonly number[] },
  name: string,
): Output {
  return graph.add(
    'StridedSlice',
    name,
    [x, graph.ints([0, ...begin]), graph.ints([0, ...end]), graph.ints([1, ...step])],
    { begin_mask: { int: 1 }, end_mask: { int: 1 } },
  );
}

/** Pictures in the batch of `x`: int32 scalar. */
export function batchOf(graph: TfGraph, x: Output, name: string): Output {
  const shape = graph.add('Shape', `${name}/shape`, [x]);
  return graph.add(
    'StridedSlice',
    `${name}/batch`,
    [shape, graph.ints([0]), graph.ints([1]), graph.ints([1])],
    {
      shrink_axis_mask: { int: 1 },
    },
  );
}
