import type { Pads, Pair } from '../ir/ir';
import type { Shape } from '../ir/shape';
import type { Output, TfGraph } from '../tensorflow/graph';

/**
 * A dilated convolution with a stride of 1, by a plain one: the map is dealt out into down × across small maps, one
 * for each phase, that go through `convolve` as pictures of their own; the results are woven together again.
 *
 * Trap: Conv2D and DepthwiseConv2dNative have an attribute for it, but the gradients that TensorFlow's C++ library
 * gives them leave it out: they fail, or are those of another function. The ops used here have right ones.
 *
 * @param x [batch, h, w, c] with `shape` its [h, w, c]
 * @see Yu, Koltun. Multi-Scale Context Aggregation by Dilated Convolutions. 2016. arXiv:1511.07122
 */
export function dilated(
  graph: TfGraph,
  x: Output,
  { shape, pads, dilation }: { readonly shape: Shape; readonly pads: Pads; readonly dilation: Pair },
  name: string,
  convolve: (phases: Output) => Output,
): Output {
  const [top, bottom, left, right] = pads;
  const missing = (side: number, step: number) => (step - (side % step)) % step;
  const below = missing(shape[0]! + top + bottom, dilation[0]);
  const beside = missing(shape[1]! + left + right, dilation[1]);
  const block = graph.ints(dilation);
  const paddings = graph.ints([top, bottom + below, left, right + beside], [2, 2]);
  const phases = graph.add('SpaceToBatchND', `${name}/phases`, [x, block, paddings]);
  const crops = graph.ints([0, below, 0, beside], [2, 2]);
  return graph.add('BatchToSpaceND', `${name}/woven`, [convolve(phases), block, crops]);
}
