import type { OptimizerSettings } from '../graph/training';
import type { Cost } from '../ir/cost';

const FLOAT = 4;

/** Bytes that training at `batch` pictures a step takes, in 32-bit floats. */
export interface Memory {
  readonly batch: number;
  readonly weights: number;
  readonly gradients: number;
  /** Momentum, or Adam's two moments. */
  readonly optimizer: number;
  /** Results of the forward pass, kept for the backward pass. */
  readonly activations: number;
  readonly total: number;
}

export function trainingMemory(cost: Cost, batch: number, optimizer: OptimizerSettings): Memory {
  const slots = slotsOf(optimizer);
  const weights = (cost.params.trainable + cost.params.nonTrainable) * FLOAT;
  const gradients = cost.params.trainable * FLOAT;
  const activations = cost.activations * batch * FLOAT;
  const slotBytes = slots * gradients;
  return {
    batch,
    weights,
    gradients,
    optimizer: slotBytes,
    activations,
    total: weights + gradients + slotBytes + activations,
  };
}

/** Numbers that an optimizer keeps beside each weight. */
function slotsOf(optimizer: OptimizerSettings): number {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'adam':
    case 'adamw':
    case 'rmsprop':
      return 2;
    case 'adagrad':
    case 'lion':
    case 'lars':
      return 1;
  }
}
