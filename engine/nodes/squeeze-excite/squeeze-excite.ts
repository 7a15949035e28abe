import { z } from 'zod';
import { defineComposite } from '../define';
import { choice, int } from '../fields';
import { SubgraphBuilder } from '../subgraph';
import { requireMap, words } from '../window';

/**
 * y = x * gate(expand(act(reduce(mean of x)))): one factor a channel, worked out from all channels.
 * x and y [h, w, c]; 2 c u + u + c weights, u the squeezed units.
 *
 * @see Hu, Shen, Sun. Squeeze-and-Excitation Networks. 2017. arXiv:1709.01507, equations 2 to 4
 */
export const squeezeExcite = defineComposite({
  type: 'squeeze-excite',
  version: 1,
  title: 'Squeeze and excite',
  category: 'block',
  source: 'Hu, Shen, Sun. Squeeze-and-Excitation Networks. 2017. arXiv:1709.01507, section 3',
  help:
    'Weighs each channel by a number between 0 and 1 that follows from all channels’ means. It costs few ' +
    'multiply-adds; in ResNet-50 it took the top-5 error from 7.48 to 6.62 %.',
  formula: 'y = x · σ(W₂ act(W₁ mean(x)))',
  inputs: ['x'],
  shorthand: { names: ['se'] },
  params: z.strictObject({
    ratio: int(16, {
      title: 'Ratio',
      help: 'Channels over squeezed units',
      quick: [4, 8, 16],
      only: (p) => p['units'] === 0,
    }),
    units: int(0, { title: 'Units', min: 0, help: 'Squeezed units; 0 takes channels ÷ ratio' }),
    function: choice('relu', ['relu', 'swish'], {
      title: 'Function',
      help: 'Activation between the two dense layers',
    }),
    gate: choice('sigmoid', ['sigmoid', 'hard-sigmoid'], {
      title: 'Gate',
      help: 'What makes factors from 0 to 1 of the last ones',
    }),
  }),
  detail: (p) => words(p.units > 0 ? `${p.units} units` : `ratio ${p.ratio}`),

  expand(p, [x]) {
    requireMap(x!);
    const channels = x![2]!;
    const g = new SubgraphBuilder();
    const start = g.input('x');
    let y = g.add('pool', 'global-avg-pool', {}, start);
    const units = p.units > 0 ? p.units : Math.max(1, Math.floor(channels / p.ratio));
    y = g.add('reduce', 'dense', { units }, y);
    y = g.add('function', 'activation', { function: p.function }, y);
    y = g.add('expand', 'dense', { units: channels }, y);
    y = g.add('gate', 'activation', { function: p.gate }, y);
    return g.result(g.join('scale', 'multiply', {}, [start, y]));
  },
});
