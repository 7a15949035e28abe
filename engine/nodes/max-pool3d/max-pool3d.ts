import { z } from 'zod';
import { maxPool3d as pool } from '../../ir/ops';
import { defineLayer } from '../define';
import { formatTriple, padding3, triple } from '../fields';
import { paddingWords, poolingWindow3, strideWords, words } from '../window';

/** The largest value of each window of a video: x [t, h, w, c] -> [t', h', w', c]. */
export const maxPool3d = defineLayer({
  type: 'max-pool3d',
  version: 1,
  title: 'Max pool 3D',
  category: 'pool',
  source:
    'Tran et al. Learning Spatiotemporal Features with 3D Convolutional Networks. 2015. arXiv:1412.0767, section 3',
  help:
    'Keeps the largest value of each window over time, height and width. ' +
    'A kernel of 1×2×2 leaves time as it is, as the first pool of C3D does.',
  formula: 'y[t, i, j, c] = max over the window of x[·, ·, ·, c]',
  example: { shapes: [[16, 28, 28, 16]] },
  inputs: ['x'],
  params: z.strictObject({
    kernel: triple(2, { title: 'Kernel', quick: [2, 3] }),
    stride: triple(2, { title: 'Stride', quick: [1, 2] }),
    padding: padding3('valid', { title: 'Padding' }),
  }),
  name: (p) => `Max pool ${formatTriple(p.kernel)}`,
  detail: (p) => words(strideWords(p.stride), paddingWords(p.padding)),

  lower: ([x], p) => pool(x!, poolingWindow3(x!.shape, p)),
});
