import { UserError } from '../errors';
import type { PadMode, Pads, Pads3, Pair, Triple, Value, Window, Window3 } from '../ir/ir';
import { pad, sameAxis } from '../ir/ops';
import { formatShape, type Shape } from '../ir/shape';
import {
  asPair,
  asTriple,
  formatPair,
  formatTriple,
  type Padding3Param,
  type PaddingParam,
  type PairParam,
  type TripleParam,
} from './fields';

interface Params3 {
  readonly kernel: TripleParam;
  readonly stride: TripleParam;
  readonly padding: Padding3Param;
  readonly dilation?: TripleParam;
}
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
  const { padding } = params;
  const window = {
    kernel: asPair(params.kernel),
    stride: asPair(params.stride),
    dilation: asPair(params.dilation ?? 1),
  };
  const given = typeof padding === 'object' && padding.length === 4 ? padding : undefined;
  const sides = typeof padding === 'string' || given ? undefined : asPair(padding as PairParam);
  const pads = given ?? padsOf(shape, sides ?? (padding as 'same' | 'valid'), window);
  requireRoom(shape, pads, window);
  return { ...window, pads: pads as unknown as Pads };
}

/**
 * A map with its padding laid around it, where that is not zeros, and the window that then needs none.
 *
 * @throws UserError `shape/pad-mode` where the map is too small to be mirrored or gone round
 */
export function paddedMap<W extends Window>(x: Value, window: W, mode: PadMode): readonly [Value, W] {
  const { pads } = window;
  if (mode === 'zeros' || pads.every((p) => p === 0)) return [x, window];
  const most = mode === 'reflect' ? 1 : mode === 'circular' ? 0 : -Infinity;
  const fits = [0, 1].every((i) => Math.max(pads[2 * i]!, pads[2 * i + 1]!) <= x.shape[i]! - most);
  if (!fits) {
    throw new UserError(
      'shape/pad-mode',
      `Padding of ${pads[0]}×${pads[2]} pixels does not fit a map of ${formatShape(x.shape)}.`,
      'Pixels are taken from the map itself, which has too few of them.',
      "Set padMode to 'zeros' or 'replicate', or padding to less.",
      { param: 'padMode' },
    );
  }
  const padded = pad(x, [pads[0], pads[2], 0], [pads[1], pads[3], 0], mode);
  return [padded, { ...window, pads: [0, 0, 0, 0] }];
}

/**
 * A pooling window that also covers what is left at the end: PyTorch's `ceil_mode`. The last one starts inside the map
 * or its padding before it.
 *
 * @returns the window, and the rows and columns by which it hangs over the padding
 */
export function roundedUp(
  shape: Shape,
  window: Window,
): { readonly window: Window; readonly overhang: Pair } {
  const more = [0, 1].map((i) => {
    const [before, after] = [window.pads[2 * i]!, window.pads[2 * i + 1]!];
    const [k, s] = [window.kernel[i]!, window.stride[i]!];
    const room = shape[i]! + before + after;
    let count = Math.ceil((room - k) / s) + 1;
    if ((count - 1) * s >= shape[i]! + before) count--;
    return Math.max(0, (count - 1) * s + k - room);
  }) as [number, number];
  const [top, bottom, left, right] = window.pads;
  const pads: Pads = [top, bottom + more[0], left, right + more[1]];
  return { window: { ...window, pads }, overhang: more };
}

/**
 * The same over a video of `shape` [t, h, w, c].
 *
 * @throws UserError `shape/not-a-video`, `shape/window`
 */
export function slidingWindow3(shape: Shape, params: Params3): Window3 & { dilation: Triple } {
  requireVideo(shape);
  const { padding } = params;
  const window = {
    kernel: asTriple(params.kernel),
    stride: asTriple(params.stride),
    dilation: asTriple(params.dilation ?? 1),
  };
  const pads = padsOf(shape, typeof padding === 'string' ? padding : asTriple(padding), window);
  requireRoom(shape, pads, window);
  return { ...window, pads: pads as unknown as Pads3 };
}

interface Slide {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** Before and after each axis. */
function padsOf(shape: Shape, padding: 'same' | 'valid' | readonly number[], w: Slide): readonly number[] {
  return w.kernel.flatMap((k, i) => {
    if (padding === 'valid') return [0, 0];
    if (padding === 'same') return sameAxis(shape[i]!, k, w.stride[i]!, w.dilation[i]!);
    return [padding[i]!, padding[i]!];
  });
}

function requireRoom(shape: Shape, pads: readonly number[], { kernel, dilation }: Slide): void {
  const room = kernel.map((_, i) => shape[i]! + pads[2 * i]! + pads[2 * i + 1]!);
  const reach = kernel.map((k, i) => (k - 1) * dilation[i]! + 1);
  if (reach.every((r, i) => r <= room[i]!)) return;
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

/**
 * The window of a pooling. No window may lie in padding alone, for it would have no value.
 *
 * @throws UserError as `slidingWindow`, and `shape/padding`
 */
export function poolingWindow(shape: Shape, params: Params): Window {
  const { kernel, stride, pads } = slidingWindow(shape, params);
  requireSight(kernel, pads, formatPair(params.kernel));
  return { kernel, stride, pads };
}

/** The same over a video. */
export function poolingWindow3(shape: Shape, params: Params3): Window3 {
  const { kernel, stride, pads } = slidingWindow3(shape, params);
  requireSight(kernel, pads, formatTriple(params.kernel));
  return { kernel, stride, pads };
}

function requireSight(kernel: readonly number[], pads: readonly number[], words: string): void {
  if (kernel.every((k, i) => Math.max(pads[2 * i]!, pads[2 * i + 1]!) < k)) return;
  const most = Math.min(...kernel) - 1;
  const size = kernel.map((_, i) => pads[2 * i]).join('×');
  throw new UserError(
    'shape/padding',
    `Padding of ${size} pixels is not less than the kernel, ${words}.`,
    'A window at the border would see padding only, and have nothing to pool.',
    `Set padding to ${most}${most > 0 ? ' or less' : ''}.`,
    { param: 'padding' },
  );
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

/** @throws UserError `shape/not-a-video` */
export function requireVideo(shape: Shape): void {
  if (shape.length === 4) return;
  throw new UserError(
    'shape/not-a-video',
    `This takes a video of time×height×width×channels; it got ${formatShape(shape)}.`,
    'It works on pixels with neighbours in time.',
    "Set the input's shape to four numbers, such as 16×112×112×3, or use the kind for maps.",
  );
}

/** @throws UserError `shape/not-a-sequence` */
export function requireSequence(shape: Shape): void {
  if (shape.length === 2) return;
  throw new UserError(
    'shape/not-a-sequence',
    `This takes a sequence of length×channels; it got ${formatShape(shape)}.`,
    'It works on steps with neighbours along one axis.',
    "Set the input's shape to two numbers, such as 128×1, or use the kind for maps.",
  );
}

/** A map, sequence or video. @throws UserError `shape/no-pixels` */
export function requirePixels(shape: Shape): void {
  if (shape.length > 1) return;
  throw new UserError(
    'shape/no-pixels',
    `This takes a map, a sequence or a video; it got a vector of ${formatShape(shape)}.`,
    'It works on places, and a vector has none.',
    'Connect it before the Flatten, Global average pool or Dense that made the vector.',
  );
}

/** ` · stride 2`, nothing for 1; the same manner for each part that differs from what is usual. */
export const words = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');
const plain = (p: number | readonly number[]): string => (typeof p === 'number' ? String(p) : p.join('×'));
const isOne = (p: number | readonly number[]): boolean => [p].flat().every((n) => n === 1);
export const strideWords = (stride: PairParam | TripleParam): string | false =>
  !isOne(stride) && `stride ${plain(stride)}`;
export const dilationWords = (dilation: PairParam | TripleParam): string | false =>
  !isOne(dilation) && `dilation ${plain(dilation)}`;
export const paddingWords = (padding: PaddingParam | Padding3Param): string | false =>
  padding !== 'same' && (padding === 'valid' ? 'valid' : `pad ${plain(padding)}`);
