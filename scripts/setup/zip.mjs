// Reads zip archives (wheels are zips) without any tool: stored and deflated members, zip64.
// Refuses names that leave the folder, links, duplicates, and members that are longer than they say.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

const chunk = 1 << 20;
const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50 };
const locator64 = 0x07064b50;

/** An archive that is cut, damaged, or asks for something unsafe. */
export class ZipError extends Error {
  name = 'ZipError';
}

/**
 * @typedef {{ name: string, size: number, packed: number, method: number, offset: number, crc: number,
 *   link: boolean, encrypted: boolean }} ZipEntry `size`, `packed` and `offset` in bytes
 */

/**
 * @param {string} name of a member
 * @returns {boolean} whether it stays inside the folder that it is unpacked into, on every platform
 */
export function isSafeName(name) {
  if (name === '' || /[\\\0:]/.test(name) || name.startsWith('/')) return false;
  return name.split('/').every((part) => part !== '..' && part !== '.');
}

async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new ZipError('the archive is cut short');
  return buffer;
}

/** Finds the end record and gives the place of the central directory. */
async function findDirectory(file, fileSize) {
  const tailSize = Math.min(fileSize, 65_557); // 22 bytes of record and at most 65,535 of comment
  const tail = await readAt(file, fileSize - tailSize, tailSize);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== signature.end) at--;
  if (at < 0) throw new ZipError('the archive has no end record: it is cut short or no zip');
  const found = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    start: tail.readUInt32LE(at + 16),
  };
  const wide = found.count === 0xffff || found.length === 0xffffffff || found.start === 0xffffffff;
  if (!wide || at < 20 || tail.readUInt32LE(at - 20) !== locator64) return found;
  const record = await readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56);
  if (record.readUInt32LE(0) !== signature.end64) throw new ZipError('the zip64 end record is damaged');
  return {
    count: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    start: Number(record.readBigUInt64LE(48)),
  };
}

/** Replaces the 32-bit fields that are all ones by the 64-bit values of the extra field 0x0001. */
function widen(entry, extra) {
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      let field = at + 4;
      for (const key of ['size', 'packed', 'offset']) {
        if (entry[key] !== 0xffffffff || field + 8 > end) continue;
        entry[key] = Number(extra.readBigUInt64LE(field));
        field += 8;
      }
    }
    at = end;
  }
}

/** @returns {{ entry: ZipEntry, next: number }} the member at `at` of the central directory */
function readEntry(directory, at) {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== signature.central) {
    throw new ZipError('the central directory is damaged');
  }
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw new ZipError('the central directory is cut short');
  const mode = directory.readUInt32LE(at + 38) >>> 16;
  const entry = {
    name: directory.toString('utf8', at + 46, nameEnd),
    size: directory.readUInt32LE(at + 24),
    packed: directory.readUInt32LE(at + 20),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    offset: directory.readUInt32LE(at + 42),
    link: (mode & 0o170000) === 0o120000,
    encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
  };
  widen(entry, directory.subarray(nameEnd, extraEnd));
  return { entry, next };
}

function checkEntry(entry, known, fileSize) {
  const { name } = entry;
  if (!isSafeName(name)) throw new ZipError(`the archive has an unsafe name: ${JSON.stringify(name)}`);
  if (entry.link) throw new ZipError(`the archive holds a link: ${name}`);
  if (entry.encrypted) throw new ZipError(`the archive is encrypted: ${name}`);
  if (known.has(name)) throw new ZipError(`the archive names ${name} twice`);
  if (entry.method !== 0 && entry.method !== 8) throw new ZipError(`unknown compression of ${name}`);
  if (entry.offset + 30 + entry.packed > fileSize) throw new ZipError(`${name} lies outside of the archive`);
}

/**
 * Reads the list of members. Nothing is unpacked yet, every name is already known to be safe.
 * @param {string} path of the archive
 * @returns {Promise<Map<string, ZipEntry>>} files only, by name
 * @throws ZipError where the archive is cut, damaged or unsafe
 */
export async function readZip(path) {
  const file = await open(path, 'r');
  try {
    const { size: fileSize } = await file.stat();
    if (fileSize < 22) throw new ZipError('the archive is cut short');
    const { count, length, start } = await findDirectory(file, fileSize);
    if (start + length > fileSize) throw new ZipError('the archive is cut short');
    const directory = await readAt(file, start, length);
    const entries = new Map();
    for (let i = 0, at = 0; i < count; i++) {
      const { entry, next } = readEntry(directory, at);
      const isFolder = entry.name.endsWith('/');
      checkEntry({ ...entry, name: isFolder ? entry.name.slice(0, -1) : entry.name }, entries, fileSize);
      if (!isFolder) entries.set(entry.name, entry);
      at = next;
    }
    return entries;
  } finally {
    await file.close();
  }
}

/** @returns {Promise<import('node:stream').Readable[]>} the member's streams, to be chained */
async function memberStreams(path, entry) {
  const file = await open(path, 'r');
  try {
    const header = await readAt(file, entry.offset, 30);
    if (header.readUInt32LE(0) !== signature.local)
      throw new ZipError(`the header of ${entry.name} is damaged`);
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    if (entry.packed === 0) return [];
    const source = createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: chunk });
    return entry.method === 8 ? [source, createInflateRaw({ chunkSize: chunk })] : [source];
  } finally {
    await file.close();
  }
}

/** Counts, sums and hashes what passes; more than the declared size is an error (a bomb stops there). */
function gauge(entry, onBytes) {
  const hash = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  const end = () => {
    if (bytes !== entry.size) return new ZipError(`${entry.name} is cut short`);
    return crc === entry.crc ? null : new ZipError(`${entry.name} is damaged: its checksum differs`);
  };
  const stream = new Transform({
    highWaterMark: chunk,
    transform(data, _encoding, done) {
      bytes += data.length;
      if (bytes > entry.size) return done(new ZipError(`${entry.name} is longer than it says`));
      hash.update(data);
      crc = crc32(data, crc);
      onBytes?.(data.length);
      return done(null, data);
    },
    flush: (done) => done(end()),
  });
  return { stream, digest: () => hash.digest('hex') };
}

/**
 * Unpacks one member into a new file and syncs it to the disk.
 * @param {string} path of the archive
 * @param {ZipEntry} entry
 * @param {string} folder
 * @param {string} [name] path inside `folder`, with slashes; the member's own name when left out
 * @param {(bytes: number) => void} [onBytes] told of each piece written
 * @returns {Promise<string>} the sha256 of the content, in hex
 * @throws ZipError also for an unsafe `name`
 */
export async function unpackMember(path, entry, folder, name = entry.name, onBytes = undefined) {
  if (!isSafeName(name)) throw new ZipError(`unsafe name: ${JSON.stringify(name)}`);
  const target = join(folder, ...name.split('/'));
  await mkdir(dirname(target), { recursive: true });
  const streams = await memberStreams(path, entry);
  const { stream, digest } = gauge(entry, onBytes);
  const output = createWriteStream(target, { flags: 'wx', flush: true, highWaterMark: chunk });
  try {
    if (streams.length === 0) stream.end();
    await pipeline([...streams, stream, output]);
  } catch (error) {
    const damaged = typeof error.code === 'string' && error.code.startsWith('Z_');
    throw damaged ? new ZipError(`${entry.name} is damaged: ${error.message}`) : error;
  }
  return digest();
}

/** @returns {Promise<string>} a small text member @throws ZipError where there is no such member */
export async function readText(path, entry, limit = 16 << 20) {
  if (!entry) throw new ZipError('a member is missing from the archive');
  if (entry.size > limit) throw new ZipError(`${entry.name} is too long to be read at once`);
  const parts = [];
  const collect = async (source) => {
    for await (const data of source) parts.push(data);
  };
  const { stream } = gauge(entry);
  const streams = await memberStreams(path, entry);
  if (streams.length > 0) await pipeline([...streams, stream, collect]);
  return Buffer.concat(parts).toString('utf8');
}
