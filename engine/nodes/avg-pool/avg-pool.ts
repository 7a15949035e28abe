import { z } from 'zod';
import { avgPool as pool } from '../../ir/ops';
import { defineLayer } from '../define';
import { formatPair, padding, pair, toggle } from '../fields';
import { paddingWords, poolingWindow, roundedUp, strideWords, words } from '../window';

/** The mean of each window: x [h, w, c] -> [h', w', c], h' = floor((h + pads - kh) / stride) + 1. */
export const avgPool = defineLayer({
  type: 'avg-pool',
  version: 1,
  title: 'Average pool',
  category: 'pool',
  source:
    'LeCun et al. Gradient-Based Learning Applied to Document Recognition. Proc. IEEE 1998, section II-A',
  help:
    'Keeps the mean of each window, which blurs where a feature lies. At a padded border the mean is over ' +
    'the real pixels, as in TensorFlow, or over the zeros too, as in Caffe and PyTorch, if padding counts.',
  inputs: ['x'],
  shorthand: { names: ['avgpool', 'mean pool'] },
  params: z.strictObject({
    kernel: pair(2, { title: 'Kernel', quick: [2, 3, 7] }),
    stride: pair(2, { title: 'Stride', quick: [1, 2] }),
    padding: padding('valid', { title: 'Padding' }),
    ceil: toggle(false, { title: 'Round up', help: 'A last window also covers pixels that are left over' }),
    countPadding: toggle(false, {
      title: 'Count padding',
      help: 'Padded zeros count in the mean',
      only: (p) => p['padding'] !== 'valid' && p['padding'] !== 0,
    }),
  }),
  name: (p) => `Average pool ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(
      strideWords(p.stride),
      paddingWords(p.padding),
      p.ceil && 'rounded up',
      p.countPadding && 'counts padding',
    ),

  lower([x], p) {
    const window = poolingWindow(x!.shape, p);
    if (!p.ceil) return pool(x!, window, p.countPadding);
    const up = roundedUp(x!.shape, window);
    return pool(x!, up.window, p.countPadding, up.overhang);
  },
});
