import { z } from 'zod';
import { concat as join } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireSameSides } from '../merge';

/** Maps [h, w, c1], [h, w, c2], … -> [h, w, c1 + c2 + …], in the order of the ports; vectors end to end. */
export const concat = defineLayer({
  type: 'concat',
  version: 1,
  title: 'Concat',
  category: 'merge',
  source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 4',
  help:
    'Stacks the channels of maps of one height and width. Nothing is lost as in a sum, but every later ' +
    'layer has more channels to read.',
  inputs: { atLeast: 2 },
  params: z.strictObject({}),
  detail: () => '',

  lower(xs) {
    requireSameSides(xs.map((x) => x.shape));
    return join(xs, xs[0]!.shape.length - 1);
  },
});
