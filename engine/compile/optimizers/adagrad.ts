import type { OptimizerSettings } from '../../graph/training';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'adagrad' }>;

/**
 * s = s + g^2; w = w - rate * g / (sqrt(s) + epsilon), as in PyTorch.
 *
 * @see Duchi, Hazan, Singer 2011, Adaptive Subgradient Methods, section 1.1
 */
export const adagrad: OptimizerDef<Settings> = {
  update({ graph, variable, gradient, rate, slot }, { epsilon }) {
    return graph.operation('ResourceApplyAdagradV2', `${variable.name}/adagrad`, [
      ...[variable.handle, slot('square').handle, rate, graph.float(epsilon), gradient],
    ]);
  },
};
