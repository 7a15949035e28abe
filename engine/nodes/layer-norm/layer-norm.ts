import { z } from 'zod';
import { normalise } from '../../ir/ops';
import { affine, affineFields } from '../affine';
import { defineLayer } from '../define';
import { choice, epsilon } from '../fields';
import { words } from '../window';

/**
 * y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of one picture: over the channels of
 * each pixel, or over the whole map. x and y [h, w, c], or [n]; gamma and beta [c].
 *
 * @see Ba, Kiros, Hinton. Layer Normalization. 2016. arXiv:1607.06450, section 3
 */
export const layerNorm = defineLayer({
  type: 'layer-norm',
  version: 1,
  title: 'Layer norm',
  category: 'norm',
  source: 'Ba, Kiros, Hinton. Layer Normalization. 2016. arXiv:1607.06450, section 3',
  help:
    'Normalises each picture by itself, so that training and use are the same and a batch of one works. Over the ' +
    'channels of each pixel it is the norm of ConvNeXt and of transformers.',
  formula: 'y = γ · (x − μ) / √(σ² + ε) + β',
  inputs: ['x'],
  shorthand: { names: ['ln', 'layernorm'] },
  params: z.strictObject({
    over: choice('pixel', ['pixel', 'map'], {
      title: 'Over',
      help: 'The channels of each pixel, or all of the map',
    }),
    epsilon: epsilon(1e-6),
    ...affineFields,
  }),
  detail: (p) => words(p.over === 'map' && 'whole map', !p.scale && 'no scale', !p.center && 'no center'),

  lower([x], p) {
    const per = p.over === 'map' && x!.shape.length > 1 ? 'group' : 'pixel';
    return affine(normalise(x!, { per, groups: 1, epsilon: p.epsilon }), p);
  },
});
