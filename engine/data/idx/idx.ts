import { type FileHandle, open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { UserError } from '../../errors';
import {
  damagedGzip,
  notAFile,
  notIdx,
  tooLarge,
  tooShort,
  trailing,
  truncated,
  unreadable,
  wrongType,
} from './faults';

/** An array of bytes, last dimension fastest. */
export interface Idx {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** The most that one file may unpack to: what one typed array holds on every supported system. */
export const MAX_BYTES = 2 ** 31 - 1;
const MAX_RANK = 4;
/** Compressed bytes that surely hold the header: gzip's own, a file name and the first Huffman tables. */
const HEAD = 4096;
/** Deflate shrinks by at most this factor. @see zlib technical details, "Maximum Compression Factor" */
const DEFLATE = 1032;
const TYPES: Readonly<Record<number, string>> = {
  8: 'bytes (u8)',
  9: 'signed bytes (i8)',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
};

/**
 * Reads an IDX file of unsigned bytes, plain or gzipped; which of the two is told by its first bytes.
 * Nothing is allocated before the header agrees with the size of the file.
 *
 * @throws UserError `data/missing`, `data/unreadable`, `data/truncated`, `data/trailing`, `data/not-idx`,
 * `data/idx-type`, `data/too-large` or `data/damaged`, each with its file
 * @see LeCun, Cortes, Burges. The MNIST database. "File formats for the MNIST database"
 */
export const readIdx = (file: string): Promise<Idx> =>
  withFile(file, async (handle, size) => {
    const head = await readHead(handle, size, file);
    const { dims, offset, promised } = checkHead(head, size, file);
    // copied: bytes behind an offset of a Buffer are no typed array of their own
    const data = head.packed
      ? new Uint8Array((await unpack(handle, size, promised, file)).subarray(offset))
      : await readAt(handle, offset, promised - offset, file);
    return { dims, data };
  });

/** The dimensions alone, after the same checks of the header. */
export const readIdxDims = (file: string): Promise<readonly number[]> =>
  withFile(file, async (handle, size) => checkHead(await readHead(handle, size, file), size, file).dims);

async function withFile<T>(file: string, read: (handle: FileHandle, size: number) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    // before open: opening a pipe would wait for its writer
    const entry = await stat(file);
    if (!entry.isFile()) throw notAFile(file);
    handle = await open(file, 'r');
    return await read(handle, entry.size);
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(file, error);
  } finally {
    await handle?.close();
  }
}

interface Head {
  readonly bytes: Uint8Array;
  readonly packed: boolean;
}

async function readHead(handle: FileHandle, size: number, file: string): Promise<Head> {
  const bytes = await readAt(handle, 0, Math.min(size, HEAD), file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes, packed: false };
  try {
    return { bytes: gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), packed: true };
  } catch (error) {
    throw damagedGzip(file, (error as Error).message);
  }
}

function checkHead({ bytes, packed }: Head, size: number, file: string) {
  if (bytes.length < 4) throw tooShort(file, bytes.length);
  const [zero, zero2, type, rank] = bytes as unknown as [number, number, number, number];
  if (zero !== 0 || zero2 !== 0 || !TYPES[type] || rank < 1 || rank > MAX_RANK) throw notIdx(file, bytes);
  if (type !== 8) throw wrongType(file, TYPES[type]);
  const offset = 4 + 4 * rank;
  if (bytes.length < offset) throw tooShort(file, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const dims = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const promised = dims.reduce((n, d) => n * d, 1) + offset;
  if (!packed && promised > size) throw truncated(file, promised, size);
  if (packed && promised > (size + 1) * DEFLATE) {
    throw truncated(file, promised, size * DEFLATE, ' at the very most');
  }
  if (promised > MAX_BYTES) throw tooLarge(file, promised, MAX_BYTES);
  if (!packed && promised < size) throw trailing(file, promised);
  return { dims, offset, promised };
}

async function readAt(
  handle: FileHandle,
  position: number,
  length: number,
  file: string,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw truncated(file, position + length, position + done);
    done += bytesRead;
  }
  return bytes;
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip);

async function unpack(handle: FileHandle, size: number, promised: number, file: string): Promise<Uint8Array> {
  const packed = await readAt(handle, 0, size, file);
  try {
    const bytes = await inflate(packed, { maxOutputLength: promised });
    if (bytes.length < promised) throw truncated(file, promised, bytes.length);
    return bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw trailing(file, promised);
    if (code === 'Z_BUF_ERROR') throw damagedGzip(file, 'it ends in the middle');
    throw error instanceof UserError ? error : damagedGzip(file, message);
  }
}
