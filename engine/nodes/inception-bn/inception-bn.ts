import { z } from 'zod';
import { addBranches, type Branches, conv, max, mean } from '../branches';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

const keeps = (p: Record<string, unknown>) => p['stride'] === 1;

/**
 * 1×1, 3×3, two 3×3 in a row in place of a 5×5, and a pooling side by side, each convolution with batch norm and ReLU:
 * x [h, w, c] -> [h, w, c1 + c3 + d3 + pool].
 *
 * With stride 2 it halves the map: without the 1×1 branch, and all c channels pass the max pool.
 *
 * @see Ioffe, Szegedy. Batch Normalization. 2015. arXiv:1502.03167, section 4.2 and figure 5
 */
export const inceptionBn = defineComposite({
  type: 'inception-bn',
  version: 1,
  title: 'Inception v2',
  category: 'block',
  source: 'Ioffe, Szegedy. Batch Normalization. 2015. arXiv:1502.03167, section 4.2 and figure 5',
  help:
    'The Inception module of 2015: two 3×3 in a row see what a 5×5 sees, with fewer weights and one more ReLU. Batch norm ' +
    'after each convolution let it train 14 times faster than the first.',
  formula: 'y = [1×1, 3×3, 3×3 → 3×3, pool → 1×1]',
  example: { shapes: [[28, 28, 192]] },
  inputs: ['x'],
  params: z.strictObject({
    stride: int(1, { title: 'Stride', max: 2, quick: [1, 2] }),
    c1: channelCount(64, { title: '#1×1', help: 'Filters of the 1×1 branch', only: keeps }),
    r3: channelCount(64, { title: '#3×3 reduce', help: 'Filters of the 1×1 before the 3×3' }),
    c3: channelCount(64, { title: '#3×3', help: 'Filters of the 3×3 branch' }),
    rd: channelCount(64, { title: 'Double reduce', help: 'Filters of the 1×1 before the two 3×3' }),
    d3: channelCount(96, { title: 'Double 3×3', help: 'Filters of both 3×3 in a row' }),
    pooling: choice('mean', ['mean', 'max'], {
      title: 'Pooling',
      help: 'The mean or the largest value of each window',
      only: keeps,
    }),
    pool: channelCount(32, { title: 'Pool proj', help: 'Filters of the 1×1 after the pooling', only: keeps }),
    ...normFields(),
  }),
  detail: (p) =>
    p.stride === 1
      ? `${p.c1} · ${p.r3}→${p.c3} · ${p.rd}→${p.d3} · ${p.pooling}→${p.pool}`
      : words(`${p.r3}→${p.c3}`, `${p.rd}→${p.d3}`, 'max', 'stride 2'),

  expand(p, [x]) {
    requireMap(x!);
    const { stride } = p;
    const branches: Branches = {
      ...(stride === 1 && { one: [conv(p.c1)] }),
      three: [conv(p.r3), conv(p.c3, 3, stride)],
      double: [conv(p.rd), conv(p.d3, 3), conv(p.d3, 3, stride)],
      pooled: stride === 2 ? [max(2, 'same')] : [p.pooling === 'max' ? max(1) : mean(true), conv(p.pool)],
    };
    const g = new LayerBuilder(p);
    return g.result(addBranches(g, branches, g.input('x')));
  },
});
