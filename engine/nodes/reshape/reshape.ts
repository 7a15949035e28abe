import { z } from 'zod';
import { UserError } from '../../errors';
import { reshape as regroup } from '../../ir/ops';
import { formatShape, size } from '../../ir/shape';
import { defineLayer } from '../define';
import { mapShape } from '../fields';

/** The same values in another shape, in the order of rows: x of n values -> `shape` of n values. @throws UserError `reshape/size` */
export const reshape = defineLayer({
  type: 'reshape',
  version: 1,
  title: 'Reshape',
  category: 'merge',
  source:
    'Radford, Metz, Chintala. Unsupervised Representation Learning with DCGANs. 2015. arXiv:1511.06434, figure 1',
  help:
    'Lays the same values out in another shape, row by row with the channels of a pixel together. Behind a Dense it ' +
    'makes a map of a vector; nothing is computed.',
  formula: 'y holds the values of x in their order',
  example: { params: { shape: [7, 7, 512] } },
  inputs: ['x'],
  params: z.strictObject({
    shape: mapShape([1, 1, 10], { title: 'Shape', help: 'As many values as come in' }),
  }),
  detail: (p) => `to ${formatShape(p.shape)}`,

  lower([x], p) {
    if (size(x!.shape) !== size(p.shape))
      throw wrongSize(size(x!.shape), formatShape(x!.shape), size(p.shape));
    return regroup(x!, p.shape);
  },
});

const wrongSize = (has: number, shape: string, wants: number): UserError =>
  new UserError(
    'reshape/size',
    `${shape} has ${has.toLocaleString('en')} values, not ${wants.toLocaleString('en')}.`,
    'A reshape lays the same values out anew; it can neither add nor drop any.',
    `Set shape to 1×1×${has}, or to sizes whose product is ${has.toLocaleString('en')}.`,
    { param: 'shape' },
  );
