import { z } from 'zod';
import { resample } from '../../ir/ops';
import { defineLayer } from '../define';
import { asPair, choice, formatPair, pair } from '../fields';
import { requireMap } from '../window';

/** x [h, w, c] -> [h * factor, w * factor, c], without weights; pixels are centred as in PyTorch (align_corners false). */
export const upsample = defineLayer({
  type: 'upsample',
  version: 1,
  title: 'Upsample',
  category: 'pool',
  source: 'Odena, Dumoulin, Olah. Deconvolution and Checkerboard Artifacts. Distill 2016',
  help:
    'Enlarges a map by repeating its pixels or by blending neighbours. Followed by a convolution it is a smooth way ' +
    'up where a transposed convolution tends to chequered patterns.',
  formula: 'y[i] = x[⌊i / factor⌋], or the blend of the two pixels beside (i + ½) / factor − ½',
  inputs: ['x'],
  params: z.strictObject({
    factor: pair(2, {
      title: 'Factor',
      help: 'How many times larger the sides become',
      max: 64,
      quick: [2, 4],
    }),
    method: choice('nearest', ['nearest', 'bilinear'], {
      title: 'Method',
      help: 'Every pixel repeated, or blended with its neighbours',
    }),
  }),
  name: (p) => `Upsample ${formatPair(p.factor)}`,
  detail: (p) => p.method,

  lower([x], p) {
    requireMap(x!.shape);
    const [down, across] = asPair(p.factor);
    const tall = resample(x!, 0, x!.shape[0]! * down, p.method);
    return resample(tall, 1, x!.shape[1]! * across, p.method);
  },
});
