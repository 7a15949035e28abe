import type { OptimizerSettings } from '../../graph/training';
import type { Operation } from '../../tensorflow/graph';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamw } from './adamw';
import type { OptimizerDef, UpdateContext } from './define';
import { lars } from './lars';
import { lion } from './lion';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

const optimizers: {
  readonly [T in OptimizerSettings['type']]: OptimizerDef<Extract<OptimizerSettings, { type: T }>>;
} = {
  sgd,
  adam,
  adamw,
  rmsprop,
  adagrad,
  lion,
  lars,
};

/**
 * The operation that moves one variable along its gradient. The weight decay is added to the gradient (L2), or left to
 * optimizers that take it off the weight; biases and normalisation have none.
 */
export function emitUpdate(
  context: Omit<UpdateContext, 'decay'>,
  settings: OptimizerSettings,
  weightDecay: number,
): Operation {
  const { graph, variable } = context;
  const def = optimizers[settings.type] as OptimizerDef<OptimizerSettings>;
  const decay = variable.decay ? weightDecay : 0;
  if (decay === 0 || def.decoupled) return def.update({ ...context, decay }, settings);
  const pull = graph.add('Mul', `${variable.name}/decay`, [variable.read, graph.float(decay)]);
  const gradient = graph.add('AddV2', `${variable.name}/decayed`, [context.gradient, pull]);
  return def.update({ ...context, decay, gradient }, settings);
}
