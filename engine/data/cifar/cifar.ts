import { existsSync, readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../errors';
import type { DataInfo, DataSet, Split } from '../describe';
import type { DataChoice, DataSource } from '../source';
import { readArchive } from './archive';
import { FINE, TEN } from './class-names';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const PIXELS = 3 * PLANE;

/** One of the two data sets: its files, and where the label stands before the pixels of a record. */
interface Layout {
  readonly id: 'cifar-10' | 'cifar-100';
  readonly title: string;
  readonly classNames: readonly string[];
  /** Names without `.bin`: the binary version has it, the Python version has not. */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Bytes of labels before the pixels, and which of them is the class. */
  readonly labels: number;
  readonly label: number;
  /** The name of the labels in the Python version. */
  readonly key: string;
}

const layouts = {
  ten: {
    id: 'cifar-10',
    title: 'CIFAR-10',
    classNames: TEN,
    train: [1, 2, 3, 4, 5].map((n) => `data_batch_${n}`),
    test: ['test_batch'],
    ...{ labels: 1, label: 0, key: 'labels' },
  },
  hundred: {
    id: 'cifar-100',
    title: 'CIFAR-100',
    classNames: FINE,
    ...{ train: ['train'], test: ['test'], labels: 2, label: 1, key: 'fine_labels' },
  },
} as const satisfies Record<string, Layout>;

export const cifar10 = sourceOf(layouts.ten);
export const cifar100 = sourceOf(layouts.hundred);

/**
 * A folder with the files of the binary or the Python version, as they come out of the authors' archive.
 * @see Krizhevsky. Learning Multiple Layers of Features from Tiny Images. 2009
 */
function sourceOf(layout: Layout): DataSource {
  const remedy = `Choose the folder that holds ${layout.train[0]}.bin or ${layout.train[0]}, from the archive of ${layout.title}.`;
  return {
    id: layout.id,
    title: layout.title,
    folder: { recognises: (names) => filesIn(names, layout) !== undefined },
    status: () => ({ ready: true, remedy }),
    describe: async (choice) => {
      const files = findFiles(choice, layout, remedy);
      const counts = async (paths: readonly string[]) => {
        let sum = 0;
        for (const path of paths) sum += await countOf(path, layout);
        return sum;
      };
      return infoOf(layout, files.folder, await counts(files.train), await counts(files.test));
    },
    load: async (choice) => {
      const files = findFiles(choice, layout, remedy);
      const [train, test] = [await readSplit(files.train, layout), await readSplit(files.test, layout)];
      const info = infoOf(layout, files.folder, train.count, test.count);
      return { info, train, test } satisfies DataSet;
    },
  };
}

const infoOf = (layout: Layout, folder: string, train: number, test: number): DataInfo => ({
  ...{ id: layout.id, title: layout.title, shape: [SIDE, SIDE, 3], classNames: [...layout.classNames] },
  ...{ train, test, source: `${layout.title}, Krizhevsky 2009, from ${folder}` },
});

/** Which names serve, all of one version; the binary one goes first. */
function filesIn(names: readonly string[], { train, test }: Layout) {
  const has = new Set(names);
  for (const end of ['.bin', '']) {
    const all = [...train, ...test].map((n) => `${n}${end}`);
    if (all.every((n) => has.has(n)))
      return { train: train.map((n) => n + end), test: test.map((n) => n + end) };
  }
  return undefined;
}

function findFiles({ folder }: DataChoice, layout: Layout, remedy: string) {
  const place = { setting: 'data', ...(folder !== undefined && { file: folder }) };
  if (!folder) {
    const why = `${layout.title} is read from a folder on this computer.`;
    throw new UserError('data/no-folder', `No folder of ${layout.title} is chosen.`, why, remedy, place);
  }
  // the archive holds one folder, and people choose the one around it
  const inner = existsSync(folder) ? list(folder).map((n) => join(folder, n)) : [];
  for (const at of [folder, ...inner]) {
    const found = filesIn(list(at), layout);
    if (found) {
      const paths = (names: readonly string[]) => names.map((n) => join(at, n));
      return { folder: at, train: paths(found.train), test: paths(found.test) };
    }
  }
  throw new UserError(
    'data/missing',
    `${folder} does not hold ${layout.title}.`,
    `It needs ${[...layout.train, ...layout.test].join(', ')}, all with .bin or all without.`,
    remedy,
    place,
  );
}
function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no folder: told by the search
  }
}

const isBinary = (path: string): boolean => path.endsWith('.bin');

async function countOf(path: string, layout: Layout): Promise<number> {
  if (isBinary(path)) return recordsIn(path, (await stat(path)).size, layout);
  return readArchive(await readFile(path), path, layout.key).labels.length;
}

function recordsIn(path: string, size: number, { labels, title }: Layout): number {
  const record = labels + PIXELS;
  if (size > 0 && size % record === 0) return size / record;
  throw new UserError(
    'data/truncated',
    `${basename(path)} has ${size.toLocaleString('en')} bytes.`,
    `A file of ${title} is made of records of ${record.toLocaleString('en')} bytes, so that it is not whole.`,
    'Copy or download the file again, and compare its size with the source.',
    { file: path },
  );
}

async function readSplit(paths: readonly string[], layout: Layout): Promise<Split> {
  const parts: Split[] = [];
  for (const path of paths) parts.push(await readPart(path, layout));
  const count = parts.reduce((n, p) => n + p.count, 0);
  const pictures = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    pictures.set(part.pictures, at * PIXELS);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { pictures, labels, count };
}

async function readPart(path: string, layout: Layout): Promise<Split> {
  const bytes = await readFile(path);
  const part = isBinary(path) ? fromRecords(bytes, path, layout) : fromArchive(bytes, path, layout);
  const wrong = part.labels.findIndex((l) => l >= layout.classNames.length);
  if (wrong < 0) return part;
  throw new UserError(
    'data/label-range',
    `Label ${wrong + 1} in ${basename(path)} is ${part.labels[wrong]}, but there are ${layout.classNames.length} classes.`,
    `Labels are 0 to ${layout.classNames.length - 1}.`,
    'Check that the folder holds this data set, and not the other one.',
    { file: path },
  );
}

function fromRecords(bytes: Uint8Array, path: string, layout: Layout): Split {
  const count = recordsIn(path, bytes.length, layout);
  const record = layout.labels + PIXELS;
  const pictures = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    labels[n] = bytes[n * record + layout.label]!;
    interleave(bytes, n * record + layout.labels, pictures, n * PIXELS);
  }
  return { pictures, labels, count };
}

function fromArchive(bytes: Uint8Array, path: string, { key }: Layout): Split {
  const { planes, labels } = readArchive(bytes, path, key);
  const count = labels.length;
  if (planes.length !== count * PIXELS) {
    throw new UserError(
      'data/count-mismatch',
      `${basename(path)} has ${count.toLocaleString('en')} labels and ${planes.length.toLocaleString('en')} bytes of pixels.`,
      `Each picture has ${PIXELS.toLocaleString('en')} of them.`,
      'Get the file again from its source.',
      { file: path },
    );
  }
  const pictures = new Uint8Array(planes.length);
  for (let n = 0; n < count; n++) interleave(planes, n * PIXELS, pictures, n * PIXELS);
  return { pictures, labels: Uint8Array.from(labels), count };
}

/** Three planes of red, green and blue -> pixels of three channels. */
function interleave(from: Uint8Array, start: number, to: Uint8Array, at: number): void {
  for (let i = 0; i < PLANE; i++) {
    to[at + 3 * i] = from[start + i]!;
    to[at + 3 * i + 1] = from[start + PLANE + i]!;
    to[at + 3 * i + 2] = from[start + 2 * PLANE + i]!;
  }
}
