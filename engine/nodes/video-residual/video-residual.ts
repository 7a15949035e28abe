import { z } from 'zod';
import type { Shape } from '../../ir/shape';
import { defineComposite } from '../define';
import { channelCount, choice, int, normFields } from '../fields';
import { LayerBuilder } from '../layers';
import type { End } from '../subgraph';
import { requireVideo, words } from '../window';

/**
 * y = F(x) + x of videos, F two convolutions: 3×3×3 (`3d`), 1×3×3 then 3×1×1 (`2plus1d`), or 1×3×3 (`2d`, blind to time).
 * x [t, h, w, c] -> each side ceil(side / stride), and `filters` channels; `2d` keeps t.
 *
 * (2+1)D takes as many channels between its two parts as give it the weights of the 3×3×3.
 *
 * @see Tran et al. A Closer Look at Spatiotemporal Convolutions for Action Recognition. 2017. arXiv:1711.11248, section 3
 */
export const videoResidual = defineComposite({
  type: 'video-residual',
  version: 1,
  title: 'Video residual',
  category: 'block',
  source:
    'Tran et al. A Closer Look at Spatiotemporal Convolutions for Action Recognition. 2017. arXiv:1711.11248, section 3',
  help:
    'A residual block over time, height and width. Splitting each 3×3×3 in space and time gives one more ReLU for as many ' +
    'weights, and is easier to train.',
  formula: 'y = relu(F(x) + x)',
  example: { params: { filters: 64, form: '2plus1d' }, shapes: [[8, 28, 28, 64]] },
  inputs: ['x'],
  params: z.strictObject({
    filters: channelCount(64, {
      title: 'Filters',
      help: 'Channels of the output',
      quick: [64, 128, 256, 512],
    }),
    stride: int(1, { title: 'Stride', max: 8, quick: [1, 2] }),
    form: choice('3d', ['3d', '2plus1d', '2d'], {
      title: 'Form',
      help: 'Kernels of 3×3×3; 1×3×3 then 3×1×1; or 1×3×3 alone, as in the late stages of MC3',
    }),
    ...normFields(),
  }),
  detail: (p) => words(`${p.filters} filters`, p.form, p.stride > 1 && `stride ${p.stride}`),
  resize: (p, count) => ({ ...p, filters: count }),

  expand(p, [x]) {
    requireVideo(x!);
    const g = new LayerBuilder(p);
    const start = g.input('x');
    const { filters, stride } = p;
    const middle = middleOf(x!, filters);
    let y = convolution(g, 1, p, stride, middle, start);
    y = g.act('relu1', g.norm('bn1', y));
    y = g.norm('bn2', convolution(g, 2, p, 1, middle, y));
    let short = start;
    if (stride > 1 || x![3] !== filters) {
      const strides = p.form === '2d' ? [1, stride, stride] : stride;
      const params = { filters, kernel: 1, stride: strides, padding: 0, bias: false };
      short = g.norm('projection-bn', g.add('projection', 'conv3d', params, short));
    }
    return g.result(g.act('relu', g.join('add', 'add', {}, [y, short])));
  },
});

/** Section 3.5: with this many, 1×3×3 and 3×1×1 hold as many weights as 3×3×3. */
const middleOf = (x: Shape, filters: number): number =>
  Math.max(1, Math.floor((x[3]! * filters * 27) / (x[3]! * 9 + 3 * filters)));

type Form = '3d' | '2plus1d' | '2d';
function convolution(
  g: LayerBuilder,
  n: number,
  { filters, form }: { readonly filters: number; readonly form: Form },
  stride: number,
  middle: number,
  from: End,
): End {
  const add = (id: string, count: number, kernel: number[], strides: number[], to: End) => {
    const padding = kernel.map((k) => (k - 1) / 2);
    return g.add(id, 'conv3d', { filters: count, kernel, stride: strides, padding, bias: false }, to);
  };
  if (form === '3d') return add(`conv${n}`, filters, [3, 3, 3], [stride, stride, stride], from);
  if (form === '2d') return add(`conv${n}`, filters, [1, 3, 3], [1, stride, stride], from);
  const space = add(`conv${n}-space`, middle, [1, 3, 3], [1, stride, stride], from);
  const act = g.act(`conv${n}-space-relu`, g.norm(`conv${n}-space-bn`, space));
  return add(`conv${n}-time`, filters, [3, 1, 1], [stride, 1, 1], act);
}
