import { z } from 'zod';
import type { Value } from '../../ir/ir';
import { add, conv2d as convolve, reshape, startOf, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { bias, biasStart, channelCount, choice, initial, int, penalty } from '../fields';
import { requireGroups } from '../groups';
import { dilationWords, requireSequence, slidingWindow, strideWords, words } from '../window';

/**
 * x [l, cin] * kernel [1, k, cin / groups, filters] + bias [filters] -> [l', filters],
 * l' = floor((l + pads - dilation * (k - 1) - 1) / stride) + 1.
 *
 * @see Waibel et al. Phoneme Recognition Using Time-Delay Neural Networks. 1989
 */
export const conv1d = defineLayer({
  type: 'conv1d',
  version: 1,
  title: 'Conv 1D',
  category: 'conv',
  source: 'Waibel et al. Phoneme Recognition Using Time-Delay Neural Networks. IEEE Trans. ASSP 1989',
  help:
    'Slides kernels along a sequence of length × channels, such as a signal over time. It has kernel × channels ' +
    'weights a filter, and padding, stride and dilation as the convolution of maps.',
  formula: 'y[i, f] = bias[f] + Σ_k Σ_c kernel[k, c, f] · x[stride · i + dilation · k − pad, c]',
  example: { shapes: [[128, 16]] },
  inputs: ['x'],
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 128] }),
    kernel: int(3, { title: 'Kernel', max: 1024, quick: [1, 3, 5, 7] }),
    stride: int(1, { title: 'Stride', max: 1024, quick: [1, 2, 4] }),
    padding: choice('same', ['same', 'valid', 'pixels'], { title: 'Padding' }),
    pad: int(1, {
      title: 'Pad',
      unit: 'px',
      min: 0,
      max: 1024,
      help: 'Zeros before and after',
      only: (p) => p['padding'] === 'pixels',
    }),
    dilation: int(1, { title: 'Dilation', max: 64 }),
    groups: int(1, { title: 'Groups', help: 'Channels are split into this many convolutions side by side' }),
    bias: bias(),
    biasStart: biasStart(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Conv 1D ${p.kernel}`,
  detail: (p) => words(`${p.filters} filters`, strideWords(p.stride), dilationWords(p.dilation)),
  resize: (p, count) => ({ ...p, filters: count }),

  lower([x], p) {
    requireSequence(x!.shape);
    const channels = x!.shape[1]!;
    requireGroups(channels, p);
    const row: Value = reshape(x!, [1, ...x!.shape]);
    const window = slidingWindow(row.shape, {
      kernel: [1, p.kernel],
      stride: [1, p.stride],
      dilation: [1, p.dilation],
      padding: p.padding === 'pixels' ? [0, p.pad] : p.padding,
    });
    const kernel = weight('kernel', [1, p.kernel, channels / p.groups, p.filters], p.initial, p);
    const y = convolve(row, kernel, { ...window, groups: p.groups });
    const biased = p.bias ? add(y, weight('bias', [p.filters], startOf(p.biasStart))) : y;
    return reshape(biased, [y.shape[1]!, p.filters]);
  },
});
