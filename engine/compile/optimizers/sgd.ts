import type { OptimizerSettings } from '../../graph/training';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'sgd' }>;

/**
 * v = momentum * v + g; w = w - rate * v, with Nesterov w - rate * (g + momentum * v).
 *
 * PyTorch's form: the rate of a step is that of all its momentum. Keras, as Sutskever et al., keeps earlier steps with
 * the rates they had; while the rate stays the same the two are equal.
 *
 * @see Sutskever et al. 2013, On the importance of initialization and momentum
 */
export const sgd: OptimizerDef<Settings> = {
  update({ graph, variable, gradient, rate, slot }, { momentum, nesterov }) {
    const name = `${variable.name}/sgd`;
    if (momentum === 0)
      return graph.operation('ResourceApplyGradientDescent', name, [variable.handle, rate, gradient]);
    return graph.operation(
      'ResourceApplyMomentum',
      name,
      [variable.handle, slot('momentum').handle, rate, gradient, graph.float(momentum)],
      { use_nesterov: { bool: nesterov } },
    );
  },
};
