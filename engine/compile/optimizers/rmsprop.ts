import type { OptimizerSettings } from '../../graph/training';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'rmsprop' }>;

/**
 * v is the running mean of g^2; m = momentum * m + rate * g / sqrt(v + epsilon); w = w - m, as in Keras.
 *
 * @see Tieleman, Hinton 2012, Lecture 6.5; with momentum as Inception was trained (Szegedy et al. 2015, section 8)
 */
export const rmsprop: OptimizerDef<Settings> = {
  update({ graph, variable, gradient, rate, slot }, { rho, momentum, epsilon }) {
    return graph.operation('ResourceApplyRMSProp', `${variable.name}/rmsprop`, [
      ...[variable.handle, slot('square').handle, slot('momentum').handle, rate],
      ...[graph.float(rho), graph.float(momentum), graph.float(epsilon), gradient],
    ]);
  },
};
