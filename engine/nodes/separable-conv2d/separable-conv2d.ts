import { z } from 'zod';
import { defineComposite } from '../define';
import { bias, channelCount, formatPair, initial, int, padding, pair, penalty } from '../fields';
import { SubgraphBuilder } from '../subgraph';
import { dilationWords, paddingWords, slidingWindow, strideWords, words } from '../window';

/**
 * A depthwise convolution, then a 1×1: x [h, w, c] -> [h', w', filters], with kh * kw * c + c * filters weights where a
 * convolution has kh * kw * c * filters.
 *
 * @see Chollet. Xception. 2016. arXiv:1610.02357, section 1.2; Sifre. Rigid-motion Scattering. 2014
 */
export const separableConv2d = defineComposite({
  type: 'separable-conv2d',
  version: 1,
  title: 'Separable conv',
  category: 'conv',
  source:
    'Chollet. Xception: Deep Learning with Depthwise Separable Convolutions. 2016. arXiv:1610.02357, section 1',
  help:
    'Filters each channel by itself, then mixes channels by a 1×1 convolution. It has 8 to 9 times fewer weights ' +
    'and multiply-adds than a 3×3 convolution of as many filters.',
  formula: 'y = pointwise(depthwise(x)),  weights: kh · kw · c · m + c · m · filters',
  inputs: ['x'],
  shorthand: { names: ['sep', 'sepconv'] },
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [32, 64, 128] }),
    kernel: pair(3, { title: 'Kernel', quick: [3, 5, 7] }),
    stride: pair(1, { title: 'Stride', quick: [1, 2] }),
    padding: padding('same', { title: 'Padding' }),
    dilation: pair(1, { title: 'Dilation', max: 64 }),
    multiplier: int(1, { title: 'Multiplier', max: 64, help: 'Kernels per channel' }),
    bias: bias(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Separable ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(`${p.filters} filters`, strideWords(p.stride), paddingWords(p.padding), dilationWords(p.dilation)),
  resize: (p, count) => ({ ...p, filters: count }),

  expand(p, [x]) {
    slidingWindow(x!, p);
    const g = new SubgraphBuilder();
    const { kernel, stride, dilation, multiplier, initial: start } = p;
    const pulls = { initial: start, decay: p.decay, l1: p.l1, l2: p.l2 };
    const deep = { multiplier, kernel, stride, padding: p.padding, dilation, bias: false, ...pulls };
    const y = g.add('depthwise', 'depthwise-conv2d', deep, g.input('x'));
    const point = { filters: p.filters, kernel: 1, bias: p.bias, ...pulls };
    return g.result(g.add('pointwise', 'conv2d', point, y));
  },
});
