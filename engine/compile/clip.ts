import type { TrainingSettings } from '../graph/training';
import type { Output, TfGraph } from '../tensorflow/graph';

/**
 * Each number of the gradients brought between -value and value; then all of them together made no longer than `norm`.
 *
 * @see Pascanu, Mikolov, Bengio 2013, On the difficulty of training recurrent neural networks, algorithm 1
 */
export function clip(
  graph: TfGraph,
  gradients: readonly Output[],
  { value, norm }: TrainingSettings['clip'],
): readonly Output[] {
  const bounded = value > 0 ? gradients.map((g) => between(graph, g, value)) : gradients;
  if (norm === 0) return bounded;
  const longest = graph.float(norm);
  const length = graph.add('Maximum', 'clip/length', [lengthOf(graph, bounded), longest]);
  const scale = graph.add('Div', 'clip/scale', [longest, length]);
  return bounded.map((g) => graph.add('Mul', 'clip/scaled', [g, scale]));
}

const between = (graph: TfGraph, g: Output, most: number): Output =>
  graph.add('ClipByValue', 'clip/value', [g, graph.float(-most), graph.float(most)]);

/** float scalar: the length of all of them as one vector. */
function lengthOf(graph: TfGraph, gradients: readonly Output[]): Output {
  const halves = gradients.map((g) => graph.add('L2Loss', 'clip/half-square', [g]));
  const half = graph.add('AddN', 'clip/half-sum', [halves]);
  return graph.add('Sqrt', 'clip/norm', [graph.add('Mul', 'clip/sum', [half, graph.float(2)])]);
}
