import { z } from 'zod';
import { defineComposite } from '../define';
import { choice, int, real } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

/**
 * y = T(x) · H(x) + (1 − T(x)) · x, H a convolution and its activation, T one with a sigmoid: x, y [h, w, c], with
 * 2 (k² c² + c) weights.
 *
 * @see Srivastava, Greff, Schmidhuber. Highway Networks. 2015. arXiv:1505.00387, section 2, equation 3
 */
export const highway = defineComposite({
  type: 'highway',
  version: 1,
  title: 'Highway',
  category: 'block',
  source: 'Srivastava, Greff, Schmidhuber. Highway Networks. 2015. arXiv:1505.00387, section 2',
  help:
    'Learns by a gate at each value how much to change and how much to carry. A negative gate bias lets it carry at ' +
    'first, so that nets of tens of layers start to train.',
  formula: 'y = T(x) · H(x) + (1 − T(x)) · x',
  inputs: ['x'],
  params: z.strictObject({
    kernel: int(3, { title: 'Kernel', max: 31, quick: [1, 3, 5] }),
    function: choice('relu', ['relu', 'tanh', 'elu', 'gelu'], {
      title: 'Function',
      help: 'Activation of the transform H',
    }),
    biasStart: real(-2, {
      title: 'Gate bias',
      min: -20,
      max: 20,
      help: 'Where the bias of T starts',
      quick: [-1, -2, -3],
    }),
  }),
  detail: (p) => words(`${p.kernel}×${p.kernel}`, `gate bias ${p.biasStart}`),

  expand(p, [x]) {
    requireMap(x!);
    const g = new LayerBuilder();
    const start = g.input('x');
    const filters = x![2]!;
    const conv = { filters, kernel: p.kernel, bias: true, padding: 'same' as const };
    const h = g.act('h-act', g.conv('h', conv, start), p.function);
    const gate = g.add('t', 'conv2d', { ...conv, biasStart: p.biasStart }, start);
    const t = g.act('t-sigmoid', gate, 'sigmoid');
    return g.result(g.wire('gate', 'gate', {}, { h, t, x: start }));
  },
});
