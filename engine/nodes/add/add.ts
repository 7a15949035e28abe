import { z } from 'zod';
import { add as sum } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireSpreadable } from '../merge';

/** y = x1 + x2 + …, value by value; all of one shape, or a vector [c] or pixel [1, 1, c] that is spread over x1. */
export const add = defineLayer({
  type: 'add',
  version: 1,
  title: 'Add',
  category: 'merge',
  source:
    'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, section 3.2',
  help:
    'Adds maps of one shape, value by value. It hands the same gradient to each of its inputs, which is ' +
    'how a shortcut carries it past many layers.',
  inputs: { atLeast: 2 },
  shorthand: { names: ['sum', 'plus'] },
  params: z.strictObject({}),
  detail: () => '',

  lower(xs) {
    requireSpreadable(xs.map((x) => x.shape));
    return xs.reduce((a, b) => sum(a, b));
  },
});
