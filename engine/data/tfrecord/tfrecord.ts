import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encoded } from '../encoded/decode';
import { describeListing, type Listing, loadListing, type Refused } from '../encoded/gather';
import { PictureFault } from '../encoded/header';
import { listingOfRows, type Row } from '../encoded/rows';
import { folderOf, namesIn, refuseUnreadable, requireFiles, titleOf } from '../folder';
import type { DataChoice, DataSource } from '../source';
import { type SplitName, splitIn } from '../splits';
import { type Feature, readExample } from './example';
import { type Rec, readRecords } from './records';

const ID = 'tfrecord';
const REMEDY =
  'Choose the folder with train.tfrecord and test.tfrecord, or mnist-train.tfrecord-00000-of-00001 as tensorflow_datasets writes it.';
/** `x.tfrecord`, `x.tfrecord-00000-of-00001`, and `train-00000-of-01024` as ImageNet's scripts have it. */
const isRecords = (name: string): boolean =>
  /\.tfrecords?(-\d{5}-of-\d{5})?$/i.test(name) || /^(train|validation|test)-\d{5}-of-\d{5}$/.test(name);

/** Examples of TensorFlow with an encoded picture, or the pixels themselves, and a label. */
export const tfrecord: DataSource = {
  id: ID,
  title: 'Folder of TFRecord files (TensorFlow)',
  folder: { recognises: (names) => names.some(isRecords) },
  resizes: true,
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeListing(await listingOf(choice), choice),
  load: async (choice) => loadListing(await listingOf(choice), choice),
};

async function listingOf(choice: DataChoice): Promise<Listing> {
  const folder = folderOf(choice, 'TFRecord files', REMEDY);
  const { at, names } = await namesIn(folder);
  const files = names.filter(isRecords);
  requireFiles(files, folder, 'TFRecord files', REMEDY);
  const splits: Record<SplitName | 'all', Row[]> = { train: [], validation: [], test: [], all: [] };
  const refused: Refused[] = [];
  for (const name of files) {
    const rows = splits[splitIn(name) ?? 'all'];
    await addRows(join(at, name), name, rows, refused).catch((e) =>
      refuseUnreadable(join(at, name), e, REMEDY),
    );
  }
  const words = await labelNames(at, names);
  return listingOfRows({
    ...{ id: ID, title: titleOf(folder), source: `TFRecord files in ${folder}`, file: folder },
    ...{ splits, refused },
    nameOf: (label) => words[Number(label)],
  });
}

/** `label.labels.txt` of tensorflow_datasets has a class a line. */
async function labelNames(at: string, names: readonly string[]): Promise<readonly string[]> {
  const name = names.find((n) => /^label\.labels\.txt$/.test(n));
  if (!name || (await stat(join(at, name))).size > 2 ** 20) return [];
  return (await readFile(join(at, name), 'utf8')).split(/\r?\n/).map((l) => l.trim());
}

async function addRows(path: string, name: string, rows: Row[], refused: Refused[]): Promise<void> {
  let n = 0;
  for await (const record of readRecords(path)) {
    n += 1;
    const called = `${name}, record ${n}`;
    const row = rowOf(path, called, record);
    if (typeof row === 'string') refused.push({ name: called, why: row });
    else rows.push(row);
  }
}

/** The row, or why there is none. */
function rowOf(path: string, name: string, { data, start, whole }: Rec): Row | string {
  if (!whole) return 'does not agree with its checksum';
  let features: ReadonlyMap<string, Feature>;
  try {
    features = readExample(data);
  } catch (error) {
    return `is no tf.Example: ${(error as Error).message}`;
  }
  const picture = first(features, ['image/encoded', 'image_raw', 'image', 'img', 'picture', 'jpg', 'png']);
  const label = first(features, [
    'image/class/label',
    'label',
    'labels',
    'class',
    'class_id',
    'target',
    'image/class/text',
  ]);
  if (!(picture instanceof Uint8Array))
    return `has no picture among ${[...features.keys()].slice(0, 8).join(', ') || 'nothing'}`;
  if (label === undefined) return 'has no label';
  const at = start + picture.byteOffset - data.byteOffset;
  const read = pictureAt(path, at, picture.length, pixelsOf(features, picture.length));
  const word = typeof label === 'number' ? String(label) : Buffer.from(label).toString('utf8');
  return { label: word, item: (n) => ({ name, label: n, head: read, read }) };
}

function first(
  features: ReadonlyMap<string, Feature>,
  names: readonly string[],
): Uint8Array | number | undefined {
  return names.map((n) => features.get(n)?.[0]).find((v) => v !== undefined);
}

type Size = { readonly width: number; readonly height: number; readonly channels: number };

/** Where height and width stand beside it and say as many bytes as there are, the picture is not packed. */
function pixelsOf(features: ReadonlyMap<string, Feature>, length: number): Size | undefined {
  const number = (names: readonly string[]) => {
    const value = first(features, names);
    return typeof value === 'number' ? value : undefined;
  };
  const [height, width] = [
    number(['image/height', 'height', 'rows']),
    number(['image/width', 'width', 'cols']),
  ];
  if (!height || !width || height < 1 || width < 1) return undefined;
  const channels = length / (height * width);
  return [1, 2, 3, 4].includes(channels) ? { width, height, channels } : undefined;
}

function pictureAt(path: string, at: number, length: number, size: Size | undefined): () => Promise<Encoded> {
  return async () => {
    const bytes = new Uint8Array(length);
    const handle = await open(path, 'r');
    const { bytesRead } = await handle.read(bytes, 0, length, at).finally(() => handle.close());
    if (bytesRead < length) throw new PictureFault('ends in the middle');
    return size ? { ...size, data: bytes } : bytes;
  };
}
