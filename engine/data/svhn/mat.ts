import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { constants, inflate, inflateSync } from 'node:zlib';
import { UserError } from '../../errors';
import { countOf, type FileArray, type Numbers } from '../arrays/array';
import { MAX_SPLIT } from '../limits';

/** Packed bytes that surely hold an array's flags, dimensions and name. */
const HEAD = 4096;
const HEADER = 128;
const [MATRIX, PACKED] = [14, 15];
/** zlib shrinks by at most this factor. @see zlib technical details, "Maximum Compression Factor" */
const DEFLATE = 1032;
/** Elements of one file; a variable is one. */
const MOST = 1000;

/** Kinds of numbers as they are stored, which may be smaller than the array's own kind. */
const KINDS: Readonly<Record<number, { readonly size: number; read(view: DataView, at: number): number }>> = {
  1: { size: 1, read: (v, at) => v.getInt8(at) },
  2: { size: 1, read: (v, at) => v.getUint8(at) },
  3: { size: 2, read: (v, at) => v.getInt16(at, true) },
  4: { size: 2, read: (v, at) => v.getUint16(at, true) },
  5: { size: 4, read: (v, at) => v.getInt32(at, true) },
  6: { size: 4, read: (v, at) => v.getUint32(at, true) },
  7: { size: 4, read: (v, at) => v.getFloat32(at, true) },
  9: { size: 8, read: (v, at) => v.getFloat64(at, true) },
};

/**
 * The arrays of numbers in a MATLAB file of level 5, packed or not; other variables are passed over. Only the start of
 * each is unpacked before it is read.
 *
 * @throws UserError `data/not-mat`, `data/damaged` or `data/too-large`
 * @see MathWorks, MAT-File Format, "Level 5 MAT-File Format"
 */
export async function readMat(file: string): Promise<readonly FileArray[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    await checkHeader(handle, size, file);
    const arrays: FileArray[] = [];
    let at = HEADER;
    for (let n = 0; n < MOST && at + 8 <= size; n++) {
      const tag = await bytesAt(handle, at, 8, file);
      const [type, length] = [tag.readUInt32LE(0), tag.readUInt32LE(4)];
      if (at + 8 + length > size) throw damaged(file, 'it ends in the middle');
      const part = { file, packed: type === PACKED, start: at + 8, length };
      const array = type === PACKED || type === MATRIX ? await arrayIn(handle, part) : undefined;
      if (array) arrays.push(array);
      // only what is not packed is filled up to eight bytes
      at += 8 + length + (type === PACKED ? 0 : (8 - (length % 8)) % 8);
    }
    return arrays;
  } finally {
    await handle.close();
  }
}

async function checkHeader(handle: FileHandle, size: number, file: string): Promise<void> {
  if (size < HEADER) throw notMat(file, 'it is too short');
  const header = await bytesAt(handle, 0, HEADER, file);
  const text = header.toString('latin1', 0, 20);
  if (text.startsWith('MATLAB 7.3')) throw notMat(file, 'it is of version 7.3, which is HDF5');
  if (header.toString('latin1', 126, 128) !== 'IM' || header.readUInt16LE(124) !== 0x0100) {
    throw notMat(file, 'its first 128 bytes say nothing of a MATLAB 5.0 file');
  }
}

interface Place {
  readonly file: string;
  readonly packed: boolean;
  readonly start: number;
  readonly length: number;
}

async function arrayIn(handle: FileHandle, place: Place): Promise<FileArray | undefined> {
  const { file, packed, start, length } = place;
  const bytes = await bytesAt(handle, start, Math.min(length, HEAD), file);
  const head = packed ? startOf(bytes, file) : bytes;
  const found = matrixHead(head, packed ? 8 : 0);
  if (!found) return undefined;
  return {
    ...{ file, name: found.name, shape: found.shape, order: 'F' },
    read: async () => numbersOf(await whole(place), found, file),
  };
}

function startOf(bytes: Uint8Array, file: string): Buffer {
  try {
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw damaged(file, (error as Error).message);
  }
}

interface Head {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where the tag of the numbers stands. */
  readonly at: number;
}

/** Undefined for what is no array of real numbers, or whose head is not whole. */
function matrixHead(bytes: Buffer, start: number): Head | undefined {
  const flags = subElement(bytes, start);
  const dims = flags && subElement(bytes, flags.next);
  const name = dims && subElement(bytes, dims.next);
  if (!flags || !dims || !name || flags.length !== 8 || flags.type !== 6 || dims.type !== 5) return undefined;
  if (start + flags.length > bytes.length || name.next > bytes.length) return undefined;
  const [kind, bits] = [bytes[flags.at]!, bytes[flags.at + 1]!];
  // 6 to 13 are numbers; 8 of the bits stands for complex ones
  if (kind < 6 || kind > 13 || (bits & 8) !== 0) return undefined;
  const shape = Array.from({ length: Math.min(8, dims.length / 4) }, (_, i) =>
    bytes.readInt32LE(dims.at + 4 * i),
  );
  if (shape.some((d) => d < 0)) return undefined;
  return { name: bytes.toString('latin1', name.at, name.at + name.length), shape, at: name.next };
}

/** A tag of eight bytes, or of four with up to four bytes of data behind it. */
function subElement(bytes: Buffer, at: number) {
  if (at + 8 > bytes.length) return undefined;
  const [first, second] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
  const small = first >>> 16;
  if (small > 0) return { type: first & 0xffff, length: Math.min(4, small), at: at + 4, next: at + 8 };
  return { type: first, length: second, at: at + 8, next: at + 8 + Math.ceil(second / 8) * 8 };
}

const unzip = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

async function whole({ file, packed, start, length }: Place): Promise<Buffer> {
  const handle = await open(file, 'r');
  const bytes = await bytesAt(handle, start, length, file).finally(() => handle.close());
  if (!packed) return bytes;
  const most = Math.min(MAX_SPLIT, (length + 1) * DEFLATE);
  try {
    return await unzip(bytes, { maxOutputLength: most });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file);
    throw damaged(file, message);
  }
}

function numbersOf(bytes: Buffer, head: Head, file: string): Numbers {
  const tag = subElement(bytes, head.at);
  const kind = tag && KINDS[tag.type];
  const count = countOf(head.shape);
  if (!tag || !kind) throw damaged(file, `the numbers of '${head.name}' are of a kind that is not read`);
  if (count * kind.size !== tag.length || tag.at + tag.length > bytes.length) {
    throw damaged(file, `'${head.name}' promises ${head.shape.join('×')} numbers, and they are not there`);
  }
  const data = bytes.subarray(tag.at, tag.at + tag.length);
  if (tag.type === 2) return data;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float64Array.from({ length: count }, (_, i) => kind.read(view, i * kind.size));
}

async function bytesAt(handle: FileHandle, position: number, length: number, file: string): Promise<Buffer> {
  if (length > MAX_SPLIT) throw tooLarge(file);
  const { size } = await handle.stat();
  if (position + length > size) throw damaged(file, 'it ends in the middle');
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, position);
  if (bytesRead < length) throw damaged(file, 'it ends in the middle');
  return bytes;
}

const AGAIN = 'Copy or download the file again, and compare its size with the source.';
const damaged = (file: string, reason: string): UserError =>
  new UserError(
    'data/damaged',
    `${basename(file)} cannot be read: ${reason}.`,
    'The file is broken.',
    AGAIN,
    { file },
  );
const notMat = (file: string, reason: string): UserError =>
  new UserError(
    'data/not-mat',
    `${basename(file)} is no MATLAB file of level 5: ${reason}.`,
    'SVHN comes in this format, as MATLAB writes it with save -v7 or -v6.',
    AGAIN,
    { file },
  );
const tooLarge = (file: string): UserError =>
  new UserError(
    'data/too-large',
    `An array in ${basename(file)} has more than ${MAX_SPLIT.toLocaleString('en')} bytes.`,
    'An array is held in memory whole.',
    'Split the data set, or make its pictures smaller.',
    { file },
  );
