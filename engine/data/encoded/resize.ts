/** Pixels of one picture, [height, width, channels]. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/**
 * The middle of a picture in another size: the largest part of the wanted proportions, filtered by a triangle that
 * grows with the reduction, as Pillow's BILINEAR does, so that small pictures do not flicker.
 */
export function resizeToCover(from: Pixels, width: number, height: number): Uint8Array {
  if (from.width === width && from.height === height) return from.data;
  const scale = Math.min(from.width / width, from.height / height);
  const across = tapsOf(from.width, width, scale);
  const down = tapsOf(from.height, height, scale);
  const { channels } = from;
  const [firstRow, lastRow] = [down[0]!.start, down.at(-1)!.start + down.at(-1)!.weights.length];
  // rows that are needed, already as narrow as wanted
  const narrow = new Float32Array((lastRow - firstRow) * width * channels);
  for (let y = firstRow; y < lastRow; y++) {
    squeeze(from, y * from.width * channels, across, narrow, (y - firstRow) * width * channels);
  }
  return stack(narrow, down, firstRow, width * channels);
}

/** What one pixel of the result is made of. */
interface Taps {
  readonly start: number;
  readonly weights: Float32Array;
}

function tapsOf(from: number, to: number, scale: number): readonly Taps[] {
  const offset = (from - to * scale) / 2;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = offset + (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.max(start + 1, Math.floor(centre + support + 0.5)));
    const first = Math.min(start, from - 1);
    const weights = Float32Array.from({ length: Math.max(1, end - first) }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - centre) / support)),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { start: first, weights: sum > 0 ? weights.map((w) => w / sum) : Float32Array.of(1) };
  });
}

function squeeze(from: Pixels, row: number, taps: readonly Taps[], into: Float32Array, at: number): void {
  const { data, channels } = from;
  for (let x = 0; x < taps.length; x++) {
    const { start, weights } = taps[x]!;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[row + (start + k) * channels + c]!;
      into[at + x * channels + c] = sum;
    }
  }
}

function stack(narrow: Float32Array, taps: readonly Taps[], firstRow: number, line: number): Uint8Array {
  const out = new Uint8Array(taps.length * line);
  for (let y = 0; y < taps.length; y++) {
    const { start, weights } = taps[y]!;
    for (let i = 0; i < line; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += weights[k]! * narrow[(start - firstRow + k) * line + i]!;
      out[y * line + i] = Math.round(sum);
    }
  }
  return out;
}
