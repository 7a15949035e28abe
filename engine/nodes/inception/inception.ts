import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, choice } from '../fields';
import { SubgraphBuilder } from '../subgraph';
import { requireMap } from '../window';

const reduced = (p: Record<string, unknown>) => p['form'] === 'reduced';

/**
 * Four looks at one map, side by side: x [h, w, c] -> [h, w, c1 + c3 + c5 + pool], channels in the order of
 * table 1: 1×1, 3×3, 5×5, pool projection. The naive form has no reductions and passes all c pooled channels
 * on: [h, w, c1 + c3 + c5 + c].
 *
 * Every convolution has a bias and a ReLU and no batch norm, as in 2014.
 *
 * @see Szegedy et al. Going Deeper with Convolutions. 2014, figure 2: (a) naive, (b) with reductions
 * @example 3a, the default, on 28×28×192: 28×28×256, 163,696 parameters, 128 M multiply-accumulates
 */
export const inception = defineComposite({
  type: 'inception',
  version: 1,
  title: 'Inception',
  category: 'block',
  source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 4 and table 1',
  help:
    'Looks at each place by 1×1, 3×3, 5×5 and pooling at once, and lets the next layer choose. 1×1 ' +
    'convolutions that first reduce the channels make it affordable: 128 M multiply-adds for 3a where the ' +
    'naive form takes 303 M.',
  inputs: ['x'],
  params: z.strictObject({
    form: choice('reduced', ['reduced', 'naive'], {
      title: 'Form',
      help: 'With 1×1 convolutions that reduce the channels first, or without',
    }),
    c1: channelCount(64, { title: '#1×1', help: 'Filters of the 1×1 branch' }),
    r3: channelCount(96, { title: '#3×3 reduce', help: 'Filters of the 1×1 before the 3×3', only: reduced }),
    c3: channelCount(128, { title: '#3×3', help: 'Filters of the 3×3 branch' }),
    r5: channelCount(16, { title: '#5×5 reduce', help: 'Filters of the 1×1 before the 5×5', only: reduced }),
    c5: channelCount(32, { title: '#5×5', help: 'Filters of the 5×5 branch' }),
    pool: channelCount(32, {
      title: 'Pool proj',
      help: 'Filters of the 1×1 after the max pool',
      only: reduced,
    }),
  }),
  name: (p) => (p.form === 'naive' ? 'Naive inception' : 'Inception'),
  detail: (p) =>
    p.form === 'naive'
      ? `${p.c1} · ${p.c3} · ${p.c5} · pool`
      : `${p.c1} · ${p.r3}→${p.c3} · ${p.r5}→${p.c5} · pool→${p.pool}`,

  expand(p, [x]) {
    requireMap(x!);
    const g = new SubgraphBuilder();
    const start = g.input('x');
    const conv = (id: string, kernel: number, filters: number, from: ReturnType<typeof g.input>) =>
      g.add(`${id}-relu`, 'activation', { function: 'relu' }, g.add(id, 'conv2d', { filters, kernel }, from));
    const reduce = (id: string, filters: number) =>
      p.form === 'reduced' ? conv(id, 1, filters, start) : start;

    const one = conv('conv1', 1, p.c1, start);
    const three = conv('conv3', 3, p.c3, reduce('reduce3', p.r3));
    const five = conv('conv5', 5, p.c5, reduce('reduce5', p.r5));
    const pooled = g.add('pool', 'max-pool', { kernel: 3, stride: 1, padding: 'same' }, start);
    const last = p.form === 'reduced' ? conv('pool-proj', 1, p.pool, pooled) : pooled;
    return g.result(g.join('concat', 'concat', {}, [one, three, five, last]));
  },
});
