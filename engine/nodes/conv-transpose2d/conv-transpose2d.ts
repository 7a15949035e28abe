import { z } from 'zod';
import { UserError } from '../../errors';
import { add, startOf, convTranspose2d as transposed, weight } from '../../ir/ops';
import { defineLayer } from '../define';
import { asPair, bias, biasStart, channelCount, formatPair, initial, int, pair, penalty } from '../fields';
import { requireGroups } from '../groups';
import { dilationWords, requireMap, strideWords, words } from '../window';

/**
 * The transpose of a convolution: x [h, w, cin] -> [h', w', filters], each pixel laying its kernel
 * [kh, kw, filters / groups, cin] on the output; h' = (h - 1) * stride - 2 * pad + dilation * (kh - 1) + 1 + extra.
 *
 * @throws UserError `conv-transpose2d/extra`, `conv-transpose2d/padding`
 * @see Dumoulin, Visin. A guide to convolution arithmetic. 2016. arXiv:1603.07285, section 4
 */
export const convTranspose2d = defineLayer({
  type: 'conv-transpose2d',
  version: 1,
  title: 'Transposed conv',
  category: 'conv',
  source:
    'Zeiler et al. Deconvolutional Networks. CVPR 2010; Dumoulin, Visin. 2016. arXiv:1603.07285, section 4',
  help:
    'Enlarges a map with learned kernels: each pixel lays its kernel on the output, stride pixels apart. With a ' +
    'kernel that the stride divides every pixel is covered as often, which spares chequered patterns.',
  formula: 'y = Cᵀ x, where C is the matrix of the convolution with the same kernel, stride and padding',
  inputs: ['x'],
  shorthand: { names: ['deconv', 'upconv'] },
  params: z.strictObject({
    filters: channelCount(64, { title: 'Filters', help: 'Channels of the output', quick: [16, 32, 64, 128] }),
    kernel: pair(4, { title: 'Kernel', quick: [2, 3, 4] }),
    stride: pair(2, { title: 'Stride', quick: [1, 2, 4] }),
    pad: pair(1, { title: 'Pad', unit: 'px', min: 0, help: 'Pixels cut off the output on each side' }),
    extra: pair(0, {
      title: 'Extra',
      min: 0,
      max: 64,
      help: 'Rows and columns more at the end; less than the stride',
    }),
    dilation: pair(1, { title: 'Dilation', max: 64 }),
    groups: int(1, { title: 'Groups', help: 'Channels are split into this many side by side' }),
    bias: bias(),
    biasStart: biasStart(),
    initial: initial(),
    ...penalty(),
  }),
  name: (p) => `Transposed conv ${formatPair(p.kernel)}`,
  detail: (p) =>
    words(
      `${p.filters} filters`,
      strideWords(p.stride),
      dilationWords(p.dilation),
      p.groups > 1 && `${p.groups} groups`,
    ),
  resize: (p, count) => ({ ...p, filters: count }),

  lower([x], p) {
    requireMap(x!.shape);
    const channels = x!.shape[2]!;
    requireGroups(channels, p);
    const [kernel, stride, pad, extra] = [p.kernel, p.stride, p.pad, p.extra].map(asPair) as [
      ...[[number, number], [number, number], [number, number], [number, number]],
    ];
    const dilation = asPair(p.dilation);
    requireExtra(extra, stride);
    const w = weight('kernel', [...kernel, p.filters / p.groups, channels], p.initial, p);
    const pads = [pad[0], pad[0], pad[1], pad[1]] as const;
    const y = transposed(x!, w, { stride, pads, dilation, groups: p.groups }, extra);
    requirePixels(y.shape, pad);
    return p.bias ? add(y, weight('bias', [p.filters], startOf(p.biasStart))) : y;
  },
});

function requireExtra(extra: readonly number[], stride: readonly number[]): void {
  if (extra.every((e, i) => e === 0 || e < stride[i]!)) return;
  throw new UserError(
    'conv-transpose2d/extra',
    `Extra of ${extra.join('×')} is not less than the stride, ${stride.join('×')}.`,
    'It chooses among the sizes that a convolution with this stride would bring to the same map.',
    `Set extra to ${Math.min(...stride) - 1} or less.`,
    { param: 'extra' },
  );
}

function requirePixels(shape: readonly number[], pad: readonly number[]): void {
  if (shape[0]! > 0 && shape[1]! > 0) return;
  throw new UserError(
    'conv-transpose2d/padding',
    `Padding of ${pad.join('×')} cuts the whole map off.`,
    'It is taken off the output, on both sides.',
    'Set pad to 0, or kernel to more.',
    { param: 'pad' },
  );
}
