import { z } from 'zod';
import { addBranches, type Branches, conv, fork, halving, max, mean, requireSides } from '../branches';
import { defineComposite } from '../define';
import { channelCount, choice, normFields } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

const FORMS = ['A', 'B', 'C', 'D', 'E'] as const;
const SIDES = [1, 7] as const;
const [ROW, COLUMN] = [[...SIDES] as [number, number], [7, 1] as [number, number]];

/** Of table 1's five kinds of modules, with the names that implementations have given them. */
const branchesOf = (form: (typeof FORMS)[number], width: number, pool: number): Branches =>
  ({
    A: {
      one: [conv(64)],
      five: [conv(48), conv(64, 5)],
      double: [conv(64), conv(96, 3), conv(96, 3)],
      pooled: [mean(true), conv(pool)],
    },
    B: { three: [halving(384)], double: [conv(64), conv(96, 3), halving(96)], pooled: [max(2)] },
    C: {
      one: [conv(192)],
      seven: [conv(width), conv(width, ROW), conv(192, COLUMN)],
      double: [conv(width), conv(width, COLUMN), conv(width, ROW), conv(width, COLUMN), conv(192, ROW)],
      pooled: [mean(true), conv(192)],
    },
    D: {
      three: [conv(192), halving(320)],
      seven: [conv(192), conv(192, ROW), conv(192, COLUMN), halving(192)],
      pooled: [max(2)],
    },
    E: {
      one: [conv(320)],
      three: [conv(384), fork({ 'three-row': [conv(384, [1, 3])], 'three-column': [conv(384, [3, 1])] })],
      double: [
        conv(448),
        conv(384, 3),
        fork({ 'double-row': [conv(384, [1, 3])], 'double-column': [conv(384, [3, 1])] }),
      ],
      pooled: [mean(true), conv(192)],
    },
  })[form];

/**
 * The five modules of Inception v3, every convolution with batch norm and ReLU:
 * A 35×35: 1×1, 5×5, two 3×3, pool; B halves; C 17×17: a 7×7 as 1×7 and 7×1, once and twice; D halves; E 8×8: banks that
 * widen by 1×3 and 3×1 side by side. x [h, w, c] -> A [h, w, 224 + pool]; B [h', w', 480 + c]; C [h, w, 768];
 * D [h', w', 512 + c]; E [h, w, 2048]; h' = floor((h - 3) / 2) + 1.
 *
 * @throws UserError `inception/size`
 * @see Szegedy et al. Rethinking the Inception Architecture. 2015. arXiv:1512.00567, figures 5 to 7 and 10, table 1
 */
export const inceptionV3 = defineComposite({
  type: 'inception-v3',
  version: 1,
  title: 'Inception v3',
  category: 'block',
  source:
    'Szegedy et al. Rethinking the Inception Architecture for Computer Vision. 2015. arXiv:1512.00567, section 6',
  help:
    'The modules of Inception v3. Large kernels are made of small ones: 5×5 of two 3×3, 7×7 of 1×7 and 7×1, which see as ' +
    'much for far fewer weights.',
  formula: 'n×n → 1×n, n×1:  n² → 2n weights',
  example: { params: { form: 'C' }, shapes: [[17, 17, 768]] },
  inputs: ['x'],
  params: z.strictObject({
    form: choice('A', FORMS, { title: 'Form', help: 'A, C, E keep the sides; B and D halve them' }),
    pool: channelCount(64, {
      title: 'Pool proj',
      help: 'Filters of the 1×1 after the pooling',
      only: (p) => p['form'] === 'A',
    }),
    width: channelCount(128, {
      title: 'Width',
      help: 'Filters of the 1×7 and 7×1 inside',
      quick: [128, 160, 192],
      only: (p) => p['form'] === 'C',
    }),
    ...normFields(1e-3),
  }),
  name: (p) => `Inception ${p.form}`,
  detail: (p) =>
    words(
      p.form === 'A' && `pool ${p.pool}`,
      p.form === 'C' && `width ${p.width}`,
      /[BD]/.test(p.form) && 'halves',
    ),

  expand(p, [x]) {
    requireMap(x!);
    if (p.form === 'B' || p.form === 'D') requireSides(x!, 3);
    const g = new LayerBuilder(p);
    return g.result(addBranches(g, branchesOf(p.form, p.width, p.pool), g.input('x')));
  },
});
