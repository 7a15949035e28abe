/**
 * Unpacks one block of Snappy into exactly `length` bytes. The readers on npm run on, or for ever, in broken blocks;
 * here every length is held against both ends.
 *
 * @throws Error where the block is broken
 * @see Snappy, format_description.txt
 */
export function unpackSnappy(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  while (at < input.length && input[at]! > 127) at += 1; // the length, which is known
  at += 1;
  let to = 0;
  while (at < input.length) {
    const tag = input[at]!;
    at += 1;
    if ((tag & 3) === 0) {
      const more = Math.max(0, (tag >> 2) - 59);
      const size = (more === 0 ? tag >> 2 : little(input, at, more)) + 1;
      at += more;
      if (at + size > input.length || to + size > length) throw new Error('a literal of Snappy is too long');
      out.set(input.subarray(at, at + size), to);
      at += size;
      to += size;
      continue;
    }
    const [bytes, size] =
      (tag & 3) === 1 ? [1, ((tag >> 2) & 7) + 4] : [(tag & 3) === 2 ? 2 : 4, (tag >> 2) + 1];
    const back = little(input, at, bytes) + (bytes === 1 ? (tag >> 5) * 256 : 0);
    at += bytes;
    if (back < 1 || back > to || to + size > length) throw new Error('a copy of Snappy leads outside');
    for (let i = 0; i < size; i++) out[to + i] = out[to + i - back]!;
    to += size;
  }
  if (to !== length) throw new Error('a page of Snappy is too short');
  return out;
}

/** An unsigned number, lowest byte first. */
function little(input: Uint8Array, at: number, bytes: number): number {
  if (at + bytes > input.length) throw new Error('a page of Snappy ends early');
  let value = 0;
  for (let i = bytes - 1; i >= 0; i--) value = value * 256 + input[at + i]!;
  return value;
}
