import { z } from 'zod';
import { UserError } from '../../errors';
import type { Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { choice, int } from '../fields';
import { SubgraphBuilder } from '../subgraph';
import { requireMap, words } from '../window';

/**
 * y = F(x) + x, F two 3×3 convolutions (basic) or 1×1, 3×3, 1×1 with a quarter of the channels (bottleneck).
 *
 * x [h, w, c] -> [ceil(h / stride), ceil(w / stride), filters]. Where that shape differs from x's, the
 * shortcut pads zero channels and subsamples (option A of the paper) or projects by a strided 1×1 convolution
 * (option B).
 *
 * @see He et al. Deep Residual Learning. 2015, section 3.2-3.3, figure 5
 * @see He et al. Identity Mappings in Deep Residual Networks. 2016, figure 4: (a) and (e) are the units here
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
  inputs: ['x'],
  params: z.strictObject({
    filters: int(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 256] }),
    stride: int(1, { title: 'Stride', max: 8, quick: [1, 2] }),
    form: choice('basic', ['basic', 'bottleneck'], { title: 'Form' }),
    unit: choice('original', ['original', 'full-preact'], { title: 'Unit' }),
    shortcut: choice('zero-pad', ['zero-pad', 'projection'], {
      title: 'Shortcut',
      help: 'Used where the shapes differ',
    }),
  }),
  detail: (p) =>
    words(
      `${p.filters} filters`,
      p.stride > 1 && `stride ${p.stride}`,
      p.form === 'bottleneck' && 'bottleneck',
      p.unit !== 'original' && 'pre-activated',
    ),

  expand(p, [x]) {
    requireMap(x!);
    if (p.shortcut === 'zero-pad' && p.filters < x![2]!) throw fewerFilters(x![2]!, p.filters);
    return p.unit === 'original' ? original(p, x!) : preactivated(p, x!);
  },
});

function fewerFilters(channels: number, filters: number): UserError {
  return new UserError(
    'residual/shortcut',
    `A zero-padded shortcut cannot take ${channels} channels to ${filters} filters.`,
    'It adds channels of zeros to its input and can leave none out.',
    `Set shortcut to 'projection', or filters to ${channels} or more.`,
    { param: 'shortcut' },
  );
}

interface Params {
  filters: number;
  stride: number;
  form: 'basic' | 'bottleneck';
  unit: 'original' | 'full-preact';
  shortcut: 'zero-pad' | 'projection';
}

/** Those of F. The bottleneck strides on its 3×3, as is usual now (v1.5); the paper's on its first 1×1. */
function convolutions(p: Params): { kernel: number; filters: number; stride: number }[] {
  if (p.form === 'basic') {
    return [
      { kernel: 3, filters: p.filters, stride: p.stride },
      { kernel: 3, filters: p.filters, stride: 1 },
    ];
  }
  const width = Math.max(1, Math.floor(p.filters / 4));
  return [
    { kernel: 1, filters: width, stride: 1 },
    { kernel: 3, filters: width, stride: p.stride },
    { kernel: 1, filters: p.filters, stride: 1 },
  ];
}

const projection = ({ filters, stride }: Params) => ({ filters, stride, kernel: 1, padding: 0, bias: false });
const padOf = (kernel: number) => (kernel - 1) / 2;
const changes = (p: Params, x: Shape) => p.stride !== 1 || x[2] !== p.filters;

function original(p: Params, x: Shape) {
  const g = new SubgraphBuilder();
  const start = g.input('x');
  let y = start;
  convolutions(p).forEach((c, i, all) => {
    y = g.add(`conv${i + 1}`, 'conv2d', { ...c, padding: padOf(c.kernel), bias: false }, y);
    y = g.add(`bn${i + 1}`, 'batch-norm', {}, y);
    if (i < all.length - 1) y = g.add(`relu${i + 1}`, 'activation', { function: 'relu' }, y);
  });
  let short = start;
  if (changes(p, x) && p.shortcut === 'zero-pad') {
    short = g.add('shortcut', 'zero-pad', { mode: 'shortcut', filters: p.filters, stride: p.stride }, short);
  } else if (changes(p, x)) {
    short = g.add('projection', 'conv2d', projection(p), short);
    short = g.add('projection-bn', 'batch-norm', {}, short);
  }
  return g.result(g.add('relu', 'activation', { function: 'relu' }, g.join('add', 'add', {}, [y, short])));
}

/** BN and ReLU before each convolution; a projection takes the first pair's output, as the authors' does. */
function preactivated(p: Params, x: Shape) {
  const g = new SubgraphBuilder();
  const start = g.input('x');
  let y = start;
  let activated = start;
  convolutions(p).forEach((c, i) => {
    y = g.add(`bn${i + 1}`, 'batch-norm', {}, y);
    y = g.add(`relu${i + 1}`, 'activation', { function: 'relu' }, y);
    if (i === 0) activated = y;
    y = g.add(`conv${i + 1}`, 'conv2d', { ...c, padding: padOf(c.kernel), bias: false }, y);
  });
  let short = start;
  if (changes(p, x) && p.shortcut === 'zero-pad') {
    short = g.add('shortcut', 'zero-pad', { mode: 'shortcut', filters: p.filters, stride: p.stride }, short);
  } else if (changes(p, x)) {
    short = g.add('projection', 'conv2d', projection(p), activated);
  }
  return g.result(g.join('add', 'add', {}, [y, short]));
}
