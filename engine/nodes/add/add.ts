import { z } from 'zod';
import { add as sum } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireSameShapes } from '../merge';

/** y = x1 + x2 + …, value by value; all of one shape. */
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
  params: z.strictObject({}),
  detail: () => '',

  lower(xs) {
    requireSameShapes(xs.map((x) => x.shape));
    return xs.reduce(sum);
  },
});
