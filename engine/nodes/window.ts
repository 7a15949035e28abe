import { UserError } from '../errors';
import type { Pads, Pair, Window } from '../ir/ir';
import { samePads } from '../ir/ops';
import { formatShape, type Shape } from '../ir/shape';
import { asPair, formatPair, type PaddingParam, type PairParam } from './fields';

interface Params {
  readonly kernel: PairParam;
  readonly stride: PairParam;
  readonly padding: PaddingParam;
  readonly dilation?: PairParam;
}

/**
 * The sliding window of a convolution or pooling over a map of `shape` [h, w, c], with its padding in pixels.
 *
 * @throws UserError `shape/not-a-map` for a vector, `shape/window` when no window fits
 * @see Dumoulin, Visin. A guide to convolution arithmetic. 2016. arXiv:1603.07285, relationships 6 and 15
 */
export function slidingWindow(shape: Shape, params: Params): Window & { dilation: Pair } {
  requireMap(shape);
  const kernel = asPair(params.kernel);
  const stride = asPair(params.stride);
  const dilation = asPair(params.dilation ?? 1);
  const pads = padsOf(shape, params.padding, { kernel, stride, dilation });
  const room = [shape[0]! + pads[0] + pads[1], shape[1]! + pads[2] + pads[3]];
  const reach = kernel.map((k, i) => (k - 1) * dilation[i]! + 1);
  if (reach.some((r, i) => r > room[i]!)) {
    const fits = Math.min(...room.map((side, i) => Math.floor((side - 1) / dilation[i]!) + 1));
    const map = `a map of ${room.join('×')} (${formatShape(shape)} with its padding)`;
    throw new UserError(
      'shape/window',
      `A window of ${reach.join('×')} does not fit ${map}.`,
      'The window must lie wholly inside its padded input.',
      `Set padding to 'same', or kernel to ${fits} or less.`,
      { param: 'kernel' },
    );
  }
  return { kernel, stride, pads, dilation };
}

/**
 * The window of a pooling. No window may lie in padding alone, for it would have no value.
 *
 * @throws UserError as `slidingWindow`, and `shape/padding`
 */
export function poolingWindow(shape: Shape, params: Params): Window {
  const { kernel, stride, pads } = slidingWindow(shape, params);
  const sees = Math.max(pads[0], pads[1]) < kernel[0] && Math.max(pads[2], pads[3]) < kernel[1];
  if (sees) return { kernel, stride, pads };
  const most = Math.min(...kernel) - 1;
  throw new UserError(
    'shape/padding',
    `Padding of ${pads[0]}×${pads[2]} pixels is not less than the kernel, ${formatPair(params.kernel)}.`,
    'A window at the border would see padding only, and have nothing to pool.',
    `Set padding to ${most}${most > 0 ? ' or less' : ''}.`,
    { param: 'padding' },
  );
}

function padsOf(
  shape: Shape,
  padding: PaddingParam,
  w: { kernel: Pair; stride: Pair; dilation: Pair },
): Pads {
  if (padding === 'valid') return [0, 0, 0, 0];
  if (padding === 'same') return samePads(shape, w.kernel, w.stride, w.dilation);
  const [v, u] = asPair(padding);
  return [v, v, u, u];
}

/** @throws UserError `shape/not-a-map` */
export function requireMap(shape: Shape): void {
  if (shape.length === 3) return;
  throw new UserError(
    'shape/not-a-map',
    `This takes a map of height×width×channels; it got ${formatShape(shape)}.`,
    'It works on pixels with neighbours, and a vector has none.',
    'Connect it before the Flatten, Global average pool or Dense that made the vector.',
  );
}

/** ` · stride 2`, nothing for 1; the same manner for each part that differs from what is usual. */
export const words = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');
export const strideWords = (stride: PairParam): string | false =>
  formatPair(stride) !== '1×1' && `stride ${typeof stride === 'number' ? stride : formatPair(stride)}`;
export const paddingWords = (padding: PaddingParam): string | false =>
  padding !== 'same' &&
  (padding === 'valid' ? 'valid' : `pad ${typeof padding === 'number' ? padding : formatPair(padding)}`);
