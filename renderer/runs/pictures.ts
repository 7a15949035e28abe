import type { Preview } from '../../ipc/contract';

/** RGBA of one picture of a preview: grey for one channel, the first three as colours otherwise. */
export function toRgba(
  { shape: [height, width, channels], pictures }: Preview,
  index: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = height * width;
  const out = new Uint8ClampedArray(pixels * 4);
  const from = index * pixels * channels;
  for (let i = 0; i < pixels; i++) {
    const at = from + i * channels;
    const red = pictures[at] ?? 0;
    out[i * 4] = red;
    out[i * 4 + 1] = channels >= 3 ? (pictures[at + 1] ?? 0) : red;
    out[i * 4 + 2] = channels >= 3 ? (pictures[at + 2] ?? 0) : red;
    out[i * 4 + 3] = 255;
  }
  return out;
}
