import { z } from 'zod';
import type { Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields, real, stochasticDepth, toggle } from '../fields';
import { requireGroups } from '../groups';
import { LayerBuilder } from '../layers';
import { addShortcut, requireShortcut, shortcutField } from '../shortcut';
import { COPIES } from '../shorthand';
import type { End } from '../subgraph';
import { requireMap, words } from '../window';

const UNITS = ['original', 'bn-after-add', 'relu-before-add', 'relu-only-preact', 'full-preact'] as const;
type Unit = (typeof UNITS)[number];
const isPreactivated = (unit: unknown) => unit === 'relu-only-preact' || unit === 'full-preact';
const bottleneck = (p: Record<string, unknown>) => p['form'] === 'bottleneck';
const joins = (p: Record<string, unknown>) => p['shortcut'] !== 'none';

/**
 * y = F(x) + x, F two 3×3 convolutions (basic) or 1×1, 3×3, 1×1 with a quarter of the channels (bottleneck).
 *
 * x [h, w, c] -> [ceil(h / stride), ceil(w / stride), filters]. Where that shape differs from x's, the
 * shortcut pads zero channels and subsamples (option A of the paper) or projects by a strided 1×1 convolution
 * (option B); option C projects always. Where batch norm and ReLU stand is the unit's matter.
 *
 * @throws UserError `residual/shortcut`, `conv2d/groups`
 * @see He et al. Deep Residual Learning. 2015, section 3.2-3.3, figure 5; section 4.1, options A, B and C
 * @see He et al. Identity Mappings in Deep Residual Networks. 2016. arXiv:1603.05027, figure 4: the five units
 */
export const residual = defineComposite({
  type: 'residual',
  version: 1,
  title: 'Residual',
  category: 'block',
  source:
    'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, section 3.2',
  help:
    'Learns what to add to its input rather than a whole new map: y = F(x) + x. Gradients pass the sum ' +
    'unchanged, so that nets of a hundred layers still train.',
  formula: 'y = relu(F(x) + x),  F(x) = bn(W₂ relu(bn(W₁ x)))',
  example: { params: { filters: 64, stride: 2, form: 'bottleneck', shortcut: 'projection' } },
  inputs: ['x'],
  shorthand: {
    names: ['res', 'resblock'],
    // `res 3 64`: three of them, as a stage of a ResNet
    numbers: [['filters'], [COPIES, 'filters'], [COPIES, 'filters', 'stride']],
  },
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 256] }),
    stride: int(1, { title: 'Stride', max: 8, quick: [1, 2] }),
    form: choice('basic', ['basic', 'bottleneck'], {
      title: 'Form',
      help: 'Two 3×3 convolutions, or a 1×1, a 3×3 and a 1×1 (bottleneck)',
    }),
    unit: choice('original', UNITS, {
      title: 'Unit',
      help: 'Where batch norm and ReLU stand: the five of figure 4 of 2016',
    }),
    shortcut: shortcutField(),
    width: int(0, { title: 'Width', min: 0, help: 'Channels inside; 0 takes filters, ÷ 4 in a bottleneck' }),
    groups: int(1, { title: 'Groups', help: 'Of the 3×3 convolution', only: bottleneck }),
    dilation: int(1, { title: 'Dilation', max: 64, help: 'Of the 3×3 convolutions' }),
    strideOn: choice('3x3', ['3x3', '1x1'], {
      title: 'Stride on',
      help: 'The 3×3 as is usual now, or the first 1×1 as in the paper',
      only: bottleneck,
    }),
    activateBoth: toggle(false, {
      title: 'Activate both',
      help: 'The shortcut, too, takes the pre-activated map, as in the first unit of a net',
      only: (p) => isPreactivated(p['unit']) && joins(p),
    }),
    squeeze: int(0, {
      title: 'Squeeze',
      min: 0,
      help: 'Ratio of a squeeze-excite before the sum; 0 for none',
    }),
    dropout: real(0, { title: 'Dropout', max: 0.9, help: 'Before the second convolution' }),
    stochasticDepth: stochasticDepth(),
    zeroGamma: toggle(false, {
      title: 'Zero gamma',
      help: 'The last batch norm before the sum starts at nothing, so that the block starts as its shortcut',
      only: (p) => p['unit'] !== 'bn-after-add' && p['unit'] !== 'full-preact' && joins(p),
    }),
    ...normFields(),
  }),
  detail: (p) =>
    words(
      `${p.filters} filters`,
      p.stride > 1 && `stride ${p.stride}`,
      p.form === 'bottleneck' && 'bottleneck',
      p.groups > 1 && `${p.groups} groups`,
      p.unit !== 'original' && (p.unit === 'full-preact' ? 'pre-activated' : p.unit),
    ),

  expand(p, [x]) {
    requireMap(x!);
    requireShortcut(x!, p);
    if (p.form === 'bottleneck') requireGroups(widthOf(p), { filters: widthOf(p), groups: p.groups });
    const g = new LayerBuilder(p);
    const start = g.input('x');
    const activated = around(g, BEFORE[p.unit], 1, start);
    const projects = p.shortcut === 'all-projections' || (p.shortcut === 'projection' && changes(p, x!));
    const early = isPreactivated(p.unit) && (projects || p.activateBoth);
    const norm = p.unit !== 'bn-after-add' && p.unit !== 'full-preact';
    const short = (from: End) => addShortcut(g, { ...p, norm }, x!, from);
    if (p.shortcut === 'none') return g.result(after(g, p, branch(g, p, activated)));
    // a pre-activated map is ready before F, and so is its projection
    const first = early ? short(activated) : undefined;
    const y = branch(g, p, activated);
    return g.result(after(g, p, g.join('add', 'add', {}, [y, first ?? short(start)])));
  },
});

interface Params {
  filters: number;
  stride: number;
  form: 'basic' | 'bottleneck';
  unit: Unit;
  shortcut: 'zero-pad' | 'projection' | 'all-projections' | 'none';
  width: number;
  groups: number;
  dilation: number;
  strideOn: '3x3' | '1x1';
  squeeze: number;
  dropout: number;
  stochasticDepth: number;
  zeroGamma: boolean;
}

const changes = (p: Params, x: Shape) => p.stride !== 1 || x[2] !== p.filters;
const widthOf = (p: Params) =>
  p.width > 0 ? p.width : p.form === 'basic' ? p.filters : Math.max(1, Math.floor(p.filters / 4));

/** Those of F. */
function convolutions(p: Params) {
  const [width, { stride, dilation }] = [widthOf(p), p];
  if (p.form === 'basic') {
    return [
      { kernel: 3, filters: width, stride, dilation },
      { kernel: 3, filters: p.filters, stride: 1, dilation },
    ];
  }
  const first = p.strideOn === '1x1';
  return [
    { kernel: 1, filters: width, stride: first ? stride : 1 },
    { kernel: 3, filters: width, stride: first ? 1 : stride, dilation, groups: p.groups },
    { kernel: 1, filters: p.filters, stride: 1 },
  ];
}

/** What stands around each convolution of F. */
const BEFORE: Readonly<Record<Unit, readonly ('bn' | 'relu')[]>> = {
  original: [],
  'bn-after-add': [],
  'relu-before-add': [],
  'relu-only-preact': ['relu'],
  'full-preact': ['bn', 'relu'],
};
const AFTER: Readonly<Record<Unit, readonly ('bn' | 'relu')[]>> = {
  original: ['bn', 'relu'],
  'bn-after-add': ['bn', 'relu'],
  'relu-before-add': ['bn', 'relu'],
  'relu-only-preact': ['bn'],
  'full-preact': [],
};
/** What of it follows the sum rather than the last convolution. */
const AFTER_SUM: Readonly<Partial<Record<Unit, readonly ('bn' | 'relu')[]>>> = {
  original: ['relu'],
  'bn-after-add': ['bn', 'relu'],
};

/** Batch norms and ReLUs of convolution `n`, one after the other. */
const around = (g: LayerBuilder, list: readonly ('bn' | 'relu')[], n: number, from: End, norm = {}): End =>
  list.reduce((y, what) => (what === 'bn' ? g.norm(`bn${n}`, y, norm) : g.act(`relu${n}`, y)), from);

/** F, from its first convolution on. */
function branch(g: LayerBuilder, p: Params, activated: End): End {
  const convs = convolutions(p);
  let y = activated;
  convs.forEach((c, i) => {
    const last = i === convs.length - 1;
    if (i > 0) y = around(g, BEFORE[p.unit], i + 1, y);
    if (i === 1 && p.dropout > 0) y = g.add('dropout', 'dropout', { rate: p.dropout }, y);
    y = g.conv(`conv${i + 1}`, c, y);
    const kept = AFTER[p.unit].filter((what) => !last || !AFTER_SUM[p.unit]?.includes(what));
    y = around(g, kept, i + 1, y, last && p.zeroGamma ? { start: 'zeros' } : {});
  });
  if (p.squeeze > 0) y = g.add('squeeze', 'squeeze-excite', { ratio: p.squeeze }, y);
  if (p.stochasticDepth > 0 && p.shortcut !== 'none')
    y = g.add('depth', 'stochastic-depth', { rate: p.stochasticDepth }, y);
  return y;
}

function after(g: LayerBuilder, p: Params, sum: End): End {
  return (AFTER_SUM[p.unit] ?? []).reduce(
    (y, what) => (what === 'bn' ? g.norm('bn', y) : g.act('relu', y)),
    sum,
  );
}
