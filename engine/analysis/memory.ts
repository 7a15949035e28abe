import type { OptimizerSettings } from '../graph/training';
import type { Cost } from '../ir/cost';
import type { Elaboration } from './elaborate';
import { keptIn } from './residency';

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
  /** What TensorFlow takes besides: itself, kernels in the order that it computes in, gradients of the widest maps. */
  readonly workspace: number;
  readonly total: number;
}

/**
 * Fitted to the peak of 29 training steps (21 templates at several batches, TensorFlow 2.21 on the CPU): within 15 % for
 * 25 of them, 8 % in the mean. `npm run bench:prediction` measures again.
 */
const WORKSPACE = { fixed: 58e6, weights: 3.2, widest: 0.77, computed: 0.16 } as const;

export function trainingMemory(
  elaboration: Elaboration,
  cost: Cost,
  batch: number,
  optimizer: OptimizerSettings,
): Memory {
  const { kept, widest } = keptIn(elaboration);
  const weights = (cost.params.trainable + cost.params.nonTrainable) * FLOAT;
  const gradients = cost.params.trainable * FLOAT;
  const slots = slotsOf(optimizer) * gradients;
  const pictures = batch * FLOAT;
  const activations = kept * pictures;
  const scratch = (WORKSPACE.widest * widest + WORKSPACE.computed * cost.activations) * pictures;
  const workspace = Math.round(WORKSPACE.fixed + WORKSPACE.weights * weights + scratch);
  const total = weights + gradients + slots + activations + workspace;
  return { batch, weights, gradients, optimizer: slots, activations, workspace, total };
}

/**
 * The largest batch whose training fits into `bytes`; 0 where not even one picture does.
 *
 * @example largestBatch(analysis, settings.optimizer, 8e9)
 */
export function largestBatch(
  { elaboration, total }: { readonly elaboration: Elaboration; readonly total: Cost },
  optimizer: OptimizerSettings,
  bytes: number,
): number {
  const at = (batch: number) => trainingMemory(elaboration, total, batch, optimizer).total;
  const one = at(1);
  const fixed = 2 * one - at(2);
  return Math.max(0, Math.floor((bytes - fixed) / Math.max(1, one - fixed)));
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
