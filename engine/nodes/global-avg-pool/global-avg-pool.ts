import { z } from 'zod';
import { mean, pixelAxes, reshape } from '../../ir/ops';
import { defineLayer } from '../define';
import { toggle } from '../fields';
import { requirePixels } from '../window';

/** The mean of each channel over the whole map, sequence or video: x [h, w, c] -> [c]. */
export const globalAvgPool = defineLayer({
  type: 'global-avg-pool',
  version: 1,
  title: 'Global average pool',
  category: 'pool',
  source: 'Lin, Chen, Yan. Network In Network. 2013. arXiv:1312.4400, section 3.2',
  help:
    'Means each channel over the whole map, so that one number a channel is left and no weights depend on ' +
    'its size. In place of dense layers it gave GoogLeNet 0.6 % better top-1 accuracy (2014, section 5).',
  formula: 'y[c] = mean over all i, j of x[i, j, c]',
  inputs: ['x'],
  shorthand: { names: ['gap'] },
  params: z.strictObject({
    keepSides: toggle(false, { title: 'Keep sides', help: 'Gives a map of one pixel rather than a vector' }),
  }),
  detail: (p) => (p.keepSides ? 'as a map' : ''),

  lower([x], p) {
    requirePixels(x!.shape);
    const y = mean(x!, pixelAxes(x!.shape));
    return p.keepSides
      ? reshape(
          y,
          x!.shape.map((d, i) => (i === x!.shape.length - 1 ? d : 1)),
        )
      : y;
  },
});
