import type { TrainingSettings } from '../graph/training';
import type { Shape } from '../ir/shape';
import { beta, random } from '../random';
import type { Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';

/**
 * Share of the other picture inside the rectangle; the rectangle in pixels: top, bottom, left, right; and the share
 * over the whole picture, which the targets follow.
 */
export type Mix = readonly [
  inside: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
  all: number,
];
/** Numbers in it. */
export const MIX = 6;

/**
 * How the pictures of one batch are mixed, each with another one of the batch; the same for the same seed and draw.
 * With both mixup and CutMix, one of them is drawn.
 */
export function mixOf(
  { mixup, cutmix }: TrainingSettings['augment'],
  [height, width]: readonly [number, number],
  ...seeds: readonly number[]
): Mix {
  const next = random(...seeds, 0x6d6978);
  const cut = cutmix > 0 && (mixup === 0 || next() < 0.5);
  const share = beta(next, cut ? cutmix : mixup);
  if (!cut) return [share, 0, height, 0, width, share];
  // a rectangle of that share of the area, its middle anywhere, cut off at the border
  const side = Math.sqrt(share);
  const [top, bottom] = span(next(), height, side);
  const [left, right] = span(next(), width, side);
  return [1, top, bottom, left, right, ((bottom - top) * (right - left)) / (height * width)];
}

function span(middle: number, length: number, share: number): readonly [number, number] {
  const at = Math.floor(middle * length);
  const half = Math.floor((share * length) / 2);
  return [Math.max(0, at - half), Math.min(length, at + half)];
}

/**
 * Each picture x [n, …, h, w, c] with the one that stands as far from the other end of the batch laid over it.
 *
 * @param mix float [6], as `Mix`
 */
export function mixPictures(graph: TfGraph, x: Output, mix: Output, shape: Shape): Output {
  const [height, width] = shape.slice(-3) as [number, number, number];
  const part = (i: number) =>
    graph.add('Reshape', 'mix/part', [
      graph.add('Slice', 'mix/slice', [mix, graph.ints([i]), graph.ints([1])]),
      graph.ints([]),
    ]);
  const [share, top, bottom, left, right] = [0, 1, 2, 3, 4].map(part) as [
    Output,
    Output,
    Output,
    Output,
    Output,
  ];
  const rows = within(graph, height, top, bottom, [height, 1, 1]);
  const columns = within(graph, width, left, right, [1, width, 1]);
  const inside = graph.add('Mul', 'mix/inside', [graph.add('Mul', 'mix/box', [rows, columns]), share]);
  const way = graph.add('Sub', 'mix/way', [reversed(graph, x), x]);
  return graph.add('AddV2', 'mix/mixed', [x, graph.add('Mul', 'mix/moved', [way, inside])]);
}

/** float, 1 where from <= index < to. */
function within(graph: TfGraph, length: number, from: Output, to: Output, dims: readonly number[]): Output {
  const index = graph.floats(
    Array.from({ length }, (_, i) => i),
    dims,
  );
  const both = graph.add('LogicalAnd', 'mix/within', [
    graph.add('GreaterEqual', 'mix/from', [index, from]),
    graph.add('Less', 'mix/to', [index, to]),
  ]);
  return graph.add('Cast', 'mix/ones', [both], {
    SrcT: { type: DataType.bool },
    DstT: { type: DataType.float32 },
  });
}

/** The batch from its end. */
export const reversed = (graph: TfGraph, batch: Output): Output =>
  graph.add('ReverseV2', 'mix/reversed', [batch, graph.ints([0])]);
