import { isOp } from '../ir/ir';
import { type Shape, size } from '../ir/shape';
import { type Output, output, type TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import { batchOf, F32, NHWC } from './attrs';
import type { Emit } from './pass';
import { hash } from './variables';

/**
 * Training: batch statistics, and running ones moved by the share 1 - momentum. Inference, and training with frozen
 * statistics: running ones.
 */
export const batchNorm: Emit<'batchNorm'> = (pass, [x, gamma, beta, mean, variance], v, name) => {
  const { graph } = pass;
  const isMap = v.shape.length === 3;
  const channels = v.shape.at(-1)!;
  // vectors, sequences and videos have the same statistics as a map of one column
  const map = isMap ? x! : graph.add('Reshape', `${name}/map`, [x!, graph.ints([-1, 1, 1, channels])]);
  const fixed = (given: Output, i: number) => {
    const of = v.inputs[i]!;
    return isOp(of, 'constant')
      ? graph.floats(Array.from({ length: channels }, () => of.attrs.value))
      : given;
  };
  const inputs = [map, fixed(gamma!, 1), fixed(beta!, 2), mean!, variance!];
  const moves = pass.training && !pass.variables.get(v.inputs[3]!)!.frozen;
  const op = graph.operation('FusedBatchNormV3', name, inputs, {
    epsilon: { float: v.attrs.epsilon },
    exponential_avg_factor: { float: moves ? 1 - v.attrs.momentum : 1 },
    is_training: { bool: moves },
    data_format: NHWC,
  });
  if (moves) {
    [v.inputs[3]!, v.inputs[4]!].forEach((statistic, i) => {
      const { handle } = pass.variables.get(statistic)!;
      pass.updates.push({ handle, value: output(op, i + 1) });
    });
  }
  const y = output(op, 0);
  return isMap ? y : graph.add('Reshape', `${name}/back`, [y, graph.ints([-1, ...v.shape])]);
};

/** By sums and products, which have right gradients: mean and biased variance of one picture's pixels or groups. */
export const normalise: Emit<'normalise'> = ({ graph }, [x], v, name) => {
  const { per, groups, epsilon } = v.attrs;
  const channels = v.shape.at(-1)!;
  const dims = per === 'pixel' ? undefined : [-1, size(v.shape) / channels, groups, channels / groups];
  const apart = dims ? graph.add('Reshape', `${name}/groups`, [x!, graph.ints(dims)]) : x!;
  const axes = graph.ints(per === 'pixel' ? [v.shape.length] : [1, 3]);
  const mean = (of: Output, part: string) =>
    graph.add('Mean', `${name}/${part}`, [of, axes], { keep_dims: { bool: true } });
  const centred = graph.add('Sub', `${name}/centred`, [apart, mean(apart, 'mean')]);
  const variance = mean(graph.add('Square', `${name}/squares`, [centred]), 'variance');
  const shifted = graph.add('AddV2', `${name}/shifted`, [variance, graph.float(epsilon)]);
  const y = graph.add('Mul', name, [centred, graph.add('Rsqrt', `${name}/rsqrt`, [shifted])]);
  return dims ? graph.add('Reshape', `${name}/back`, [y, graph.ints([-1, ...v.shape])]) : y;
};

/** Noise is drawn from the run's seed, the step and the layer's path: a resumed run draws the same. */
export const dropout: Emit<'dropout'> = (pass, [x], v, name) => {
  const { graph, training, seed, paths } = pass;
  const { rate, unit } = v.attrs;
  if (!training || rate === 0) return x!;
  const own = graph.add('BitwiseXor', `${name}/seed`, [seed, graph.ints([hash(paths.get(v) ?? name), 0])]);
  const noise = graph.add(
    'StatelessRandomUniform',
    `${name}/noise`,
    [noiseShape(graph, x!, v.shape, unit, name), own],
    {
      dtype: F32,
      Tseed: { type: DataType.int32 },
    },
  );
  const kept = graph.add('GreaterEqual', `${name}/kept`, [noise, graph.float(rate)]);
  const mask = graph.add('Cast', `${name}/mask`, [kept], {
    SrcT: { type: DataType.bool },
    DstT: F32,
  });
  const scaled = graph.add('Mul', `${name}/scaled`, [x!, graph.float(1 / (1 - rate))]);
  return graph.add('Mul', name, [scaled, mask]);
};

/** Of the batch and all axes; those along which one draw counts for all are 1. */
function noiseShape(
  graph: TfGraph,
  x: Output,
  shape: Shape,
  unit: 'value' | 'channel' | 'picture',
  name: string,
): Output {
  if (unit === 'value') return graph.add('Shape', `${name}/shape`, [x]);
  const sides = shape.map((d, i) => (unit === 'channel' && i === shape.length - 1 ? d : 1));
  return graph.add('Pack', `${name}/shape`, [[batchOf(graph, x, name), ...sides.map((d) => graph.int(d))]]);
}
