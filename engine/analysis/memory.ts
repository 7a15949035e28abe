import type { OptimizerSettings, TrainingSettings } from '../graph/training';
import type { Cost } from '../ir/cost';
import type { Elaboration } from './elaborate';
import { netOf } from './net';
import { keptIn } from './residency';
import { heldBySegments } from './segments';

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
 * Fitted to the peak of 14 training steps (11 templates, TensorFlow 2.21 on the CPU): within 16 % for all, and within
 * 22 % for six that compute layers again. `npm run bench:prediction` measures again.
 */
const WORKSPACE = { fixed: 58e6, weights: 1.6, widest: 0.05, computed: 0.22 } as const;

type Means = Pick<TrainingSettings, 'optimizer' | 'recompute'>;

export function trainingMemory(elaboration: Elaboration, cost: Cost, batch: number, means: Means): Memory {
  const exact = partsOf(elaboration, cost, batch, means);
  const [activations, workspace] = [Math.round(exact.activations), Math.round(exact.workspace)];
  const { weights, gradients, optimizer } = exact;
  const total = weights + gradients + optimizer + activations + workspace;
  return { batch, weights, gradients, optimizer, activations, workspace, total };
}

/** Not rounded, so that what two batches take tells what any other does. */
function partsOf(elaboration: Elaboration, cost: Cost, batch: number, { optimizer, recompute }: Means) {
  const { kept: all, widest } = keptIn(elaboration);
  const kept = recompute ? all * shareHeld(elaboration) : all;
  const weights = (cost.params.trainable + cost.params.nonTrainable) * FLOAT;
  const gradients = cost.params.trainable * FLOAT;
  const pictures = batch * FLOAT;
  const scratch = (WORKSPACE.widest * widest + WORKSPACE.computed * cost.activations) * pictures;
  return {
    ...{ weights, gradients, optimizer: slotsOf(optimizer) * gradients, activations: kept * pictures },
    workspace: WORKSPACE.fixed + WORKSPACE.weights * weights + scratch,
  };
}

const shares = new WeakMap<Elaboration, number>();

/** Of what a backward pass reads, the share that is in memory at once where layers are computed a second time. */
function shareHeld(elaboration: Elaboration): number {
  const known = shares.get(elaboration);
  if (known !== undefined) return known;
  const share = computeShare(elaboration);
  shares.set(elaboration, share);
  return share;
}

function computeShare(elaboration: Elaboration): number {
  const { input, output, problems } = elaboration;
  if (!input?.output || !output?.output || problems.some((p) => p.severity === 'error')) return 1;
  const { held, computed } = heldBySegments(netOf(elaboration));
  return held / computed;
}

/**
 * The largest batch whose training fits into `bytes`; 0 where not even one picture does.
 *
 * @example largestBatch(analysis, doc.training, 8e9)
 */
export function largestBatch(
  { elaboration, total }: { readonly elaboration: Elaboration; readonly total: Cost },
  means: Means,
  bytes: number,
): number {
  const at = (batch: number) =>
    Object.values(partsOf(elaboration, total, batch, means)).reduce((sum, bytes) => sum + bytes, 0);
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
