import { z } from 'zod';
import { dropout as drop } from '../../ir/ops';
import { defineLayer } from '../define';
import { real } from '../fields';

/**
 * In training y = x * m / (1 - rate), each m 0 with probability `rate` and else 1; afterwards y = x. x, y of
 * any shape.
 *
 * The scale stands in training ("inverted" dropout), so that the trained net needs none; the paper
 * scales the weights of the trained net by 1 - rate instead, which has the same mean.
 */
export const dropout = defineLayer({
  type: 'dropout',
  version: 1,
  title: 'Dropout',
  category: 'regularisation',
  source: 'Srivastava et al. Dropout. JMLR 15, 2014, section 4',
  help:
    'Sets a random share of the values to zero in training, so that no feature can rely on another being ' +
    'there. It does nothing in use; AlexNet had 0.5 on its first two dense layers (section 4.2), GoogLeNet ' +
    '0.4 before its last.',
  inputs: ['x'],
  shorthand: { names: ['drop'] },
  params: z.strictObject({
    rate: real(0.5, {
      title: 'Rate',
      max: 0.99,
      help: 'Share of the values set to zero',
      quick: [0.1, 0.2, 0.5],
    }),
  }),
  detail: (p) => `rate ${p.rate}`,

  lower: ([x], p) => drop(x!, p.rate),
});
