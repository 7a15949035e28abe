import { UserError } from '../errors';
import type { Shape } from '../ir/shape';
import { choice } from './fields';
import type { LayerBuilder } from './layers';
import type { End } from './subgraph';

interface Params {
  readonly filters: number;
  readonly stride: number;
  readonly shortcut: 'zero-pad' | 'projection' | 'all-projections' | 'none';
  /** Whether a batch norm follows the projection; left out, it does. */
  readonly norm?: boolean;
}

/** @see He et al. Deep Residual Learning. 2015, section 4.1: options A, B and C */
export const shortcutField = (start: Params['shortcut'] = 'zero-pad') =>
  choice(start, ['zero-pad', 'projection', 'all-projections', 'none'], {
    title: 'Shortcut',
    help: 'Where the shapes differ: zeros (A), a 1×1 convolution (B), that everywhere (C), or no shortcut',
  });

/** @throws UserError `residual/shortcut` where zeros would have to take channels away */
export function requireShortcut(x: Shape, { filters, shortcut }: Params): void {
  const channels = x[2]!;
  if (shortcut !== 'zero-pad' || filters >= channels) return;
  throw new UserError(
    'residual/shortcut',
    `A zero-padded shortcut cannot take ${channels} channels to ${filters} filters.`,
    'It adds channels of zeros to its input and can leave none out.',
    `Set shortcut to 'projection', or filters to ${channels} or more.`,
    { param: 'shortcut' },
  );
}

/** What is added to F(x): `from`, of shape `x`, brought to F's shape where it has another. */
export function addShortcut(g: LayerBuilder, p: Params, x: Shape, from: End): End {
  const changes = p.stride !== 1 || x[2] !== p.filters;
  if (!changes && p.shortcut !== 'all-projections') return from;
  const { filters, stride } = p;
  if (p.shortcut === 'zero-pad')
    return g.add('shortcut', 'zero-pad', { mode: 'shortcut', filters, stride }, from);
  const y = g.conv('projection', { filters, stride, kernel: 1 }, from);
  return p.norm === false ? y : g.norm('projection-bn', y);
}
