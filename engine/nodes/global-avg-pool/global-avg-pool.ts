import { z } from 'zod';
import { meanHW } from '../../ir/ops';
import { defineLayer } from '../define';
import { requireMap } from '../window';

/** The mean of each channel over the whole map: x [h, w, c] -> [c]. */
export const globalAvgPool = defineLayer({
  type: 'global-avg-pool',
  version: 1,
  title: 'Global average pool',
  category: 'pool',
  source: 'Lin, Chen, Yan. Network In Network. 2013. arXiv:1312.4400, section 3.2',
  help:
    'Means each channel over the whole map, so that one number a channel is left and no weights depend on ' +
    'its size. In place of dense layers it gave GoogLeNet 0.6 % better top-1 accuracy (2014, section 5).',
  inputs: ['x'],
  params: z.strictObject({}),
  detail: () => '',

  lower([x]) {
    requireMap(x!.shape);
    return meanHW(x!);
  },
});
