import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields, real, stochasticDepth } from '../fields';
import { LayerBuilder } from '../layers';
import { requireMap, words } from '../window';

/**
 * 1×1 to more channels, depthwise k×k, 1×1 to few without an activation; added to x where the shapes agree.
 * x [h, w, c] -> [ceil(h / stride), ceil(w / stride), filters].
 *
 * With a squeeze it is the MBConv of EfficientNet, whose squeezed units are a share of the block's input.
 *
 * @see Sandler et al. MobileNetV2. 2018. arXiv:1801.04381, section 3.4, table 1
 * @see Tan, Le. EfficientNet. 2019. arXiv:1905.11946, section 4, table 1
 */
export const invertedResidual = defineComposite({
  type: 'inverted-residual',
  version: 1,
  title: 'Inverted residual',
  category: 'block',
  source:
    'Sandler et al. MobileNetV2. 2018. arXiv:1801.04381, section 3; Tan, Le. EfficientNet. 2019. arXiv:1905.11946',
  help:
    'Widens, filters each channel by itself, and narrows again: the shortcut joins the narrow ends. The narrow end ' +
    'has no activation, for a ReLU on few channels would lose what they hold.',
  formula: 'y = x + bn(W₂ · f(depthwise(f(W₁ x))))',
  inputs: ['x'],
  shorthand: { names: ['mbconv'] },
  params: z.strictObject({
    filters: channelCount(32, { title: 'Filters', help: 'Channels of the output', quick: [16, 24, 32, 64] }),
    expansion: real(6, {
      title: 'Expansion',
      min: 0.01,
      max: 64,
      help: 'Channels inside over channels of x',
      quick: [1, 4, 6],
    }),
    kernel: int(3, { title: 'Kernel', max: 31, quick: [3, 5] }),
    stride: int(1, { title: 'Stride', max: 8, quick: [1, 2] }),
    squeeze: int(0, {
      title: 'Squeeze',
      min: 0,
      help: 'Channels of x over squeezed units; 0 for none',
      quick: [0, 4],
    }),
    function: choice('relu6', ['relu6', 'relu', 'swish', 'hard-swish'], {
      title: 'Function',
      help: 'Activation behind the first two convolutions',
    }),
    stochasticDepth: stochasticDepth(),
    ...normFields(),
  }),
  detail: (p) =>
    words(
      `${p.filters} filters`,
      `×${p.expansion}`,
      p.kernel !== 3 && `${p.kernel}×${p.kernel}`,
      p.stride > 1 && `stride ${p.stride}`,
      p.squeeze > 0 && 'squeezed',
    ),
  resize: (p, count) => ({ ...p, filters: count }),

  expand(p, [x]) {
    requireMap(x!);
    const channels = x![2]!;
    const inner = Math.max(1, Math.round(channels * p.expansion));
    const g = new LayerBuilder(p);
    const start = g.input('x');
    let y = start;
    if (inner !== channels) y = g.convNormAct('expand', { filters: inner, kernel: 1 }, y, p.function);
    const { kernel, stride } = p;
    const padding = kernel % 2 === 1 ? (kernel - 1) / 2 : 'same';
    y = g.add('depthwise', 'depthwise-conv2d', { kernel, stride, padding, bias: false }, y);
    y = g.act('depthwise-relu', g.norm('depthwise-bn', y), p.function);
    if (p.squeeze > 0) {
      const units = Math.max(1, Math.floor(channels / p.squeeze));
      const soft = p.function === 'hard-swish';
      const act = { function: p.function.endsWith('swish') && !soft ? 'swish' : 'relu' };
      y = g.add('squeeze', 'squeeze-excite', { units, ...act, gate: soft ? 'hard-sigmoid' : 'sigmoid' }, y);
    }
    y = g.convNormAct('project', { filters: p.filters, kernel: 1 }, y, 'linear');
    if (stride !== 1 || channels !== p.filters) return g.result(y);
    if (p.stochasticDepth > 0) y = g.add('depth', 'stochastic-depth', { rate: p.stochasticDepth }, y);
    return g.result(g.join('add', 'add', {}, [y, start]));
  },
});
