import { z } from 'zod';
import {
  addBranches,
  addSteps,
  type Branches,
  conv,
  fork,
  halving,
  max,
  mean,
  requireSides,
  type Step,
  valid,
} from '../branches';
import { defineComposite } from '../define';
import { choice, normFields } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

const FORMS = ['stem', 'A', 'reduction-A', 'B', 'reduction-B', 'C'] as const;
type Form = (typeof FORMS)[number];

const [ROW, COLUMN]: [number, number][] = [
  [1, 7],
  [7, 1],
];
const pooled = (filters: number) => [mean(false), conv(filters)];
const split = (name: string): Step =>
  fork({ [`${name}-row`]: [conv(256, [1, 3])], [`${name}-column`]: [conv(256, [3, 1])] });

/** Figures 3 to 8, in the order of the net. */
const BRANCHES: Readonly<Record<Exclude<Form, 'stem'>, Branches>> = {
  A: {
    one: [conv(96)],
    three: [conv(64), conv(96, 3)],
    double: [conv(64), conv(96, 3), conv(96, 3)],
    pooled: pooled(96),
  },
  'reduction-A': { three: [halving(384)], double: [conv(192), conv(224, 3), halving(256)], pooled: [max(2)] },
  B: {
    one: [conv(384)],
    seven: [conv(192), conv(224, ROW!), conv(256, COLUMN!)],
    double: [conv(192), conv(192, COLUMN!), conv(224, ROW!), conv(224, COLUMN!), conv(256, ROW!)],
    pooled: pooled(128),
  },
  'reduction-B': {
    three: [conv(192), halving(192)],
    seven: [conv(256), conv(256, ROW!), conv(320, COLUMN!), halving(320)],
    pooled: [max(2)],
  },
  C: {
    one: [conv(256)],
    three: [conv(384), split('three')],
    double: [conv(384), conv(448, [3, 1]), conv(512, [1, 3]), split('double')],
    pooled: pooled(256),
  },
};

const STEM: readonly Step[] = [
  halving(32),
  valid(32, 3),
  conv(64, 3),
  fork({ pool1: [max(2)], conv1: [halving(96)] }),
  fork({
    short: [conv(64), valid(96, 3)],
    long: [conv(64), conv(64, ROW!), conv(64, COLUMN!), valid(96, 3)],
  }),
  fork({ conv2: [halving(192)], pool2: [max(2)] }),
];

/**
 * The stem and the modules of Inception-v4, every convolution with batch norm and ReLU; the mean of a pooling is over real
 * pixels only. x [299, 299, 3] -> stem [35, 35, 384]; A [h, w, 384]; reduction-A [h', w', 640 + c]; B [h, w, 1024];
 * reduction-B [h', w', 512 + c]; C [h, w, 1536].
 *
 * @throws UserError `inception/size`
 * @see Szegedy et al. Inception-v4. 2016. arXiv:1602.07261, figures 3 to 8, table 1
 */
export const inceptionV4 = defineComposite({
  type: 'inception-v4',
  version: 1,
  title: 'Inception v4',
  category: 'block',
  source: 'Szegedy et al. Inception-v4, Inception-ResNet. 2016. arXiv:1602.07261, figures 3 to 8',
  help:
    'The stem, the three modules and the two reductions of Inception-v4. They are simpler and more uniform than those of ' +
    'v3, and stand one after the other without adjustments.',
  formula: 'stem, 4 A, reduction-A, 7 B, reduction-B, 3 C',
  example: { params: { form: 'C' }, shapes: [[8, 8, 1536]] },
  inputs: ['x'],
  params: z.strictObject({
    form: choice('A', FORMS, {
      title: 'Form',
      help: 'A, B, C keep the sides; the stem and the reductions do not',
    }),
    ...normFields(1e-3),
  }),
  name: (p) => `Inception-v4 ${p.form}`,
  detail: (p) => words(p.form.startsWith('reduction') && 'halves'),

  expand({ form, ...norm }, [x]) {
    requireMap(x!);
    requireSides(x!, form === 'stem' ? 27 : form.startsWith('reduction') ? 3 : 1);
    const g = new LayerBuilder(norm);
    const start = g.input('x');
    return g.result(
      form === 'stem' ? addSteps(g, 'stem', STEM, start) : addBranches(g, BRANCHES[form], start),
    );
  },
});
