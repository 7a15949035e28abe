import type { Preview } from '../../ipc/contract';

/** Frames of a clip, 1 of a picture; and its sides. */
export function sidesOf({ shape }: Pick<Preview, 'shape'>) {
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  return { frames: shape.length === 4 ? shape[0] : 1, height, width, channels };
}

/** RGBA of one picture or frame of a preview: grey for one channel, the first three as colours otherwise. */
export function toRgba(preview: Preview, index: number, frame = 0): Uint8ClampedArray<ArrayBuffer> {
  const { pictures } = preview;
  const { frames, height, width, channels } = sidesOf(preview);
  const pixels = height * width;
  const out = new Uint8ClampedArray(pixels * 4);
  const from = (index * frames + frame) * pixels * channels;
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
