import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../errors';
import { crc32c } from '../checksum';

/** One record: where its data starts in the file, and whether it agrees with its checksum. */
export interface Rec {
  readonly start: number;
  readonly data: Uint8Array;
  readonly whole: boolean;
}
const WINDOW = 2 ** 23;
/** A picture with its label is far smaller. */
const LARGEST = 2 ** 28;
/** Length (8 bytes), its checksum (4), the data, its checksum (4). */
const HEAD = 12;
const FOOT = 4;

/**
 * The records of a TFRecord file, one after the other; the data is good until the next one is asked for.
 *
 * @throws UserError `data/not-tfrecord`, `data/damaged`, `data/truncated`
 * @see TensorFlow, core/lib/io/record_writer.h
 */
export async function* readRecords(file: string): AsyncGenerator<Rec> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const window = windowOf(handle, size);
    let at = 0;
    while (at < size) {
      if (at + HEAD > size) throw truncated(file, at);
      const head = await window(at, HEAD);
      if (masked(head.subarray(0, 8)) !== uint32(head, 8))
        throw at === 0 ? notTfRecord(file, head) : damaged(file, at);
      const length = uint32(head, 0) + uint32(head, 4) * 2 ** 32;
      if (length > LARGEST) throw damaged(file, at);
      if (at + HEAD + length + FOOT > size) throw truncated(file, at);
      const body = await window(at + HEAD, length + FOOT);
      const data = body.subarray(0, length);
      yield { start: at + HEAD, data, whole: masked(data) === uint32(body, length) };
      at += HEAD + length + FOOT;
    }
  } finally {
    await handle.close();
  }
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

/** Turned and moved, so that a checksum of data with checksums in it is none of them. */
function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Reads eight MB at a time: two calls of the system for each record would take longer than the rest. */
function windowOf(handle: FileHandle, size: number) {
  let [from, bytes]: [number, Uint8Array] = [0, new Uint8Array(0)];
  return async (at: number, length: number): Promise<Uint8Array> => {
    if (at < from || at + length > from + bytes.length) {
      const buffer = new Uint8Array(Math.max(Math.min(WINDOW, size - at), length));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      [from, bytes] = [at, buffer.subarray(0, bytesRead)];
      if (bytesRead < length) throw new Error('the file was cut while it was read');
    }
    return bytes.subarray(at - from, at - from + length);
  };
}

const AGAIN = 'Copy or download the file again, and compare its size with the source.';
const place = (at: number): string => `at byte ${at.toLocaleString('en')}`;
const truncated = (file: string, at: number): UserError =>
  new UserError(
    'data/truncated',
    `${basename(file)} is truncated: the record ${place(at)} is not whole.`,
    'A record promises its length, and so many bytes and a checksum must follow.',
    AGAIN,
    { file },
  );
const damaged = (file: string, at: number): UserError =>
  new UserError(
    'data/damaged',
    `${basename(file)} is damaged: the length of the record ${place(at)} does not agree with its checksum.`,
    'Where the length is wrong the records behind it cannot be found.',
    AGAIN,
    { file },
  );
const notTfRecord = (file: string, head: Uint8Array): UserError =>
  new UserError(
    'data/not-tfrecord',
    `${basename(file)} is no TFRecord file.`,
    head[0] === 0x1f && head[1] === 0x8b
      ? 'It is packed with gzip.'
      : 'Its first 12 bytes are no length with a checksum (CRC-32C).',
    head[0] === 0x1f && head[1] === 0x8b ? 'Unpack it: gunzip FILE.' : AGAIN,
    { file },
  );
