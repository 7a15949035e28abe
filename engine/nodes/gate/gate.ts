import { z } from 'zod';
import { add, mul, subtract } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireSameShapes } from '../merge';

/**
 * y = t * h + (1 - t) * x, value by value; all of one shape.
 *
 * @see Srivastava, Greff, Schmidhuber. Highway Networks. 2015. arXiv:1505.00387, equation 3
 */
export const gate = defineLayer({
  type: 'gate',
  version: 1,
  title: 'Gate',
  category: 'merge',
  source: 'Srivastava, Greff, Schmidhuber. Highway Networks. 2015. arXiv:1505.00387, equation 3',
  help:
    'Blends two maps by a third one, whose values lie between 0 and 1: where t is 1 the new value h passes, where it is ' +
    '0 the old value x. Put a Sigmoid before t.',
  formula: 'y = t · h + (1 − t) · x',
  inputs: ['h', 't', 'x'],
  params: z.strictObject({}),
  detail: () => '',

  lower([h, t, x]) {
    requireSameShapes(
      [h!, t!, x!].map((v) => v.shape),
      ['h', 't', 'x'],
    );
    return add(x!, mul(t!, subtract(h!, x!)));
  },
});
