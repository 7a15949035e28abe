import { z } from 'zod';
import { dropout } from '../../ir/ops';
import { defineLayer } from '../define';
import { real } from '../fields';

/**
 * In training all of a picture's values are set to zero with probability `rate`, else scaled by 1 / (1 - rate). Before
 * a sum it takes the block away for that picture. x, y of any shape.
 *
 * @see Huang et al. Deep Networks with Stochastic Depth. 2016. arXiv:1603.09382, section 3
 */
export const stochasticDepth = defineLayer({
  type: 'stochastic-depth',
  version: 1,
  title: 'Stochastic depth',
  category: 'regularisation',
  source: 'Huang et al. Deep Networks with Stochastic Depth. 2016. arXiv:1603.09382, section 3',
  help:
    'Leaves a block out at random, picture by picture, while training. Before the sum of a residual block only the ' +
    'shortcut is left then; the later the block, the higher the rate that is usual.',
  formula: 'y = x · m / (1 − rate),  one m for a whole picture: 0 with probability rate, else 1',
  inputs: ['x'],
  params: z.strictObject({
    rate: real(0.1, {
      title: 'Rate',
      max: 0.99,
      help: 'Share of the pictures that skip',
      quick: [0.1, 0.2, 0.5],
    }),
  }),
  detail: (p) => `rate ${p.rate}`,

  lower: ([x], p) => dropout(x!, p.rate, 'picture'),
});
