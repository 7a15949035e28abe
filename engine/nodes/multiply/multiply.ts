import { z } from 'zod';
import { mul } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireSpreadable } from '../merge';

/** y = x1 * x2 * …, value by value; all of one shape, or a vector [c] or pixel [1, 1, c] that is spread over x1. */
export const multiply = defineLayer({
  type: 'multiply',
  version: 1,
  title: 'Multiply',
  category: 'merge',
  source: 'Srivastava, Greff, Schmidhuber. Highway Networks. 2015. arXiv:1505.00387, section 2',
  help:
    'Multiplies maps of one shape, value by value. With a Sigmoid on one input it is a gate, which lets a ' +
    'share between 0 and 1 of the other through.',
  inputs: { atLeast: 2 },
  shorthand: { names: ['mul', 'times'] },
  params: z.strictObject({}),
  detail: () => '',

  lower(xs) {
    requireSpreadable(xs.map((x) => x.shape));
    return xs.reduce((a, b) => mul(a, b));
  },
});
