import type { OptimizerSettings } from '../../graph/training';
import type { Operation, Output } from '../../tensorflow/graph';
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
 * The operation that moves one variable along its gradient. A kernel's own penalty, l1 Σ|w| + l2 Σw², adds
 * l1 sign(w) + 2 l2 w to the gradient. The weight decay is added too (L2), or left to optimizers that take it off the
 * weight; biases and normalisation have none.
 */
export function emitUpdate(
  context: Omit<UpdateContext, 'decay'>,
  settings: OptimizerSettings,
  weightDecay: number,
): Operation {
  const { graph, variable } = context;
  const def = optimizers[settings.type] as OptimizerDef<OptimizerSettings>;
  const { l1, l2 } = variable.penalty;
  const decay = variable.penalty.decay ? weightDecay : 0;
  const { name, read } = variable;
  const add = (gradient: Output, pull: string, factor: number, direction: Output): Output => {
    if (factor === 0) return gradient;
    const scaled = graph.add('Mul', `${name}/${pull}`, [direction, graph.float(factor)]);
    return graph.add('AddV2', `${name}/${pull}/sum`, [gradient, scaled]);
  };
  const signs = () => graph.add('Sign', `${name}/signs`, [read]);
  let { gradient } = context;
  if (l1 > 0) gradient = add(gradient, 'l1', l1, signs());
  gradient = add(gradient, 'pull', 2 * l2 + (def.decoupled ? 0 : decay), read);
  return def.update({ ...context, decay, gradient }, settings);
}
