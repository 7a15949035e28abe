import { z } from 'zod';
import { add, conv2d as convolve, startOf, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import {
  bias,
  biasStart,
  channelCount,
  formatPair,
  initial,
  int,
  padding,
  padMode,
  pair,
  penalty,
} from '../fields';
import { requireGroups } from '../groups';
import { dilationWords, paddedMap, paddingWords, slidingWindow, strideWords, words } from '../window';

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
  shorthand: { names: ['2d', 'convolution'] },
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 128] }),
    kernel: pair(3, { title: 'Kernel', quick: [1, 3, 5, 7] }),
    stride: pair(1, { title: 'Stride', quick: [1, 2, 4] }),
    padding: padding('same', { title: 'Padding' }),
    padMode: padMode(),
    dilation: pair(1, { title: 'Dilation', max: 64 }),
    groups: int(1, { title: 'Groups', help: 'Channels are split into this many convolutions side by side' }),
    bias: bias(),
    biasStart: biasStart(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Conv ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(
      `${p.filters} filters`,
      strideWords(p.stride),
      paddingWords(p.padding),
      dilationWords(p.dilation),
      p.groups > 1 && `${p.groups} groups`,
    ),
  resize: (p, count) => ({ ...p, filters: count }),

  lower([x], p) {
    const window = slidingWindow(x!.shape, p);
    const channels = x!.shape[2]!;
    requireGroups(channels, p);
    const kernel = weight('kernel', [...window.kernel, channels / p.groups, p.filters], p.initial, p);
    const [padded, unpadded] = paddedMap(x!, window, p.padMode);
    const y = convolve(padded, kernel, { ...unpadded, groups: p.groups });
    return p.bias ? add(y, weight('bias', [p.filters], startOf(p.biasStart))) : y;
  },
});
