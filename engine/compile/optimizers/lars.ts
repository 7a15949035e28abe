import type { OptimizerSettings } from '../../graph/training';
import type { Output } from '../../tensorflow/graph';
import { assign } from './assign';
import type { OptimizerDef, UpdateContext } from './define';

type Settings = Extract<OptimizerSettings, { type: 'lars' }>;

/**
 * d = g + decay * w; v = momentum * v + rate * local * d; w = w - v, where for kernels
 * local = trust * |w| / (|g| + decay * |w|), so that every layer moves by the same share of its length. Biases and
 * normalisation, which have no decay, move as under SGD.
 *
 * @see You, Gitman, Ginsburg 2017, Large Batch Training of Convolutional Networks. arXiv:1708.03888, algorithm 1
 */
export const lars: OptimizerDef<Settings> = {
  decoupled: true,
  update(context, { momentum, trust }) {
    const { graph, variable, gradient, rate, slot, decay } = context;
    const name = `${variable.name}/lars`;
    const v = slot('momentum');
    const pull = graph.add('Mul', `${name}/pull`, [variable.read, graph.float(decay)]);
    const way = decay === 0 ? gradient : graph.add('AddV2', `${name}/way`, [gradient, pull]);
    const length = variable.penalty.decay
      ? graph.add('Mul', `${name}/rate`, [rate, local(context, trust)])
      : rate;
    const velocity = graph.add('AddV2', `${name}/velocity`, [
      graph.add('Mul', `${name}/kept`, [v.read, graph.float(momentum)]),
      graph.add('Mul', `${name}/new`, [way, length]),
    ]);
    const next = graph.add('Sub', `${name}/next`, [variable.read, velocity]);
    return graph.group(`${name}/update`, [
      assign(graph, v, velocity, `${name}/remember`),
      assign(graph, variable, next, name),
    ]);
  },
};

/** 1 for a layer whose weights or gradient are zero: it has no length to go by. */
function local({ graph, variable, gradient, decay }: UpdateContext, trust: number): Output {
  const name = `${variable.name}/lars/local`;
  const norm = (x: Output) => {
    const half = graph.add('L2Loss', `${name}/half`, [x]);
    return graph.add('Sqrt', `${name}/norm`, [graph.add('Mul', `${name}/square`, [half, graph.float(2)])]);
  };
  const [w, g] = [norm(variable.read), norm(gradient)];
  const pulled = graph.add('Mul', `${name}/pulled`, [w, graph.float(decay)]);
  const below = graph.add('AddV2', `${name}/below`, [
    graph.add('AddV2', `${name}/sum`, [g, pulled]),
    graph.float(1e-9),
  ]);
  const above = graph.add('Mul', `${name}/above`, [w, graph.float(trust)]);
  const ratio = graph.add('RealDiv', `${name}/ratio`, [above, below]);
  const product = graph.add('Mul', `${name}/both`, [w, g]);
  const some = graph.add('Greater', `${name}/some`, [product, graph.float(0)]);
  return graph.add('SelectV2', name, [some, ratio, graph.float(1)]);
}
