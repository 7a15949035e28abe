import { z } from 'zod';
import { UserError } from '../errors';
import { size } from '../ir/shape';

/** A named block of 32-bit floats with its shape. */
export interface Block {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The safetensors layout: 8 bytes with the header's length, a JSON header, then the blocks end to end.
 * Any Python tool reads it, and reading it runs no code.
 */
export function encodeSafetensors(blocks: ReadonlyMap<string, Block>): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { shape, data }] of blocks) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const out = new Uint8Array(8 + padded.length + offset);
  new DataView(out.buffer).setBigUint64(0, BigInt(padded.length), true);
  out.set(padded, 8);
  let at = 8 + padded.length;
  for (const { data } of blocks.values()) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
}

/** One block of the header; offsets count from the header's end. */
const Whole = z.number().int().nonnegative();
const Entry = z.object({
  dtype: z.literal('F32'),
  shape: z.array(Whole),
  data_offsets: z.tuple([Whole, Whole]),
});
const Header = z.record(z.string(), z.unknown());

/** @throws UserError `checkpoint/damaged`, whatever the bytes are */
export function decodeSafetensors(bytes: Uint8Array, file: string): Map<string, Block> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : -1;
  if (length < 0 || length > bytes.length - 8) throw damaged(file, 'Its header is cut off.');
  const data = bytes.subarray(8 + length);
  const blocks = new Map<string, Block>();
  let end = 0;
  for (const [name, entry] of Object.entries(headerOf(bytes.subarray(8, 8 + length), file))) {
    if (name === '__metadata__') continue;
    const { success, data: found } = Entry.safeParse(entry);
    if (!success) throw damaged(file, `Its entry for ${name} is no block of 32-bit floats.`);
    const { shape, data_offsets } = found;
    const [from, to] = data_offsets;
    if (to - from !== 4 * size(shape) || to > data.length)
      throw damaged(file, `Its block ${name} is not whole.`);
    // a copy, and not slice: that of a Buffer is a view of the whole file
    blocks.set(name, { shape, data: new Float32Array(new Uint8Array(data.subarray(from, to)).buffer) });
    end = Math.max(end, to);
  }
  if (end !== data.length) throw damaged(file, 'It holds bytes that belong to no block.');
  return blocks;
}

function headerOf(json: Uint8Array, file: string): Record<string, unknown> {
  try {
    return Header.parse(JSON.parse(Buffer.from(json).toString()));
  } catch {
    throw damaged(file, 'Its header is no JSON object.');
  }
}

const damaged = (file: string, why: string) =>
  new UserError(
    'checkpoint/damaged',
    `The checkpoint ${file} is damaged.`,
    why,
    'Continue from an older checkpoint of the run, or start it anew.',
    { file },
  );
