import { z } from 'zod';
import { addBranches, type Branches, conv, halving, max, mean, requireSides } from '../branches';
import { defineComposite } from '../define';
import { choice, normFields, real, toggle } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

const FORMS = ['mixed', 'A', 'reduction-A', 'B', 'reduction-B', 'C'] as const;
type Form = (typeof FORMS)[number];
const isResidual = (form: unknown) => form === 'A' || form === 'B' || form === 'C';

/** Figures 16 to 19 and 7, of Inception-ResNet-v2. */
const BRANCHES: Readonly<Record<Form, Branches>> = {
  mixed: {
    one: [conv(96)],
    five: [conv(48), conv(64, 5)],
    double: [conv(64), conv(96, 3), conv(96, 3)],
    pooled: [mean(false), conv(64)],
  },
  A: { one: [conv(32)], three: [conv(32), conv(32, 3)], double: [conv(32), conv(48, 3), conv(64, 3)] },
  'reduction-A': { three: [halving(384)], double: [conv(256), conv(256, 3), halving(384)], pooled: [max(2)] },
  B: { one: [conv(192)], seven: [conv(128), conv(160, [1, 7]), conv(192, [7, 1])] },
  'reduction-B': {
    three: [conv(256), halving(384)],
    narrow: [conv(256), halving(288)],
    double: [conv(256), conv(288, 3), halving(320)],
    pooled: [max(2)],
  },
  C: { one: [conv(192)], three: [conv(192), conv(224, [1, 3]), conv(256, [3, 1])] },
};

/**
 * y = relu(x + scale · W [branches]): the modules of Inception-ResNet-v2, whose branches are brought back to x's channels
 * by a 1×1 with bias and without batch norm. A, B, C: x, y [h, w, c]. The other forms have no sum: mixed [h, w, 320],
 * reduction-A [h', w', 768 + c], reduction-B [h', w', 992 + c].
 *
 * @throws UserError `inception/size`
 * @see Szegedy et al. Inception-v4. 2016. arXiv:1602.07261, section 3.2 and 3.3, figures 16 to 20
 */
export const inceptionResnet = defineComposite({
  type: 'inception-resnet',
  version: 1,
  title: 'Inception-ResNet',
  category: 'block',
  source:
    'Szegedy et al. Inception-v4, Inception-ResNet. 2016. arXiv:1602.07261, section 3.2 and figures 16 to 20',
  help:
    'Inception branches whose result is added to the input rather than put in its place. A small factor before the sum keeps ' +
    'nets of a thousand filters and more from diverging.',
  formula: 'y = relu(x + s · W [b₁(x), b₂(x), …])',
  example: { params: { form: 'B' }, shapes: [[17, 17, 1088]] },
  inputs: ['x'],
  params: z.strictObject({
    form: choice('A', FORMS, {
      title: 'Form',
      help: 'A, B, C add to their input; the others make a new map',
    }),
    scale: real(0.17, {
      title: 'Scale',
      max: 1,
      help: 'Factor of what is added',
      quick: [0.1, 0.17, 0.2, 1],
      only: (p) => isResidual(p['form']),
    }),
    relu: toggle(true, { title: 'ReLU', help: 'After the sum', only: (p) => isResidual(p['form']) }),
    ...normFields(1e-3),
  }),
  name: (p) => (isResidual(p.form) ? `Inception-ResNet ${p.form}` : `Inception ${p.form}`),
  detail: (p) => words(isResidual(p.form) && `×${p.scale}`, p.form.startsWith('reduction') && 'halves'),

  expand(p, [x]) {
    requireMap(x!);
    if (p.form.startsWith('reduction')) requireSides(x!, 3);
    const g = new LayerBuilder(p);
    const start = g.input('x');
    let y = addBranches(g, BRANCHES[p.form], start);
    if (!isResidual(p.form)) return g.result(y);
    y = g.conv('project', { filters: x![2]!, kernel: 1, bias: true }, y);
    if (p.scale !== 1) y = g.add('scale', 'scale', { factor: p.scale }, y);
    y = g.join('add', 'add', {}, [start, y]);
    return g.result(p.relu ? g.act('relu', y) : y);
  },
});
