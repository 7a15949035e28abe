import { z } from 'zod';
import { dropout } from '../../ir/ops';
import { defineLayer } from '../define';
import { real } from '../fields';
import { requirePixels } from '../window';

/** In training whole channels are set to zero with probability `rate` and the others scaled by 1 / (1 - rate); x, y [h, w, c]. */
export const spatialDropout = defineLayer({
  type: 'spatial-dropout',
  version: 1,
  title: 'Spatial dropout',
  category: 'regularisation',
  source:
    'Tompson et al. Efficient Object Localization Using Convolutional Networks. 2014. arXiv:1411.4280, section 3.2',
  help:
    'Drops whole channels in training. Neighbouring pixels say nearly the same, so that dropping single ones as ' +
    'plain dropout does takes little away.',
  formula: 'y[i, j, c] = x[i, j, c] · m[c] / (1 − rate),  m[c] 0 with probability rate, else 1',
  inputs: ['x'],
  params: z.strictObject({
    rate: real(0.2, {
      title: 'Rate',
      max: 0.99,
      help: 'Share of the channels set to zero',
      quick: [0.1, 0.2, 0.5],
    }),
  }),
  detail: (p) => `rate ${p.rate}`,

  lower([x], p) {
    requirePixels(x!.shape);
    return dropout(x!, p.rate, 'channel');
  },
});
