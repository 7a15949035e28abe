import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors';
import type { FileArray } from '../arrays/array';
import { type Arrays, describeArrays, loadArrays, type Part } from '../arrays/assemble';
import { folderOf, namesIn, refuseUnreadable, titleOf } from '../folder';
import type { DataChoice, DataSource } from '../source';
import { type SplitName, splitNamed } from '../splits';
import { readNpyHeader, readNpyNumbers } from './npy';
import { readZip, type ZipEntry } from './zip';

const ID = 'npz';
const REMEDY =
  "Save it with np.savez('data.npz', x_train=…, y_train=…, x_test=…, y_test=…), or x and y alone.";
const isArrayName = (name: string): boolean => /\.np[yz]$/i.test(name);

/** NumPy's arrays: an npz file, as Keras has MNIST and MedMNIST its sets, or npy files, by their names. */
export const npz: DataSource = {
  id: ID,
  title: 'Folder of NumPy files (npz, npy)',
  folder: { recognises: (names) => names.some(isArrayName) },
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeArrays(await arraysOf(choice)),
  load: async (choice) => loadArrays(await arraysOf(choice)),
};

async function arraysOf(choice: DataChoice): Promise<Arrays> {
  const folder = folderOf(choice, 'NumPy files', REMEDY);
  const all = await allArrays(folder).catch((error) => refuseUnreadable(folder, error, REMEDY));
  const { train, test } = await sortOut(all, folder);
  const title = titleOf(folder);
  return { id: ID, title, source: `Arrays of NumPy in ${folder}`, file: folder, train, test };
}

/** Of several npz files each array has the name of its file before its own. */
async function allArrays(folder: string): Promise<readonly Named[]> {
  const { at, names } = await namesIn(folder);
  const packs = names.filter((n) => /\.npz$/i.test(n));
  const found: Named[] = [];
  for (const name of names.filter((n) => /\.npy$/i.test(n))) {
    found.push({ key: stem(name), open: () => fromFile(join(at, name), name) });
  }
  for (const name of packs) {
    for (const entry of await readZip(join(at, name))) {
      const key = packs.length > 1 ? `${stem(name)}_${stem(entry.name)}` : stem(entry.name);
      found.push({ key, open: () => fromEntry(join(at, name), entry) });
    }
  }
  return found;
}
const stem = (name: string): string => name.replace(/\.np[yz]$/i, '');

interface Named {
  readonly key: string;
  /** Reads the header. */
  open(): Promise<FileArray>;
}

async function fromEntry(file: string, entry: ZipEntry): Promise<FileArray> {
  const header = readNpyHeader(await entry.head(), entry.size, file, stem(entry.name));
  return {
    ...header,
    file,
    name: stem(entry.name),
    read: async () => readNpyNumbers(await entry.read(), header),
  };
}

async function fromFile(file: string, name: string): Promise<FileArray> {
  const { size } = await stat(file);
  const head = Buffer.alloc(Math.min(size, 8192));
  const handle = await open(file, 'r');
  await handle.read(head, 0, head.length, 0).finally(() => handle.close());
  const header = readNpyHeader(head, size, file, stem(name));
  const read = async () => {
    const bytes = await readFile(file);
    // again: the file may be another one by now
    return readNpyNumbers(bytes, readNpyHeader(bytes, bytes.length, file, stem(name)));
  };
  return { ...header, file, name: stem(name), read };
}

const PICTURES = new Set(['x', 'image', 'images', 'data', 'pictures', 'imgs', 'inputs', 'features']);
const LABELS = new Set(['y', 'label', 'labels', 'target', 'targets', 'class', 'classes']);

/** `x_train`, `Xtrain`, `train_images` and `arr_0` (the first of two that np.savez was given without names). */
function meaningOf(key: string): readonly [SplitName | 'all', 'pictures' | 'labels'] | undefined {
  if (/^arr_[01]$/.test(key)) return ['all', key === 'arr_0' ? 'pictures' : 'labels'];
  const words = key
    .toLowerCase()
    .replace(/^([xy])(?=t|v)/, '$1_')
    .split(/[^a-z0-9]+/);
  const split = words.map(splitNamed).find((s) => s !== undefined) ?? 'all';
  const part = words.some((w) => PICTURES.has(w))
    ? 'pictures'
    : words.some((w) => LABELS.has(w))
      ? 'labels'
      : undefined;
  return part && [split, part];
}

/** As with folders of pictures: what is for validation serves as the test where there is none, else it joins the training. */
async function sortOut(all: readonly Named[], folder: string): Promise<{ train: Part[]; test: Part[] }> {
  const found = new Map<string, Named[]>();
  for (const named of all) {
    const key = meaningOf(named.key)?.join(' ');
    if (key) found.set(key, [...(found.get(key) ?? []), named]);
  }
  const part = async (split: SplitName | 'all'): Promise<Part[]> => {
    const [pictures = [], labels = []] = ['pictures', 'labels'].map((p) => found.get(`${split} ${p}`));
    const several = [pictures, labels].find((p) => p.length > 1);
    if (several)
      throw ambiguous(
        folder,
        several.map((n) => n.key),
      );
    return pictures[0] && labels[0]
      ? [{ pictures: await pictures[0].open(), labels: await labels[0].open() }]
      : [];
  };
  const [train, validation, test] = [await part('train'), await part('validation'), await part('test')];
  if (train.length === 0) {
    const both = await part('all');
    if (both.length > 0) return { train: both, test };
    throw missing(
      folder,
      all.map((n) => n.key),
    );
  }
  return test.length > 0 ? { train: [...train, ...validation], test } : { train, test: validation };
}

const missing = (folder: string, keys: readonly string[]): UserError =>
  new UserError(
    'data/missing',
    `${folder} has no arrays of pictures and labels.`,
    `Their names tell what is what, such as x_train and y_train, or images and labels. ${
      keys.length > 0 ? `There are: ${keys.slice(0, 12).join(', ')}.` : 'There is none.'
    }`,
    REMEDY,
    { file: folder, setting: 'data' },
  );
const ambiguous = (folder: string, keys: readonly string[]): UserError =>
  new UserError(
    'data/ambiguous',
    `Several arrays may be the same: ${keys.join(', ')}.`,
    'One folder holds one data set.',
    'Move each data set to a folder of its own.',
    { file: folder, setting: 'data' },
  );
