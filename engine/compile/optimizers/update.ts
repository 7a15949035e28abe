import type { OptimizerSettings } from '../../graph/training';
import type { Operation } from '../../tensorflow/graph';
import { adam } from './adam';
import type { OptimizerDef, UpdateContext } from './define';
import { sgd } from './sgd';

const optimizers: {
  readonly [T in OptimizerSettings['type']]: OptimizerDef<Extract<OptimizerSettings, { type: T }>>;
} = {
  sgd,
  adam,
};

/** The operation that moves one variable along its gradient, with weight decay added to the gradient (L2). */
export function emitUpdate(
  context: UpdateContext,
  settings: OptimizerSettings,
  weightDecay: number,
): Operation {
  const { graph, variable } = context;
  const def = optimizers[settings.type] as OptimizerDef<OptimizerSettings>;
  if (weightDecay === 0 || !variable.decay) return def.update(context, settings);
  const pull = graph.add('Mul', `${variable.name}/decay`, [variable.read, graph.float(weightDecay)]);
  const gradient = graph.add('AddV2', `${variable.name}/decayed`, [context.gradient, pull]);
  return def.update({ ...context, gradient }, settings);
}
