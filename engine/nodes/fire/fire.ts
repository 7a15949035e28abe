import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap } from '../window';

/**
 * A 1×1 squeeze, then 1×1 and 3×3 side by side: x [h, w, c] -> [h, w, expand1 + expand3]. Biases, ReLU, no batch norm.
 *
 * @see Iandola et al. SqueezeNet. 2016. arXiv:1602.07360, section 3.2, figure 1
 */
export const fire = defineComposite({
  type: 'fire',
  version: 1,
  title: 'Fire',
  category: 'block',
  source: 'Iandola et al. SqueezeNet. 2016. arXiv:1602.07360, section 3.2 and figure 1',
  help:
    'Squeezes to few channels by 1×1, then expands by 1×1 and 3×3 side by side. Few channels before the 3×3 make ' +
    'AlexNet’s accuracy possible with 50 times fewer weights.',
  formula: 's = relu(W₁ x),  y = [relu(W₂ s), relu(W₃ * s)]',
  inputs: ['x'],
  params: z.strictObject({
    squeeze: channelCount(16, {
      title: 'Squeeze',
      help: 'Filters of the 1×1 before',
      quick: [16, 32, 48, 64],
    }),
    expand1: channelCount(64, {
      title: 'Expand 1×1',
      help: 'Filters of the 1×1 beside the 3×3',
      quick: [64, 128, 192, 256],
    }),
    expand3: channelCount(64, {
      title: 'Expand 3×3',
      help: 'Filters of the 3×3 beside the 1×1',
      quick: [64, 128, 192, 256],
    }),
  }),
  detail: (p) => `${p.squeeze} → ${p.expand1} + ${p.expand3}`,

  expand(p, [x]) {
    requireMap(x!);
    const g = new LayerBuilder();
    const conv = (id: string, filters: number, kernel: number, from: ReturnType<typeof g.input>) =>
      g.act(`${id}-relu`, g.conv(id, { filters, kernel, bias: true }, from));
    const s = conv('squeeze', p.squeeze, 1, g.input('x'));
    const ends = [conv('expand1', p.expand1, 1, s), conv('expand3', p.expand3, 3, s)];
    return g.result(g.join('concat', 'concat', {}, ends));
  },
});
