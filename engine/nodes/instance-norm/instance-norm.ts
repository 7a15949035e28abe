import { z } from 'zod';
import { normalise } from '../../ir/ops';
import { affine, affineFields } from '../affine';
import { defineLayer } from '../define';
import { epsilon } from '../fields';
import { requirePixels, words } from '../window';

/**
 * The norm of each channel of each picture by itself: x and y [h, w, c], gamma and beta [c].
 *
 * @see Ulyanov, Vedaldi, Lempitsky. Instance Normalization. 2016. arXiv:1607.08022
 */
export const instanceNorm = defineLayer({
  type: 'instance-norm',
  version: 1,
  title: 'Instance norm',
  category: 'norm',
  source: 'Ulyanov, Vedaldi, Lempitsky. Instance Normalization. 2016. arXiv:1607.08022, section 3',
  help:
    'Brings each channel of each picture to mean 0 and variance 1, which takes its contrast away. It made nets that ' +
    'paint in the style of a picture work; it is a group norm with one channel a group.',
  formula: 'y = γ · (x − μ_c) / √(σ_c² + ε) + β,  over the pixels of one picture',
  inputs: ['x'],
  params: z.strictObject({ epsilon: epsilon(1e-5), ...affineFields }),
  detail: (p) => words(!p.scale && 'no scale', !p.center && 'no center'),

  lower([x], p) {
    requirePixels(x!.shape);
    return affine(normalise(x!, { per: 'group', groups: x!.shape.at(-1)!, epsilon: p.epsilon }), p);
  },
});
