import type { Output, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';

/** Softmax cross-entropy, in nats. */
export interface Loss {
  /** float [n], picture by picture */
  readonly each: Output;
  /** float scalar */
  readonly mean: Output;
  /** float [n, classes]: the gradient of the mean with respect to the logits */
  readonly slope: Output;
}

/**
 * -log softmax(logits)[label].
 *
 * The op's second output is the gradient of the sum; the op's own gradient is not registered in the C++ library,
 * so the backward pass starts from there.
 *
 * @param labels int32 [n]
 */
export function crossEntropy(graph: TfGraph, logits: Output, labels: Output, batch: number): Loss {
  const op = graph.operation('SparseSoftmaxCrossEntropyWithLogits', 'loss/cross-entropy', [logits, labels]);
  const each = output(op, 0);
  return {
    each,
    mean: graph.add('Mean', 'loss', [each, graph.ints([0])]),
    slope: graph.add('Mul', 'loss/slope', [output(op, 1), graph.float(1 / batch)]),
  };
}

/** int32 [n]: the class with the highest score. */
export const predictions = (graph: TfGraph, logits: Output): Output =>
  graph.add('ArgMax', 'predicted', [logits, graph.int(1)], { output_type: { type: DataType.int32 } });

/** bool [n]: whether the class is among the `k` with the highest scores. */
export const amongTop = (graph: TfGraph, logits: Output, labels: Output, k: number): Output =>
  graph.add('InTopKV2', 'top', [logits, labels, graph.int(k)]);

/** float scalar: how many are right. */
export function countCorrect(graph: TfGraph, logits: Output, labels: Output): Output {
  const right = graph.add('Equal', 'correct', [predictions(graph, logits), labels]);
  const ones = graph.add('Cast', 'correct/ones', [right], {
    SrcT: { type: DataType.bool },
    DstT: { type: DataType.float32 },
  });
  return graph.add('Sum', 'correct/count', [ones, graph.ints([0])]);
}
