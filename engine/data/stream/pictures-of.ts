import type { DataInfo, Split } from '../describe';

const CHUNK = 256;

/** All pictures of a split one after the other, as bytes of as many as come together. */
export async function* picturesOf({ pictures, count, stream }: Split): AsyncGenerator<Uint8Array> {
  if (!stream) {
    yield pictures;
    return;
  }
  const all = Int32Array.from({ length: count }, (_, i) => i);
  for (let at = 0; at < count; at += CHUNK) {
    yield stream.batch(all.subarray(at, at + CHUNK), all.subarray(at + CHUNK, at + 5 * CHUNK));
  }
}

/** A copy of the pictures from `from` on, before `to`. */
export async function sliceOf({ pictures, stream }: Split, { shape }: DataInfo, from: number, to: number) {
  const size = shape.reduce((n, d) => n * d, 1);
  if (!stream) return pictures.slice(from * size, to * size);
  return new Uint8Array(
    await stream.batch(Int32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)),
  );
}
