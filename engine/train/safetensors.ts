import { UserError } from '../errors';

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

/** @throws UserError `checkpoint/damaged` */
export function decodeSafetensors(bytes: Uint8Array, file: string): Map<string, Block> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : -1;
  if (length < 0 || length > bytes.length - 8) throw damaged(file, 'its header is cut off');
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as Record<string, Entry>;
  const blocks = new Map<string, Block>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = data_offsets.map((o) => 8 + length + o) as [number, number];
    if (dtype !== 'F32' || from > to || to > bytes.length) throw damaged(file, `${name} is not whole`);
    blocks.set(name, { shape, data: new Float32Array(bytes.slice(from, to).buffer) });
  }
  return blocks;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}
const damaged = (file: string, why: string) =>
  new UserError(
    'checkpoint/damaged',
    `The checkpoint ${file} is damaged.`,
    `${why[0]!.toUpperCase()}${why.slice(1)}.`,
    'Continue from an older checkpoint of the run, or start it anew.',
    { file },
  );
