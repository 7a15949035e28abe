import { z } from 'zod';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields, stochasticDepth, toggle } from '../fields';
import { LayerBuilder } from '../layers';
import { addShortcut, requireShortcut, shortcutField } from '../shortcut';
import type { End } from '../subgraph';
import { requireMap, words } from '../window';

/**
 * y = Σ T_i(x) + x, each T_i a path 1×1, 3×3, 1×1 of few channels: x [h, w, c] -> [ceil(h / stride), ceil(w / stride),
 * filters].
 *
 * `paths` draws every T_i (figure 3 a; the last batch norm after their sum); `grouped` is the same function as one
 * bottleneck whose 3×3 has a group a path (figure 3 c). Both have the same weights and cost.
 *
 * @throws UserError `residual/shortcut`
 * @see Xie et al. Aggregated Residual Transformations. 2016. arXiv:1611.05431, section 3.3, figure 3
 */
export const resnext = defineComposite({
  type: 'resnext',
  version: 1,
  title: 'ResNeXt',
  category: 'block',
  source:
    'Xie et al. Aggregated Residual Transformations for Deep Neural Networks. 2016. arXiv:1611.05431, section 3',
  help:
    'Adds up many small paths of one form, and its input. As a grouped convolution it costs as much as a plain ' +
    'bottleneck and is more accurate: more paths help more than wider ones.',
  formula: 'y = relu(Σᵢ Tᵢ(x) + x),  i = 1 … cardinality',
  example: { params: { filters: 256, cardinality: 4, width: 4, form: 'paths' }, shapes: [[56, 56, 64]] },
  inputs: ['x'],
  params: z.strictObject({
    form: choice('grouped', ['grouped', 'paths'], {
      title: 'Form',
      help: 'One grouped convolution, or every path by itself: the same function',
    }),
    filters: channelCount(256, {
      title: 'Filters',
      help: 'Channels of the output',
      quick: [256, 512, 1024, 2048],
    }),
    cardinality: int(32, {
      title: 'Cardinality',
      max: 256,
      help: 'Paths side by side',
      quick: [8, 16, 32, 64],
    }),
    width: int(4, { title: 'Width', max: 256, help: 'Channels of each path', quick: [4, 8, 64] }),
    stride: int(1, { title: 'Stride', max: 8, quick: [1, 2] }),
    shortcut: shortcutField('projection'),
    stochasticDepth: stochasticDepth(),
    zeroGamma: toggle(false, {
      title: 'Zero gamma',
      help: 'The last batch norm starts at nothing, so that the block starts as its shortcut',
      only: (p) => p['shortcut'] !== 'none',
    }),
    ...normFields(),
  }),
  detail: (p) =>
    words(
      `${p.filters} filters`,
      `${p.cardinality}×${p.width}d`,
      p.stride > 1 && `stride ${p.stride}`,
      p.form === 'paths' && 'paths',
    ),
  resize: (p, count) => ({ ...p, filters: count }),

  expand(p, [x]) {
    requireMap(x!);
    requireShortcut(x!, p);
    const g = new LayerBuilder(p);
    const start = g.input('x');
    let y = p.form === 'grouped' ? grouped(g, p, start) : paths(g, p, start);
    y = g.norm('bn3', y, p.zeroGamma ? { start: 'zeros' } : {});
    if (p.shortcut !== 'none') {
      if (p.stochasticDepth > 0) y = g.add('depth', 'stochastic-depth', { rate: p.stochasticDepth }, y);
      y = g.join('add', 'add', {}, [y, addShortcut(g, p, x!, start)]);
    }
    return g.result(g.act('relu', y));
  },
});

interface Params {
  filters: number;
  cardinality: number;
  width: number;
  stride: number;
}

function grouped(g: LayerBuilder, { filters, cardinality, width, stride }: Params, start: End): End {
  const inner = cardinality * width;
  let y = g.act('relu1', g.norm('bn1', g.conv('conv1', { filters: inner, kernel: 1 }, start)));
  y = g.conv('conv2', { filters: inner, stride, groups: cardinality }, y);
  y = g.act('relu2', g.norm('bn2', y));
  return g.conv('conv3', { filters, kernel: 1 }, y);
}

function paths(g: LayerBuilder, { filters, cardinality, width, stride }: Params, start: End): End {
  const ends = Array.from({ length: cardinality }, (_, i) => {
    const id = `path${i + 1}`;
    let y = g.convNormAct(`${id}-conv1`, { filters: width, kernel: 1 }, start);
    y = g.convNormAct(`${id}-conv2`, { filters: width, stride }, y);
    return g.conv(`${id}-conv3`, { filters, kernel: 1 }, y);
  });
  return ends.length > 1 ? g.join('sum', 'add', {}, ends) : ends[0]!;
}
