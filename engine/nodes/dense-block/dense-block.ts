import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, int, normFields, real, toggle } from '../fields';
import { SubgraphBuilder } from '../subgraph';
import { requireMap, words } from '../window';

/**
 * `layers` dense layers in a row, each of which reads all earlier ones: x [h, w, c] -> [h, w, c + layers · growth].
 *
 * @see Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3, figure 1
 * @example the first of DenseNet-121: 6 layers of growth 32 on 56×56×64 give 56×56×256
 */
export const denseBlock = defineComposite({
  type: 'dense-block',
  version: 1,
  title: 'Dense block',
  category: 'block',
  source:
    'Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3 and figure 1',
  help:
    'Layers that each read what all earlier ones made, and add a few channels of their own. Features are reused, so that ' +
    'it needs few filters; between two blocks stands a transition.',
  formula: 'xₗ = H([x₀, x₁, …, xₗ₋₁])',
  example: { params: { layers: 4, growth: 32 } },
  inputs: ['x'],
  params: z.strictObject({
    layers: int(6, {
      title: 'Layers',
      help: 'Layers in a row, each of which reads all before it',
      max: 128,
      quick: [6, 12, 16, 24],
    }),
    growth: channelCount(32, {
      title: 'Growth',
      max: 4096,
      help: 'Channels that each layer adds',
      quick: [12, 24, 32, 40, 48],
    }),
    bottleneck: toggle(true, { title: 'Bottleneck', help: 'A 1×1 of 4 × growth filters before each 3×3' }),
    dropout: real(0, { title: 'Dropout', max: 0.9, help: 'After each convolution' }),
    ...normFields(),
  }),
  detail: (p) => words(`${p.layers} layers`, `growth ${p.growth}`, !p.bottleneck && 'no bottleneck'),

  expand({ layers, ...params }, [x]) {
    requireMap(x!);
    const g = new SubgraphBuilder();
    let y = g.input('x');
    for (let i = 1; i <= layers; i++) y = g.add(`layer${i}`, 'dense-layer', params, y);
    return g.result(y);
  },
});
