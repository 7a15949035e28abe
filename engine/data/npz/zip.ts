import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { constants, inflateRaw, inflateRawSync } from 'node:zlib';
import { UserError } from '../../errors';
import { crc32 } from '../checksum';
import { MAX_SPLIT } from '../limits';

/** One file inside of a zip file. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** The first bytes, for a header; at most some thousand. */
  head(): Promise<Uint8Array>;
  /** All of it, held against its checksum. */
  read(): Promise<Uint8Array>;
}
interface Found {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 22;
const MOST = 1000;
/** Deflate shrinks by at most this factor. @see zlib technical details, "Maximum Compression Factor" */
const DEFLATE = 1032;
const HEAD = 8192;

/**
 * The files in a zip file, by the directory at its end. Nothing is unpacked to the disk, and nothing is allocated that
 * the packed bytes could not fill.
 *
 * @throws UserError `data/missing`, `data/not-zip`, `data/damaged` or `data/too-large`
 * @see PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16
 */
export async function readZip(file: string): Promise<readonly ZipEntry[]> {
  const { size } = await stat(file);
  return withHandle(file, async (handle) => {
    const tail = await bytesAt(handle, Math.max(0, size - END - 65_535), Math.min(size, END + 65_535), file);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06'));
    if (end < 0 || end + END > tail.length) throw notZip(file);
    const [count, length, start] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (count > MOST) throw damaged(file, `it says that it holds ${count.toLocaleString('en')} files`);
    if (start + length > size) throw damaged(file, 'its directory lies behind its end');
    const directory = await bytesAt(handle, start, length, file);
    return entriesOf(directory, count, file).map((found) => entry(file, found));
  });
}

function entriesOf(directory: Buffer, count: number, file: string): readonly Found[] {
  const entries: Found[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw damaged(file, 'its directory ends early');
    }
    const name = directory.readUInt16LE(at + 28);
    entries.push({
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      ...{ packed: directory.readUInt32LE(at + 20), size: directory.readUInt32LE(at + 24) },
      at: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + name),
    });
    at += 46 + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function entry(file: string, found: Found): ZipEntry {
  const { name, size, packed, method } = found;
  const check = () => {
    if (method !== 0 && method !== 8) throw damaged(file, `'${name}' is packed in a way that is not read`);
    if (size > MAX_SPLIT) throw tooLarge(file, name, size);
    const most = method === 0 ? packed : (packed + 1) * DEFLATE;
    if (size > most) throw damaged(file, `'${name}' cannot unpack to ${size.toLocaleString('en')} bytes`);
  };
  return {
    name,
    size,
    head: async () => {
      check();
      const bytes = await packedBytes(file, found, HEAD);
      return method === 0
        ? bytes
        : unpacked(file, name, () => inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
    },
    read: async () => {
      check();
      const bytes = await packedBytes(file, found, packed);
      const whole =
        method === 0
          ? bytes
          : await unpacked(file, name, () => inflate(bytes, { maxOutputLength: Math.max(1, size) }));
      if (whole.length !== size || crc32(whole) !== found.crc)
        throw damaged(file, `'${name}' does not fit its checksum`);
      return whole;
    },
  };
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

async function unpacked(
  file: string,
  name: string,
  work: () => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  try {
    return await work();
  } catch (error) {
    throw damaged(file, `'${name}' cannot be unpacked (${(error as Error).message})`);
  }
}

/** What stands behind the header of the file itself, whose name and extra may differ in length from the directory's. */
function packedBytes(file: string, { at, packed }: Found, most: number): Promise<Buffer> {
  return withHandle(file, async (handle) => {
    const head = await bytesAt(handle, at, 30, file);
    if (head.readUInt32LE(0) !== 0x04034b50) throw damaged(file, 'a file is not where the directory says');
    const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    return bytesAt(handle, start, Math.min(packed, most), file);
  });
}

async function withHandle<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number, file: string): Promise<Buffer> {
  const { size } = await handle.stat();
  if (position + length > size) throw damaged(file, 'it ends in the middle');
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw damaged(file, 'it ends in the middle');
    done += bytesRead;
  }
  return bytes;
}

const AGAIN = 'Copy or download the file again, and compare its size with the source.';
const damaged = (file: string, reason: string): UserError =>
  new UserError(
    'data/damaged',
    `${basename(file)} cannot be unpacked: ${reason}.`,
    'The zip file is broken.',
    AGAIN,
    { file },
  );
const notZip = (file: string): UserError =>
  new UserError(
    'data/not-zip',
    `${basename(file)} is no npz file.`,
    'It has no directory at its end, as a zip file has.',
    AGAIN,
    {
      file,
    },
  );
const tooLarge = (file: string, name: string, size: number): UserError =>
  new UserError(
    'data/too-large',
    `'${name}' in ${basename(file)} has ${size.toLocaleString('en')} bytes.`,
    `An array is held in memory whole, and at most ${MAX_SPLIT.toLocaleString('en')} bytes are read.`,
    'Save the pictures as bytes (uint8), or fewer of them.',
    { file },
  );
