import { z } from 'zod';
import { max, pixelAxes, reshape } from '../../ir/ops';
import { defineLayer } from '../define';
import { toggle } from '../fields';
import { requirePixels } from '../window';

/** The largest value of each channel over the whole map, sequence or video: x [h, w, c] -> [c]. */
export const globalMaxPool = defineLayer({
  type: 'global-max-pool',
  version: 1,
  title: 'Global max pool',
  category: 'pool',
  source: 'Oquab et al. Is Object Localization for Free? CVPR 2015, section 3',
  help:
    'Keeps the largest value of each channel over the whole map: whether a feature is there, and not where. ' +
    'The gradient reaches one pixel a channel, where the mean spreads it over all.',
  formula: 'y[c] = max over all i, j of x[i, j, c]',
  inputs: ['x'],
  params: z.strictObject({
    keepSides: toggle(false, { title: 'Keep sides', help: 'Gives a map of one pixel rather than a vector' }),
  }),
  detail: (p) => (p.keepSides ? 'as a map' : ''),

  lower([x], p) {
    requirePixels(x!.shape);
    const y = max(x!, pixelAxes(x!.shape));
    return p.keepSides
      ? reshape(
          y,
          x!.shape.map((d, i) => (i === x!.shape.length - 1 ? d : 1)),
        )
      : y;
  },
});
