import { z } from 'zod';
import { add, conv3d as convolve, startOf, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import {
  bias,
  biasStart,
  channelCount,
  formatTriple,
  initial,
  int,
  padding3,
  penalty,
  triple,
} from '../fields';
import { requireGroups } from '../groups';
import { dilationWords, paddingWords, slidingWindow3, strideWords, words } from '../window';

/**
 * x [t, h, w, cin] * kernel [kt, kh, kw, cin / groups, filters] + bias [filters] -> [t', h', w', filters], each side
 * as that of a convolution of maps.
 *
 * @see Tran et al. Learning Spatiotemporal Features with 3D Convolutional Networks. 2015. arXiv:1412.0767
 */
export const conv3d = defineLayer({
  type: 'conv3d',
  version: 1,
  title: 'Conv 3D',
  category: 'conv',
  source:
    'Tran et al. Learning Spatiotemporal Features with 3D Convolutional Networks. 2015. arXiv:1412.0767, section 3',
  help:
    'Slides kernels over time, height and width at once, so that it sees motion. A 3×3×3 kernel has three times ' +
    'the weights of a 3×3; kernels of 1×3×3 and 3×1×1 in a row split it in space and time.',
  formula:
    'y[t, i, j, f] = bias[f] + Σ kernel[a, b, c, d, f] · x[st·t + a − pt, sh·i + b − ph, sw·j + c − pw, d]',
  example: { shapes: [[16, 28, 28, 16]] },
  inputs: ['x'],
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 128] }),
    kernel: triple(3, { title: 'Kernel', quick: [1, 3] }),
    stride: triple(1, { title: 'Stride', quick: [1, 2] }),
    padding: padding3('same', { title: 'Padding' }),
    dilation: triple(1, { title: 'Dilation', max: 64 }),
    groups: int(1, { title: 'Groups', help: 'Channels are split into this many convolutions side by side' }),
    bias: bias(),
    biasStart: biasStart(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Conv ${formatTriple(p.kernel)}`,
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
    const window = slidingWindow3(x!.shape, p);
    const channels = x!.shape[3]!;
    requireGroups(channels, p);
    const kernel = weight('kernel', [...window.kernel, channels / p.groups, p.filters], p.initial, p);
    const y = convolve(x!, kernel, { ...window, groups: p.groups });
    return p.bias ? add(y, weight('bias', [p.filters], startOf(p.biasStart))) : y;
  },
});
