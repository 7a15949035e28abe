import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync } from 'hyparquet';
import { UserError } from '../../errors';
import { PictureFault } from '../encoded/header';
import { type Cell, readChunk } from './column';
import { classNamesIn, columnsOf, type Field } from './columns';

export interface Table {
  /** One for each row; null where it has none. */
  readonly labels: readonly (string | null)[];
  readonly classNames: readonly string[];
  /** The encoded picture of a row. @throws PictureFault, UserError */
  picture(row: number): Promise<Uint8Array>;
}
/** Rows of one file: what is more is no table of pictures. */
const MOST_ROWS = 10_000_000;
/** Bytes of one column of one group, which is held in memory. */
const LARGEST = 2 ** 30;

/**
 * The labels of a table of pictures; pictures are read a group of rows at a time.
 *
 * @throws UserError `data/parquet`, `data/columns`
 */
export async function openTable(file: string): Promise<Table> {
  const metadata = await withFile(file, (handle) => readMetadata(handle));
  const columns = await guarded(file, async () => columnsOf(metadata));
  if (!columns) throw noColumns(file, metadata);
  const groups = await guarded(file, async () => groupsOf(metadata));
  const labels: (string | null)[] = [];
  for (const group of groups) {
    for (const cell of await readColumn(file, metadata, group, columns.label)) labels.push(labelOf(cell));
  }
  const picturesOf = lastOne((group) => readColumn(file, metadata, group, columns.picture));
  return {
    labels,
    classNames: classNamesIn(metadata, columns.label.path[0]!),
    picture: async (row) => {
      const group = groups.find((g) => row < g.start + g.rows)!;
      const cell = (await picturesOf(group))[row - group.start];
      if (!(cell instanceof Uint8Array)) throw new PictureFault('has no bytes in the table');
      return cell;
    },
  };
}

interface Group {
  readonly index: number;
  readonly start: number;
  readonly rows: number;
}

function groupsOf(metadata: FileMetaData): readonly Group[] {
  let start = 0;
  return metadata.row_groups.map(({ num_rows }, index) => {
    const rows = Number(num_rows);
    if (!(rows >= 0 && start + rows <= MOST_ROWS)) throw new Error('its number of rows is wrong');
    start += rows;
    return { index, start: start - rows, rows };
  });
}

function readColumn(
  file: string,
  metadata: FileMetaData,
  { index, rows }: Group,
  field: Field,
): Promise<Cell[]> {
  return withFile(file, async (handle) => {
    const { columns } = metadata.row_groups[index]!;
    const meta = columns
      .map((c) => c.meta_data)
      .find((m) => m?.path_in_schema.join('\0') === field.path.join('\0'));
    if (!meta) throw new Error(`a group has no column ${field.path.join('.')}`);
    const offsets = [meta.dictionary_page_offset, meta.data_page_offset]
      .filter((o) => o !== undefined)
      .map(Number);
    const start = Math.min(...offsets.filter((o) => o > 0));
    const bytes = await bytesAt(handle, start, Number(meta.total_compressed_size));
    return readChunk({ bytes, meta, optional: field.optional, rows });
  });
}

/** Pictures are asked for in their order, so that one group at a time is held. */
function lastOne(read: (group: Group) => Promise<Cell[]>) {
  let held: { readonly group: Group; readonly cells: Promise<Cell[]> } | undefined;
  return (group: Group): Promise<Cell[]> => {
    if (held?.group !== group) held = { group, cells: read(group) };
    return held.cells;
  };
}

const labelOf = (cell: Cell): string | null =>
  cell === null ? null : cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : String(cell);

async function readMetadata(handle: FileHandle): Promise<FileMetaData> {
  const { size } = await handle.stat();
  if (size < 12) throw new Error('it is too short');
  const buffer: AsyncBuffer = {
    byteLength: size,
    slice: async (start, end = size) => {
      const bytes = await bytesAt(handle, start, Math.min(end, size) - start);
      return bytes.buffer as ArrayBuffer;
    },
  };
  return parquetMetadataAsync(buffer, { geoparquet: false });
}

async function bytesAt(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (!(start >= 0 && length >= 0 && length <= LARGEST && start + length <= size))
    throw new Error('it leads outside of the file');
  const bytes = new Uint8Array(length);
  const { bytesRead } = await handle.read(bytes, 0, length, start);
  if (bytesRead < length) throw new Error('it ends in the middle');
  return bytes;
}

const withFile = <T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> =>
  guarded(file, async () => {
    const handle = await open(file, 'r');
    return work(handle).finally(() => handle.close());
  });

/** What is read throws plain errors at what it cannot: each is a fault of the file, but for those of the system. */
async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const ofSystem = error instanceof Error && /^E[A-Z]+$/.test(`${code}`);
    if (error instanceof UserError || ofSystem) throw error;
    throw broken(file, error instanceof Error ? error.message : String(error));
  }
}

const broken = (file: string, reason: string): UserError =>
  new UserError(
    'data/parquet',
    `${basename(file)} cannot be read as Parquet: ${reason.replaceAll(/\s+/g, ' ').slice(0, 160)}.`,
    'Its header and its contents must agree.',
    'Copy or download the file again, and compare its size with the source.',
    { file },
  );

function noColumns(file: string, metadata: FileMetaData): UserError {
  const names = metadata.schema.slice(1, 13).map((s) => s.name);
  return new UserError(
    'data/columns',
    `${basename(file)} has no columns of pictures and labels.`,
    `A picture is a column of bytes called image, or a record with bytes; a class is called label. There are: ${names.join(', ')}.`,
    'Choose a data set of classified pictures, or rename the columns.',
    { file },
  );
}
