import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import type { ColumnMetaData } from 'hyparquet';
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import { readHybrid } from './hybrid';
import { unpackSnappy } from './snappy';

export type Cell = Uint8Array | number | bigint | null;

/** One column of one group of rows. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly meta: ColumnMetaData;
  /** How many of the fields on the way to it may be missing. */
  readonly optional: number;
  readonly rows: number;
}
/** Bytes that one page may unpack to. */
const LARGEST = 2 ** 30;

/**
 * The cells of a chunk without repeated fields, plain or by a dictionary, as Arrow writes pictures and labels. hyparquet
 * would read more, but believes lengths of runs and pages that broken files have: it fills the memory, or never ends.
 *
 * @throws Error where the chunk is broken
 * @see Parquet, README.md, "Data Pages", and Encodings.md
 */
export function readChunk(chunk: Chunk): Cell[] {
  const { bytes, rows } = chunk;
  const cells: Cell[] = [];
  let dictionary: readonly Cell[] = [];
  let at = 0;
  while (cells.length < rows) {
    const { page, next } = readPage(bytes, at);
    at = next;
    if (page.kind === DICTIONARY)
      dictionary = plainCells(unpack(page.body, page.size, chunk), page.count, chunk);
    else if (page.kind === DATA || page.kind === DATA_2) {
      if (page.count < 1 || page.count > rows - cells.length)
        throw new Error('a page has more rows than the group');
      for (const cell of dataCells(page, dictionary, chunk)) cells.push(cell);
    }
  }
  return cells;
}

const [DATA, DICTIONARY, DATA_2] = [0, 2, 3];
const [PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY] = [0, 2, 8];

interface Page {
  readonly kind: number;
  readonly count: number;
  readonly encoding: number;
  /** Unpacked, in bytes. */
  readonly size: number;
  readonly body: Uint8Array;
  /** Of the second version: bytes of levels before the values, which are never packed. */
  readonly levels: number;
  readonly packed: boolean;
}

function readPage(bytes: Uint8Array, at: number): { readonly page: Page; readonly next: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: at };
  const head = deserializeTCompactProtocol(reader);
  const [kind, size, length] = [head.field_1, head.field_2, head.field_3].map(Number) as [
    number,
    number,
    number,
  ];
  const next = reader.offset + length;
  if (!(length >= 0 && next <= bytes.length && size >= 0 && size <= LARGEST))
    throw new Error('a page leads outside');
  const inner = (kind === DATA ? head.field_5 : kind === DICTIONARY ? head.field_7 : head.field_8) ?? {};
  const second = kind === DATA_2;
  const page = {
    ...{ kind, size, count: Number(inner.field_1), encoding: Number(second ? inner.field_4 : inner.field_2) },
    body: bytes.subarray(reader.offset, next),
    levels: second ? Number(inner.field_5) : 0,
    packed: !second || inner.field_7 !== false,
  };
  if (second && Number(inner.field_6) !== 0) throw new Error('a repeated field');
  return { page, next };
}

function dataCells(page: Page, dictionary: readonly Cell[], chunk: Chunk): Cell[] {
  const { body, count, size, levels, packed } = page;
  const first = page.kind === DATA ? unpack(body, size, chunk) : body;
  if (page.kind === DATA) {
    if (chunk.optional === 0)
      return spread(undefined, values(first, count, page.encoding, dictionary, chunk), chunk);
    const length = lengthAt(first, 0);
    const there = readHybrid(first.subarray(4, 4 + length), bitsFor(chunk.optional), count);
    return filled(there, first.subarray(4 + length), page, dictionary, chunk);
  }
  if (!(levels >= 0 && levels <= body.length && levels <= size)) throw new Error('levels lead outside');
  const rest = packed ? unpack(body.subarray(levels), size - levels, chunk) : body.subarray(levels);
  const there =
    chunk.optional > 0 ? readHybrid(body.subarray(0, levels), bitsFor(chunk.optional), count) : undefined;
  if (!there) return spread(undefined, values(rest, count, page.encoding, dictionary, chunk), chunk);
  return filled(there, rest, page, dictionary, chunk);
}

function filled(
  there: Uint32Array,
  rest: Uint8Array,
  page: Page,
  dictionary: readonly Cell[],
  chunk: Chunk,
): Cell[] {
  const present = there.reduce((n, level) => n + (level === chunk.optional ? 1 : 0), 0);
  return spread(there, values(rest, present, page.encoding, dictionary, chunk), chunk);
}

/** Puts a null where a row has no value. */
function spread(there: Uint32Array | undefined, cells: Cell[], { optional }: Chunk): Cell[] {
  if (!there) return cells;
  let at = 0;
  return Array.from(there, (level) => (level === optional ? cells[at++]! : null));
}

function values(
  bytes: Uint8Array,
  count: number,
  encoding: number,
  dictionary: readonly Cell[],
  chunk: Chunk,
): Cell[] {
  if (encoding === PLAIN) return plainCells(bytes, count, chunk);
  if (encoding !== PLAIN_DICTIONARY && encoding !== RLE_DICTIONARY)
    throw new Error(`an encoding (${encoding}) that is not read`);
  if (count === 0) return [];
  const width = bytes[0] ?? 33;
  const places = width === 0 ? new Uint32Array(count) : readHybrid(bytes.subarray(1), width, count);
  return Array.from(places, (place) => {
    const cell = dictionary[place];
    if (cell === undefined) throw new Error('a value that is not in the dictionary');
    return cell;
  });
}

function plainCells(bytes: Uint8Array, count: number, { meta }: Chunk): Cell[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { INT32: 4, INT64: 8, BYTE_ARRAY: 4 }[meta.type as string];
  if (!size) throw new Error(`a column of ${meta.type}`);
  if (!(count >= 0 && count * size <= bytes.length)) throw new Error('values that are missing');
  if (meta.type === 'INT32') return Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true));
  if (meta.type === 'INT64') return Array.from({ length: count }, (_, i) => view.getBigInt64(8 * i, true));
  let at = 0;
  return Array.from({ length: count }, () => {
    const length = lengthAt(bytes, at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  });
}

/** Four bytes that say how many follow. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(at, true);
  if (at + 4 + length > bytes.length) throw new Error('a value leads outside');
  return length;
}

function unpack(bytes: Uint8Array, size: number, { meta }: Chunk): Uint8Array {
  const unpacker = UNPACKERS[meta.codec];
  if (!unpacker) throw new Error(`it is packed with ${meta.codec}, which is not read`);
  const page = unpacker(bytes, size);
  if (page.length !== size) throw new Error('a page has another length than its header says');
  return page;
}

const UNPACKERS: Readonly<Record<string, (input: Uint8Array, size: number) => Uint8Array>> = {
  UNCOMPRESSED: (input) => input,
  SNAPPY: unpackSnappy,
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: Math.max(1, size) }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
  ZSTD: (input, size) => decompress(input, new Uint8Array(size)),
};

const bitsFor = (highest: number): number => 32 - Math.clz32(highest);
