import { isOp, type Value } from './ir';
import { size } from './shape';

/** Cost of one forward pass of one picture. */
export interface Cost {
  /** Scalars that gradients change, and scalars that are only tracked (running mean and variance). */
  readonly params: { readonly trainable: number; readonly nonTrainable: number };
  /** Multiply-accumulates of convolutions and matrix products; elementwise work is left out, as in the papers. */
  readonly macs: number;
  /** Elements of every map or vector that is computed. */
  readonly activations: number;
}

export const NO_COST: Cost = { params: { trainable: 0, nonTrainable: 0 }, macs: 0, activations: 0 };

export const addCost = (a: Cost, b: Cost): Cost => ({
  params: {
    trainable: a.params.trainable + b.params.trainable,
    nonTrainable: a.params.nonTrainable + b.params.nonTrainable,
  },
  macs: a.macs + b.macs,
  activations: a.activations + b.activations,
});

/** The sum over `values`, each counted once; inputs that are not in the list cost nothing. */
export function costOf(values: readonly Value[]): Cost {
  let [trainable, nonTrainable, macs, activations] = [0, 0, 0, 0];
  for (const v of values) {
    if (isOp(v, 'weight')) {
      if (v.attrs.trainable) trainable += size(v.shape);
      else nonTrainable += size(v.shape);
      continue;
    }
    if (v.op !== 'input' && v.op !== 'reshape' && v.op !== 'constant') activations += size(v.shape);
    macs += macsOf(v);
  }
  return { params: { trainable, nonTrainable }, macs, activations };
}

function macsOf(v: Value): number {
  const [x, kernel] = v.inputs;
  switch (v.op) {
    case 'matmul':
      return size(kernel!.shape);
    case 'conv2d':
    case 'conv3d':
    case 'depthwiseConv2d':
      return size(kernel!.shape) * size(v.shape.slice(0, -1));
    case 'convTranspose2d': // its kernel is laid down once for each pixel that comes in
      return size(kernel!.shape) * size(x!.shape.slice(0, -1));
    default:
      return 0;
  }
}
