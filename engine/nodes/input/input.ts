import { z } from 'zod';
import { input as placeholder } from '../../ir/ops';
import { formatShape } from '../../ir/shape';
import { defineLayer } from '../define';
import { mapShape } from '../fields';

/** The pictures: [height, width, channels]. Two-dimensional data has one channel. */
export const input = defineLayer({
  type: 'input',
  version: 1,
  title: 'Input',
  category: 'io',
  role: 'input',
  source: 'LeCun, Cortes, Burges. The MNIST database of handwritten digits. 1998: pictures of 28×28×1',
  help:
    'Pictures come in here, as height × width × channels. The size of every later layer follows from these ' +
    'three numbers: 1 channel is grey, 3 are red, green and blue.',
  inputs: [],
  params: z.strictObject({
    shape: mapShape([28, 28, 1], { title: 'Shape', help: 'Height, width and channels of a picture' }),
  }),
  detail: (p) => formatShape(p.shape),
  accept: (_, shape) =>
    shape.length === 4
      ? { shape: [...shape] as [number, number, number, number] }
      : { shape: [...shape] as [number, number, number] },

  lower: (_, p) => placeholder(p.shape),
});
