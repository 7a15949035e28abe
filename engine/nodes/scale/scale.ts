import { z } from 'zod';
import { mul, startOf, scale as times, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { choice, real, toggle } from '../fields';
import { words } from '../window';

/**
 * y = factor * x; learned, one factor a channel (or one for all) that starts at `factor`. x, y of any shape.
 *
 * @see Szegedy et al. Inception-v4. 2016. arXiv:1602.07261, section 3.3: 0.1 to 0.3 before a sum
 * @see Touvron et al. Going Deeper with Image Transformers. 2021. arXiv:2103.17239, section 2: learned, from 1e-6
 */
export const scale = defineLayer({
  type: 'scale',
  version: 1,
  title: 'Scale',
  category: 'merge',
  source:
    'Szegedy et al. Inception-v4. 2016. arXiv:1602.07261, section 3.3; Touvron et al. 2021. arXiv:2103.17239',
  help:
    'Multiplies by a number. Before the sum of a residual block a small one keeps wide nets from diverging; learned, ' +
    'one a channel and starting at nearly nothing, it is the layer scale of ConvNeXt.',
  formula: 'y = factor · x',
  inputs: ['x'],
  params: z.strictObject({
    factor: real(1, {
      title: 'Factor',
      help: 'What every value is multiplied by',
      min: -1000,
      max: 1000,
      quick: [0.1, 0.2, 1],
    }),
    learned: toggle(false, { title: 'Learned', help: 'Starts at the factor, and is trained' }),
    per: choice('channel', ['channel', 'all'], {
      title: 'One per',
      help: 'One learned factor for each channel, or one for all',
      only: (p) => p['learned'] === true,
    }),
  }),
  detail: (p) => words(`×${p.factor}`, p.learned && 'learned'),

  lower([x], p) {
    if (!p.learned) return p.factor === 1 ? x! : times(x!, p.factor);
    const start = p.factor === 1 ? 'ones' : startOf(p.factor);
    return mul(x!, weight('scale', [p.per === 'all' ? 1 : x!.shape.at(-1)!], start));
  },
});
