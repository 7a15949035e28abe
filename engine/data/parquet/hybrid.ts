/**
 * Small numbers in runs and in groups of eight, `count` of them. What a run says beyond that is not believed.
 *
 * @throws Error where the bytes end first
 * @see Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"
 */
export function readHybrid(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 32) throw new Error(`numbers of ${width} bits`);
  const out = new Uint32Array(count);
  let [at, seen] = [0, 0];
  while (seen < count) {
    const [header, next] = varint(bytes, at);
    at = next;
    const run = Math.floor(header / 2);
    if (header % 2 === 1) {
      if (run === 0) throw new Error('an empty run');
      const take = Math.min(count - seen, run * 8);
      unpackBits(bytes, at, width, out.subarray(seen, seen + take));
      at += run * width;
      seen += take;
      continue;
    }
    const size = Math.ceil(width / 8);
    if (run === 0 || at + size > bytes.length) throw new Error('a run that ends early');
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
    at += size;
    out.fill(value, seen, Math.min(count, seen + run));
    seen += run;
  }
  return out;
}

function unpackBits(bytes: Uint8Array, start: number, width: number, out: Uint32Array): void {
  if (start + Math.ceil((out.length * width) / 8) > bytes.length) throw new Error('a group that ends early');
  for (let i = 0; i < out.length; i++) {
    let value = 0;
    for (let b = 0; b < width; b++) {
      const bit = i * width + b;
      if ((bytes[start + (bit >> 3)]! >> (bit & 7)) & 1) value += 2 ** b;
    }
    out[i] = value;
  }
}

/** Seven bits a byte, the lowest first. Gives the number and where the next byte stands. */
export function varint(bytes: Uint8Array, start: number): readonly [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return [value, start + i + 1];
  }
  throw new Error('a number without an end');
}
