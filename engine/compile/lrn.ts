import type { OpAttrs } from '../ir/ir';
import type { Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';

/**
 * x / (bias + alpha * sum over 2 * radius + 1 channels of x^2) ^ beta, for x [batch, h, w, c].
 *
 * Trap: TensorFlow has an op of that name, but the gradient that its C++ library gives it drops the four attributes
 * and so belongs to another function. Here the sum is a 1×1 convolution by a band of alphas, and the power exp and
 * log: its gradient is right, and on the CPU both ways take a third of the op's time (96 and 256 channels).
 */
export function localResponse(
  graph: TfGraph,
  x: Output,
  channels: number,
  { radius, bias, alpha, beta }: OpAttrs['lrn'],
  name: string,
): Output {
  const ones = graph.add('Fill', `${name}/ones`, [graph.ints([channels, channels]), graph.float(1)]);
  const reach = graph.int(Math.min(radius, channels - 1));
  const band = graph.add('MatrixBandPart', `${name}/band`, [ones, reach, reach], {
    Tindex: { type: DataType.int32 },
  });
  const alphas = graph.add('Mul', `${name}/alphas`, [band, graph.float(alpha)]);
  const kernel = graph.add('Reshape', `${name}/kernel`, [alphas, graph.ints([1, 1, channels, channels])]);
  const sums = graph.add('Conv2D', `${name}/sums`, [graph.add('Square', `${name}/squares`, [x]), kernel], {
    strides: { ints: [1, 1, 1, 1] },
    padding: { string: 'VALID' },
    data_format: { string: 'NHWC' },
  });
  const log = graph.add('Log', `${name}/log`, [
    graph.add('AddV2', `${name}/base`, [sums, graph.float(bias)]),
  ]);
  const power = graph.add('Exp', `${name}/power`, [
    graph.add('Mul', `${name}/exponent`, [log, graph.float(-beta)]),
  ]);
  return graph.add('Mul', name, [x, power]);
}
