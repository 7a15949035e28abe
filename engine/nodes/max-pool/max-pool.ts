import { z } from 'zod';
import { maxPool as pool } from '../../ir/ops';
import { defineLayer } from '../define';
import { formatPair, padding, pair, toggle } from '../fields';
import { paddingWords, poolingWindow, roundedUp, strideWords, words } from '../window';

/**
 * The largest value of each window: x [h, w, c] -> [h', w', c], h' = floor((h + pads - kh) / stride) + 1.
 *
 * Padded pixels never win: they count as minus infinity, not as zero.
 */
export const maxPool = defineLayer({
  type: 'max-pool',
  version: 1,
  title: 'Max pool',
  category: 'pool',
  source:
    'Scherer, Müller, Behnke. Evaluation of Pooling Operations in Convolutional Architectures. ICANN 2010',
  help:
    'Keeps the largest value of each window, so that a feature found a pixel further gives nearly the same ' +
    'map. A stride below the kernel makes windows overlap, as the 3×3 with stride 2 in AlexNet (section ' +
    '3.4).',
  inputs: ['x'],
  shorthand: { names: ['pool', 'maxpool'] },
  params: z.strictObject({
    kernel: pair(2, { title: 'Kernel', quick: [2, 3] }),
    stride: pair(2, { title: 'Stride', quick: [1, 2] }),
    padding: padding('valid', { title: 'Padding' }),
    ceil: toggle(false, { title: 'Round up', help: 'A last window also covers pixels that are left over' }),
  }),
  name: (p) => `Max pool ${formatPair(p.kernel)}`,
  detail: (p) => words(strideWords(p.stride), paddingWords(p.padding), p.ceil && 'rounded up'),

  lower([x], p) {
    const window = poolingWindow(x!.shape, p);
    return pool(x!, p.ceil ? roundedUp(x!.shape, window).window : window);
  },
});
