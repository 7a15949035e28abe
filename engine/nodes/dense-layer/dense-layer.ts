import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, normFields, real, toggle } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

/**
 * y = [x, F(x)], F batch norm, ReLU and a 3×3 convolution of `growth` filters, with the bottleneck after a 1×1 of
 * 4 × growth: x [h, w, c] -> [h, w, c + growth].
 *
 * @see Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3
 */
export const denseLayer = defineComposite({
  type: 'dense-layer',
  version: 1,
  title: 'Dense layer',
  category: 'block',
  source: 'Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3',
  help:
    'Adds a few new channels to all that came before, and passes both on. Every later layer so reads each earlier one ' +
    'directly.',
  formula: 'y = [x, W₂ relu(bn(W₁ relu(bn(x))))]',
  inputs: ['x'],
  params: z.strictObject({
    growth: channelCount(32, {
      title: 'Growth',
      max: 4096,
      help: 'Channels that it adds',
      quick: [12, 24, 32, 40, 48],
    }),
    bottleneck: toggle(true, { title: 'Bottleneck', help: 'A 1×1 of 4 × growth filters before the 3×3' }),
    dropout: real(0, { title: 'Dropout', max: 0.9, help: 'After each convolution' }),
    ...normFields(),
  }),
  detail: (p) => words(`+${p.growth}`, !p.bottleneck && 'no bottleneck'),

  expand(p, [x]) {
    requireMap(x!);
    const g = new LayerBuilder(p);
    const start = g.input('x');
    const drop = (n: number, y: ReturnType<typeof g.input>) =>
      p.dropout > 0 ? g.add(`dropout${n}`, 'dropout', { rate: p.dropout }, y) : y;
    let y = g.act('relu1', g.norm('bn1', start));
    if (p.bottleneck) {
      y = drop(1, g.conv('conv1', { filters: 4 * p.growth, kernel: 1 }, y));
      y = g.act('relu2', g.norm('bn2', y));
    }
    y = drop(2, g.conv('conv2', { filters: p.growth }, y));
    return g.result(g.join('concat', 'concat', {}, [start, y]));
  },
});
