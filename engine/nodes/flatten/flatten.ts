import { z } from 'zod';
import { flatten as unroll } from '../../ir/ops';
import { defineLayer } from '../define';

/**
 * x [h, w, c] -> [h * w * c], row by row with the channels of a pixel together: element (i, j, k) goes to
 * (i * w + j) * c + k. PyTorch keeps channels first, so that its dense weights have another order.
 */
export const flatten = defineLayer({
  type: 'flatten',
  version: 1,
  title: 'Flatten',
  category: 'dense',
  source: 'Krizhevsky, Sutskever, Hinton. ImageNet Classification with Deep CNNs. 2012, section 3.5',
  help:
    'Lays a map out as one long vector, for a Dense to take. The Dense then has a weight for each pixel ' +
    'and channel: AlexNet has 37.7 million of its 61 million weights right behind it.',
  inputs: ['x'],
  params: z.strictObject({}),
  detail: () => '',

  lower: ([x]) => unroll(x!),
});
