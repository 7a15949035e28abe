import { z } from 'zod';
import { UserError } from '../../errors';
import { formatShape, type Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { normFields, real } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap } from '../window';

/**
 * Batch norm, ReLU, a 1×1 to floor(compression · c) channels and an average pool 2×2:
 * x [h, w, c] -> [floor(h / 2), floor(w / 2), floor(compression · c)].
 *
 * @throws UserError `transition/size` on a map of one pixel
 * @see Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3, "Compression"
 */
export const transition = defineComposite({
  type: 'transition',
  version: 1,
  title: 'Transition',
  category: 'block',
  source: 'Huang et al. Densely Connected Convolutional Networks. 2016. arXiv:1608.06993, section 3',
  help:
    'Halves the map between two dense blocks, and with a compression below 1 the channels. DenseNet-BC takes half of ' +
    'them.',
  formula: 'y = mean2×2(W relu(bn(x)))',
  inputs: ['x'],
  params: z.strictObject({
    compression: real(0.5, {
      title: 'Compression',
      min: 0.01,
      max: 1,
      help: 'Share of the channels',
      quick: [0.5, 1],
    }),
    ...normFields(),
  }),
  widths: [],
  detail: (p) => `×${p.compression} channels`,

  expand(p, [x]) {
    requireMap(x!);
    if (Math.min(x![0]!, x![1]!) < 2) throw tooSmall(x!);
    const g = new LayerBuilder(p);
    const filters = Math.max(1, Math.floor(x![2]! * p.compression));
    const y = g.conv('conv', { filters, kernel: 1 }, g.act('relu', g.norm('bn', g.input('x'))));
    return g.result(g.add('pool', 'avg-pool', { kernel: 2, stride: 2 }, y));
  },
});

const tooSmall = (x: Shape): UserError =>
  new UserError(
    'transition/size',
    `A map of ${formatShape(x)} cannot be halved.`,
    'The pooling takes 2×2 pixels to one.',
    'Leave the transition out, or give the net a larger input.',
    { port: 'x' },
  );
