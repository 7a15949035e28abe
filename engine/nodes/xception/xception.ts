import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields, toggle } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

/**
 * y = F(x) + x, F `repeats` separable 3×3 convolutions, each with a batch norm after and a ReLU before it, and with a
 * stride a max pool 3×3. x [h, w, c] -> [ceil(h / stride), ceil(w / stride), filters]; the shortcut is a strided 1×1
 * with batch norm where the shapes differ.
 *
 * @see Chollet. Xception. 2016. arXiv:1610.02357, figure 5
 */
export const xception = defineComposite({
  type: 'xception',
  version: 1,
  title: 'Xception',
  category: 'block',
  source:
    'Chollet. Xception: Deep Learning with Depthwise Separable Convolutions. 2016. arXiv:1610.02357, figure 5',
  help:
    'A residual block of depthwise separable convolutions, which look at places and at channels apart. It is what is ' +
    'left of an Inception module as its branches become one a channel.',
  formula: 'y = pool(sep(relu(… sep(relu(x))))) + W x',
  example: { params: { filters: 128, stride: 2, repeats: 2 } },
  inputs: ['x'],
  params: z.strictObject({
    filters: channelCount(128, { title: 'Filters', help: 'Channels of the output', quick: [128, 256, 728] }),
    repeats: int(2, {
      title: 'Convolutions',
      help: 'Separable convolutions in a row',
      max: 16,
      quick: [2, 3],
    }),
    stride: int(1, { title: 'Stride', max: 8, help: 'Of the max pool at the end', quick: [1, 2] }),
    startWithRelu: toggle(true, {
      title: 'Start with ReLU',
      help: 'A ReLU before the first convolution; not behind a stem that ends in one',
    }),
    grow: choice('first', ['first', 'last'], {
      title: 'Grow',
      help: 'The convolution that goes over to the filters',
    }),
    ...normFields(),
  }),
  detail: (p) =>
    words(`${p.filters} filters`, `${p.repeats} convolutions`, p.stride > 1 && `stride ${p.stride}`),

  expand(p, [x]) {
    requireMap(x!);
    const channels = x![2]!;
    const g = new LayerBuilder(p);
    const start = g.input('x');
    let y = start;
    for (let i = 1; i <= p.repeats; i++) {
      const grown = p.grow === 'first' || i === p.repeats;
      if (i > 1 || p.startWithRelu) y = g.act(`relu${i}`, y);
      const sep = { filters: grown ? p.filters : channels, kernel: 3, padding: 1, bias: false };
      y = g.norm(`bn${i}`, g.add(`sep${i}`, 'separable-conv2d', sep, y));
    }
    const { stride, filters } = p;
    if (stride > 1) y = g.add('pool', 'max-pool', { kernel: 3, stride, padding: 1 }, y);
    let short = start;
    if (stride > 1 || filters !== channels)
      short = g.convNormAct('projection', { filters, stride, kernel: 1 }, start, 'linear');
    return g.result(g.join('add', 'add', {}, [y, short]));
  },
});
