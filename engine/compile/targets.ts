import type { Split } from '../data/describe';
import type { TrainingSettings } from '../graph/training';
import type { Output, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { crossEntropy, type Loss } from './loss';
import { MIX, reversed } from './mixing';

export interface Targets {
  /** int32 [n] */
  readonly labels: Output;
  /** float [n, classes], each row of sum 1; there where the target is not one class alone. */
  readonly shares: Output | undefined;
}

/** What the net is to say: the class alone, or where targets are smoothed or pictures mixed a share of each class. */
export function targetsOf(
  graph: TfGraph,
  labels: Output,
  classes: number,
  { smoothing, mix }: { readonly smoothing: number; readonly mix: Output | undefined },
): Targets {
  if (smoothing === 0 && !mix) return { labels, shares: undefined };
  const [on, off] = [1 - smoothing + smoothing / classes, smoothing / classes];
  const own = graph.add('OneHot', 'targets', [labels, graph.int(classes), graph.float(on), graph.float(off)]);
  if (!mix) return { labels, shares: own };
  const share = mixedShare(graph, mix);
  const way = graph.add('Sub', 'targets/way', [reversed(graph, own), own]);
  return {
    labels,
    shares: graph.add('AddV2', 'targets/mixed', [own, graph.add('Mul', 'targets/part', [way, share])]),
  };
}

/** float scalar: the last number of a `Mix`. */
const mixedShare = (graph: TfGraph, mix: Output): Output =>
  graph.add('Reshape', 'targets/share', [
    graph.add('Slice', 'targets/slice', [mix, graph.ints([MIX - 1]), graph.ints([1])]),
    graph.ints([]),
  ]);

/**
 * Softmax cross-entropy of `scores` [n, classes] with the targets; with class weights each picture counts as much as
 * its classes do, and the mean is over all pictures, as in Keras.
 */
export function lossOf(
  graph: TfGraph,
  scores: Output,
  { labels, shares }: Targets,
  batch: number,
  classWeights: readonly number[] | undefined,
): Loss {
  if (!shares && !classWeights) return crossEntropy(graph, scores, labels, batch);
  const op = shares
    ? graph.operation('SoftmaxCrossEntropyWithLogits', 'loss/cross-entropy', [scores, shares])
    : graph.operation('SparseSoftmaxCrossEntropyWithLogits', 'loss/cross-entropy', [scores, labels]);
  const counts = classWeights && countsOf(graph, { labels, shares }, classWeights);
  const weighed = (x: Output, by: Output | undefined): Output =>
    by ? graph.add('Mul', 'loss/weighed', [x, by]) : x;
  const each = weighed(output(op, 0), counts);
  const columns = counts && graph.add('ExpandDims', 'loss/columns', [counts, graph.int(1)]);
  return {
    each,
    mean: graph.add('Mean', 'loss', [each, graph.ints([0])]),
    slope: graph.add('Mul', 'loss/slope', [weighed(output(op, 1), columns), graph.float(1 / batch)]),
  };
}

/** float [n]: what each picture counts. */
function countsOf(graph: TfGraph, { labels, shares }: Targets, weights: readonly number[]): Output {
  const table = graph.floats(weights);
  if (!shares) return graph.add('GatherV2', 'loss/counts', [table, labels, graph.int(0)]);
  const parts = graph.add('Mul', 'loss/parts', [shares, table]);
  return graph.add('Sum', 'loss/counts', [parts, graph.ints([1])]);
}

/**
 * What the loss of a picture of each class counts; undefined where all count the same. Balanced: n / (classes * count),
 * so that every class counts the same in all, and the mean is 1.
 */
export function classWeightsOf(
  { classes: how }: TrainingSettings['loss'],
  { labels }: Split,
  classes: number,
): readonly number[] | undefined {
  if (how === 'equal') return undefined;
  if (how !== 'balanced') return Array.from({ length: classes }, (_, i) => how[i] ?? 1);
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  return [...counts].map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}
