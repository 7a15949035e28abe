import { z } from 'zod';
import { add, depthwiseConv2d as convolve, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { bias, formatPair, initial, int, padding, padMode, pair, penalty } from '../fields';
import { dilationWords, paddedMap, paddingWords, slidingWindow, strideWords, words } from '../window';

/**
 * One kernel (or `multiplier` kernels) per channel: x [h, w, c] * kernel [kh, kw, c, multiplier] + bias ->
 * [h', w', c * multiplier], with h' as for a convolution. Channel i gives channels i * multiplier and
 * following.
 */
export const depthwiseConv2d = defineLayer({
  type: 'depthwise-conv2d',
  version: 1,
  title: 'Depthwise conv',
  category: 'conv',
  source: 'Howard et al. MobileNets. 2017. arXiv:1704.04861, section 3.1',
  help:
    'Filters each channel by itself and never mixes channels. Followed by a 1×1 convolution, which mixes ' +
    'them, it takes 8 to 9 times fewer multiply-adds than a 3×3 convolution (MobileNets, section 3.1).',
  inputs: ['x'],
  shorthand: { names: ['dw', 'dwconv'] },
  params: z.strictObject({
    multiplier: int(1, {
      title: 'Multiplier',
      max: 64,
      help: 'Kernels, and so channels of output, per channel',
    }),
    kernel: pair(3, { title: 'Kernel', quick: [3, 5, 7] }),
    stride: pair(1, { title: 'Stride', quick: [1, 2] }),
    padding: padding('same', { title: 'Padding' }),
    padMode: padMode(),
    dilation: pair(1, { title: 'Dilation', max: 64 }),
    bias: bias(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Depthwise ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(
      p.multiplier > 1 && `×${p.multiplier} channels`,
      strideWords(p.stride),
      paddingWords(p.padding),
      dilationWords(p.dilation),
    ),

  lower([x], p) {
    const window = slidingWindow(x!.shape, p);
    const channels = x!.shape[2]!;
    const kernel = weight('kernel', [...window.kernel, channels, p.multiplier], p.initial, p);
    const [padded, unpadded] = paddedMap(x!, window, p.padMode);
    const y = convolve(padded, kernel, unpadded);
    return p.bias ? add(y, weight('bias', [channels * p.multiplier], 'zeros')) : y;
  },
});
