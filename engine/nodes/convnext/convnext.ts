import { z } from 'zod';
import { defineComposite } from '../define';
import { epsilon, int, real, stochasticDepth } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

/**
 * y = x + scale · W₂ gelu(W₁ ln(depthwise(x))): x, y [h, w, c], with a depthwise k×k, a layer norm of each pixel and two
 * 1×1 that widen and narrow. (k² + 1) c + 2 c + 2 e c² + e c + c + c weights, e the expansion.
 *
 * @see Liu et al. A ConvNet for the 2020s. 2022. arXiv:2201.03545, section 2.6, figure 4
 */
export const convnext = defineComposite({
  type: 'convnext',
  version: 1,
  title: 'ConvNeXt',
  category: 'block',
  source: 'Liu et al. A ConvNet for the 2020s. 2022. arXiv:2201.03545, section 2.6 and figure 4',
  help:
    'A residual block after the manner of transformers: a large depthwise kernel, a layer norm, and one GELU between two ' +
    '1×1. A learned scale of nearly nothing lets it start as its shortcut.',
  formula: 'y = x + γ · W₂ gelu(W₁ LN(depthwise(x)))',
  example: { shapes: [[56, 56, 96]] },
  inputs: ['x'],
  params: z.strictObject({
    kernel: int(7, { title: 'Kernel', max: 63, quick: [3, 5, 7] }),
    expansion: int(4, { title: 'Expansion', max: 16, help: 'Channels inside over channels of x' }),
    layerScale: real(1e-6, {
      title: 'Layer scale',
      max: 1,
      help: 'Where the learned scale starts; 0 for none',
      quick: [0, 1e-6],
    }),
    stochasticDepth: stochasticDepth(),
    epsilon: epsilon(1e-6),
  }),
  widths: [],
  detail: (p) => words(`${p.kernel}×${p.kernel}`, `×${p.expansion}`),

  expand(p, [x]) {
    requireMap(x!);
    const channels = x![2]!;
    const g = new LayerBuilder();
    const start = g.input('x');
    let y = g.add(
      'depthwise',
      'depthwise-conv2d',
      { kernel: p.kernel, padding: 'same', initial: 'truncated' },
      start,
    );
    y = g.add('norm', 'layer-norm', { epsilon: p.epsilon }, y);
    const wide = { filters: channels * p.expansion, kernel: 1, bias: true };
    y = g.act('gelu', g.add('expand', 'conv2d', { ...wide, initial: 'truncated' }, y), 'gelu');
    y = g.add('project', 'conv2d', { ...wide, filters: channels, initial: 'truncated' }, y);
    if (p.layerScale > 0) y = g.add('scale', 'scale', { factor: p.layerScale, learned: true }, y);
    if (p.stochasticDepth > 0) y = g.add('depth', 'stochastic-depth', { rate: p.stochasticDepth }, y);
    return g.result(g.join('add', 'add', {}, [start, y]));
  },
});
