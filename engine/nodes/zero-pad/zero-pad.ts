import { z } from 'zod';
import { UserError } from '../../errors';
import type { Value } from '../../ir/ir';
import { pad, stride as subsample } from '../../ir/ops';
import { defineLayer } from '../define';
import { asPair, channelCount, choice, int, pair } from '../fields';
import { requireMap, strideWords, words } from '../window';

const pixels = (p: Record<string, unknown>) => p['mode'] === 'pixels';
const shortcut = (p: Record<string, unknown>) => p['mode'] === 'shortcut';

/**
 * `pixels`: x [h, w, c] -> [top + h + bottom, left + w + right, c], zeros around.
 *
 * `shortcut`, option A of ResNet: x [h, w, c] -> [ceil(h / stride), ceil(w / stride), filters]. Every
 * stride-th pixel is kept, and the zero channels all follow x's own, as in the Torch code of the time
 * (fb.resnet.torch); some copies put half of them in front: the same net, its channels in another order.
 */
export const zeroPad = defineLayer({
  type: 'zero-pad',
  version: 1,
  title: 'Zero pad',
  category: 'conv',
  source: 'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015, section 4.1, option A',
  help:
    'Adds zeros around a map, or makes a residual shortcut fit: it then keeps every stride-th pixel and ' +
    'adds zero channels after the last. It has no weights, so that the shortcut stays an identity.',
  inputs: ['x'],
  params: z.strictObject({
    mode: choice('pixels', ['pixels', 'shortcut'], {
      title: 'Mode',
      help: 'Pixels around the map, or a shortcut that fills up channels',
    }),
    top: int(1, { title: 'Top', unit: 'px', help: 'Rows of zeros above', min: 0, max: 1024, only: pixels }),
    bottom: int(1, {
      title: 'Bottom',
      unit: 'px',
      help: 'Rows of zeros below',
      min: 0,
      max: 1024,
      only: pixels,
    }),
    left: int(1, {
      title: 'Left',
      unit: 'px',
      help: 'Columns of zeros on the left',
      min: 0,
      max: 1024,
      only: pixels,
    }),
    right: int(1, {
      title: 'Right',
      unit: 'px',
      help: 'Columns of zeros on the right',
      min: 0,
      max: 1024,
      only: pixels,
    }),
    filters: channelCount(64, {
      title: 'Filters',
      help: 'Channels of the output',
      quick: [32, 64, 128],
      only: shortcut,
    }),
    stride: pair(2, { title: 'Stride', quick: [1, 2], only: shortcut }),
  }),
  name: (p) => (p.mode === 'shortcut' ? 'Zero-pad shortcut' : 'Zero pad'),
  detail: (p) =>
    p.mode === 'shortcut'
      ? words(`${p.filters} filters`, strideWords(p.stride))
      : `${p.top} top · ${p.bottom} bottom · ${p.left} left · ${p.right} right`,

  lower([x], p) {
    requireMap(x!.shape);
    if (p.mode === 'pixels') return pad(x!, [p.top, p.left, 0], [p.bottom, p.right, 0]);
    return fitShortcut(x!, p.filters, asPair(p.stride));
  },
});

function fitShortcut(x: Value, filters: number, stride: readonly [number, number]): Value {
  const channels = x.shape[2]!;
  if (filters < channels) {
    throw new UserError(
      'zero-pad/filters',
      `${channels} channels do not fit into ${filters} filters.`,
      'Zero channels are only ever added; none of the input may be lost.',
      `Set filters to ${channels} or more, or use a Conv 1×1 of ${filters} filters.`,
      { param: 'filters' },
    );
  }
  const y = stride[0] * stride[1] === 1 ? x : subsample(x, [...stride, 1]);
  return filters === channels ? y : pad(y, [0, 0, 0], [0, 0, filters - channels]);
}
