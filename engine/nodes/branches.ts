import { UserError } from '../errors';
import { formatShape, type Shape } from '../ir/shape';
import type { PairParam } from './fields';
import type { LayerBuilder } from './layers';
import type { End } from './subgraph';

interface Conv {
  readonly filters: number;
  readonly kernel: PairParam;
  readonly stride: number;
  readonly padding?: 'valid';
}
interface Pool {
  readonly pool: 'max-pool' | 'avg-pool';
  readonly params: Readonly<Record<string, unknown>>;
}
/** What stands side by side; its results are laid on each other, channel after channel. */
export type Branches = Readonly<Record<string, readonly Step[]>>;
/** A convolution with batch norm and ReLU, a pooling, or a fork into branches. */
export type Step = Conv | Pool | { readonly fork: Branches };

export const conv = (filters: number, kernel: PairParam = 1, stride = 1): Conv => ({
  filters,
  kernel,
  stride,
});
/** Strided and without padding. */
export const halving = (filters: number, kernel = 3): Conv => ({
  filters,
  kernel,
  stride: 2,
  padding: 'valid',
});
export const valid = (filters: number, kernel: PairParam): Conv => ({
  ...conv(filters, kernel),
  padding: 'valid',
});
/** 3×3, every pixel. */
export const mean = (countPadding: boolean): Pool => ({
  pool: 'avg-pool',
  params: { kernel: 3, stride: 1, padding: 1, countPadding },
});
/** 3×3; strided it takes no padding. */
export const max = (stride: 1 | 2, padding: 1 | 'valid' | 'same' = stride === 1 ? 1 : 'valid'): Pool => ({
  pool: 'max-pool',
  params: { kernel: 3, stride, padding },
});
export const fork = (branches: Branches) => ({ fork: branches });

/** The branches, drawn in their order from `from`, and the concatenation of what they give. */
export function addBranches(g: LayerBuilder, branches: Branches, from: End, id = 'concat'): End {
  const ends = Object.entries(branches).map(([name, steps]) => addSteps(g, name, steps, from));
  return ends.length > 1 ? g.join(id, 'concat', {}, ends) : ends[0]!;
}

/** Steps in a row. */
export function addSteps(g: LayerBuilder, name: string, steps: readonly Step[], from: End): End {
  let n = 0;
  let forks = 0;
  return steps.reduce((y, step) => {
    if ('fork' in step) return addBranches(g, step.fork, y, `${name}-concat${++forks > 1 ? forks : ''}`);
    if ('pool' in step) return g.add(`${name}-pool`, step.pool, step.params, y);
    return g.convNormAct(`${name}-conv${++n}`, step, y);
  }, from);
}

/** @throws UserError `inception/size` for a map whose sides are below `least` */
export function requireSides(x: Shape, least: number): void {
  if (Math.min(x[0]!, x[1]!) >= least) return;
  throw new UserError(
    'inception/size',
    `A map of ${formatShape(x)} is too small for it.`,
    `Its convolutions without padding need ${least}×${least} pixels.`,
    'Put it further to the front of the net, or give the net a larger input.',
    { port: 'x' },
  );
}
