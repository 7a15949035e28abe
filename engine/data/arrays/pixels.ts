import { arrayFault, countOf, type FileArray, type Numbers, stridesOf } from './array';

/** Which axis of an array is which; undefined where there is none. */
export interface Axes {
  readonly count: number;
  readonly height: number;
  readonly width: number | undefined;
  readonly channels: number | undefined;
}
export interface Layout {
  readonly count: number;
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number];
  readonly axes: Axes;
}

/**
 * [n, h, w] is grey; [n, h, w, c] has channels, as has [n, c, h, w] where only that second axis can be one; [n, h·h] is
 * a grey square laid out flat.
 *
 * @throws UserError `data/rank`
 */
export function layoutOf(array: FileArray): Layout {
  const { shape } = array;
  const [n = 0, a = 0, b = 0, c = 0] = shape;
  const channels = (d: number) => d === 1 || d === 3 || d === 4;
  if (shape.length === 4 && channels(a) && !channels(c)) {
    return { count: n, shape: [b, c, a], axes: { count: 0, height: 2, width: 3, channels: 1 } };
  }
  if (shape.length === 4 && c <= 16) {
    return { count: n, shape: [a, b, c], axes: { count: 0, height: 1, width: 2, channels: 3 } };
  }
  if (shape.length === 3) {
    return { count: n, shape: [a, b, 1], axes: { count: 0, height: 1, width: 2, channels: undefined } };
  }
  const side = Math.sqrt(a);
  if (shape.length === 2 && Number.isInteger(side) && array.order === 'C') {
    return {
      count: n,
      shape: [side, side, 1],
      axes: { count: 0, height: 1, width: undefined, channels: undefined },
    };
  }
  throw arrayFault(
    'data/rank',
    array,
    `is ${shape.join('×') || 'one number'}, which is no row of pictures.`,
    'Pictures are [count, height, width], or with channels behind or before the height.',
    'Reshape the array, e.g. x.reshape(-1, 32, 32, 3), and save it again.',
  );
}

/** What is done to each number: nothing, or times 255. */
export type Scale = 1 | 255;

/**
 * By the lowest and highest number of all splits: 0 to 1 as floats or booleans is scaled, 0 to 255 is kept.
 *
 * @throws UserError `data/range`
 */
export function scaleOf(array: FileArray, all: readonly Numbers[]): Scale {
  if (all.every((n) => n instanceof Uint8Array)) return 1;
  const { low, high, odd } = rangeOf(all);
  const floats = all.some((n) => n instanceof Float32Array || n instanceof Float64Array);
  if (!odd && low >= 0 && high <= 255) return floats && high <= 1 ? 255 : 1;
  throw arrayFault(
    'data/range',
    array,
    odd ? 'holds numbers that are none (NaN or infinite).' : `holds numbers from ${low} to ${high}.`,
    'A pixel is from 0 to 255, or as a float from 0 to 1; normalising is done in training.',
    odd
      ? 'Look for a division by zero where the array was made.'
      : 'Undo the normalising, and save bytes: (x * 255).astype("uint8").',
  );
}

function rangeOf(all: readonly Numbers[]) {
  let [low, high, odd] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false];
  for (const numbers of all) {
    for (let i = 0; i < numbers.length; i++) {
      const n = numbers[i]!;
      if (!Number.isFinite(n)) odd = true;
      if (n < low) low = n;
      if (n > high) high = n;
    }
  }
  return { low, high, odd };
}

/** As bytes of [count, height, width, channels], whatever the order and the axes of the array. */
export function toPixels(
  array: FileArray,
  { count, shape, axes }: Layout,
  numbers: Numbers,
  scale: Scale,
): Uint8Array {
  const [height, width, channels] = shape;
  const strides = stridesOf(array);
  const out = new Uint8Array(countOf([count, ...shape]));
  const plain = strides.every((s, i) => i === strides.length - 1 || s > strides[i + 1]!) && axes.count === 0;
  if (plain && axes.channels !== 1) return fill(out, numbers, scale);
  // a flat picture has rows of its own width
  const [byRow, byColumn] =
    axes.width === undefined ? [width, 1] : [strides[axes.height]!, strides[axes.width]!];
  const byChannel = axes.channels === undefined ? 0 : strides[axes.channels]!;
  let at = 0;
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = n * strides[axes.count]! + y * byRow + x * byColumn;
        for (let c = 0; c < channels; c++) out[at++] = Math.round(numbers[from + c * byChannel]! * scale);
      }
    }
  }
  return out;
}

function fill(out: Uint8Array, numbers: Numbers, scale: Scale): Uint8Array {
  if (numbers instanceof Uint8Array) out.set(numbers);
  else for (let i = 0; i < out.length; i++) out[i] = Math.round(numbers[i]! * scale);
  return out;
}
