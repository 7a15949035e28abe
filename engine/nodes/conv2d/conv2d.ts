import { z } from 'zod';
import { UserError } from '../../errors';
import { add, conv2d as convolve, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, formatPair, int, padding, pair, toggle } from '../fields';
import { paddingWords, slidingWindow, strideWords, words } from '../window';

/**
 * x [h, w, cin] * kernel [kh, kw, cin / groups, filters] + bias [filters] -> [h', w', filters],
 * h' = floor((h + pads - dilation * (kh - 1) - 1) / stride) + 1.
 */
export const conv2d = defineLayer({
  type: 'conv2d',
  version: 1,
  title: 'Conv',
  category: 'conv',
  source:
    'LeCun et al. Gradient-Based Learning Applied to Document Recognition. Proc. IEEE 1998, section II-A',
  help:
    'Slides one small kernel per filter over the map and adds up what it sees. Two 3×3 in a row see what ' +
    'one 5×5 sees, with 18 C² weights instead of 25 C² (VGG, section 2.3).',
  inputs: ['x'],
  params: z.strictObject({
    filters: int(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 128] }),
    kernel: pair(3, { title: 'Kernel', quick: [1, 3, 5, 7] }),
    stride: pair(1, { title: 'Stride', quick: [1, 2, 4] }),
    padding: padding('same', { title: 'Padding' }),
    dilation: pair(1, { title: 'Dilation', max: 64 }),
    groups: int(1, { title: 'Groups', help: 'Channels are split into this many convolutions side by side' }),
    bias: toggle(true, { title: 'Bias', help: 'Leave out before a batch norm, which has its own' }),
    initial: choice('he', ['he', 'glorot', 'lecun'], { title: 'Initial' }),
  }),
  name: (p) => `Conv ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(
      `${p.filters} filters`,
      strideWords(p.stride),
      paddingWords(p.padding),
      formatPair(p.dilation) !== '1×1' && `dilation ${formatPair(p.dilation)}`,
      p.groups > 1 && `${p.groups} groups`,
    ),
  resize: (p, count) => ({ ...p, filters: count }),

  lower([x], p) {
    const window = slidingWindow(x!.shape, p);
    const channels = x!.shape[2]!;
    if (channels % p.groups !== 0 || p.filters % p.groups !== 0) throw indivisible(channels, p);
    const kernel = weight('kernel', [...window.kernel, channels / p.groups, p.filters], p.initial, true);
    const y = convolve(x!, kernel, { ...window, groups: p.groups });
    return p.bias ? add(y, weight('bias', [p.filters], 'zeros')) : y;
  },
});

/** The remedy names the largest number of groups that divides channels and filters both. */
function indivisible(channels: number, { filters, groups }: { filters: number; groups: number }): UserError {
  const what = channels % groups !== 0 ? `${channels} input channels` : `${filters} filters`;
  let fits = Math.min(channels, filters, groups);
  while (channels % fits !== 0 || filters % fits !== 0) fits--;
  return new UserError(
    'conv2d/groups',
    `${what} cannot be split into ${groups} groups.`,
    'Every group takes the same number of channels and makes the same number of filters.',
    `Set groups to ${fits}.`,
    { param: 'groups' },
  );
}
