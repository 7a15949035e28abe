import { z } from 'zod';
import { UserError } from '../../errors';
import type { Value } from '../../ir/ir';
import { concat, max, resample, reshape, slice } from '../../ir/ops';
import { defineLayer } from '../define';
import { asPair, choice, formatPair, pair } from '../fields';
import { requireMap } from '../window';

/**
 * A map of any size brought to `size`: x [h, w, c] -> [size, size, c]. Bin i of n covers the rows from floor(i h / n)
 * to ceil((i + 1) h / n) - 1.
 *
 * @throws UserError `adaptive-pool/size`
 * @see He et al. Spatial Pyramid Pooling in Deep Convolutional Networks. 2014. arXiv:1406.4729, section 2.2
 */
export const adaptivePool = defineLayer({
  type: 'adaptive-pool',
  version: 1,
  title: 'Adaptive pool',
  category: 'pool',
  source:
    'He et al. Spatial Pyramid Pooling in Deep Convolutional Networks. 2014. arXiv:1406.4729, section 2.2',
  help:
    'Brings a map of any size to one of a given size, by bins as equal as can be. The dense layers behind it then ' +
    'fit pictures of other sizes, as in torchvision’s AlexNet and VGG.',
  formula: 'y[i] = pool of x[⌊i·h/n⌋ … ⌈(i+1)·h/n⌉ − 1], on both axes',
  inputs: ['x'],
  params: z.strictObject({
    mode: choice('mean', ['mean', 'max'], {
      title: 'Mode',
      help: 'The mean or the largest value of each window',
    }),
    size: pair(7, { title: 'Size', help: 'Height and width of the output', quick: [1, 6, 7] }),
  }),
  name: (p) => `Adaptive ${p.mode === 'mean' ? 'average' : 'max'} pool`,
  detail: (p) => `to ${formatPair(p.size)}`,

  lower([x], p) {
    requireMap(x!.shape);
    const size = asPair(p.size);
    if (size.some((s, i) => s > x!.shape[i]!)) throw tooSmall(x!.shape, size);
    const along = (v: Value, axis: 0 | 1) =>
      p.mode === 'mean' ? resample(v, axis, size[axis], 'mean') : largest(v, axis, size[axis]);
    return along(along(x!, 0), 1);
  },
});

/** The largest value of each bin along one axis. */
function largest(x: Value, axis: number, bins: number): Value {
  const length = x.shape[axis]!;
  if (length === bins) return x;
  const parts = Array.from({ length: bins }, (_, i) => {
    const [from, to] = [Math.floor((i * length) / bins), Math.ceil(((i + 1) * length) / bins)];
    const top = max(slice(x, axis, from, to - from), [axis]);
    return reshape(
      top,
      x.shape.map((d, a) => (a === axis ? 1 : d)),
    );
  });
  return parts.length === 1 ? parts[0]! : concat(parts, axis);
}

const tooSmall = (shape: readonly number[], size: readonly number[]): UserError =>
  new UserError(
    'adaptive-pool/size',
    `A map of ${shape.join('×')} has fewer pixels than ${size.join('×')}.`,
    'Every bin takes one pixel at least.',
    `Set size to ${Math.min(shape[0]!, shape[1]!)} or less, or put an Upsample before it.`,
    { param: 'size' },
  );
