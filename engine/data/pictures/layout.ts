import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refused } from '../encoded/gather';
import { splitBySeed } from '../shuffle';
import { type SplitName, splitNamed } from '../splits';
import { type Row, readTable } from './table';
import { type Entries, entriesOf, isPictureName, picturesBelow } from './walk';

/** A picture by its path from the root, and the name of its class. */
export interface Labelled {
  readonly file: string;
  readonly label: string;
}
export interface Found {
  readonly train: readonly Labelled[];
  readonly test: readonly Labelled[];
  readonly refused: readonly Refused[];
  /** How the two came to be, as half a sentence. */
  readonly how: string;
}
export const isTableName = (name: string): boolean => /^(metadata|labels)\.(csv|tsv)$/i.test(name);

/** A table in the root goes first, then folders of splits, then folders of classes; undefined where there are none. */
export async function findLayout(root: Entries): Promise<Found | undefined> {
  const table = await fromTable(root);
  if (table) return table;
  const splits = root.folders.filter((f) => splitNamed(f) !== undefined);
  if (!splits.some((f) => splitNamed(f) === 'train')) {
    const { good, refused } = await fromClassFolders(root.path, '');
    return good.length === 0 ? undefined : settle({ train: good, validation: [], test: [] }, refused);
  }
  const parts: Record<SplitName, Labelled[]> = { train: [], validation: [], test: [] };
  const refused: Refused[] = [];
  for (const folder of splits) {
    const found = await fromSplitFolder(root.path, folder);
    parts[splitNamed(folder)!].push(...found.good);
    refused.push(...found.refused);
  }
  return parts.train.length === 0 ? undefined : settle(parts, refused);
}

/** The trainer draws its validation from the training pictures, so that a third split joins them. */
export function settle(
  parts: Readonly<Record<SplitName, readonly Labelled[]>>,
  refused: readonly Refused[],
): Found {
  const { train, validation, test } = parts;
  if (test.length > 0) {
    const how = validation.length > 0 ? 'validation pictures joined those to train' : 'in its own splits';
    return { train: [...train, ...validation], test, refused, how };
  }
  if (validation.length > 0) {
    return { train, test: validation, refused, how: 'validation pictures serve as the test' };
  }
  const split = splitBySeed(train, (p) => p.label);
  return { ...split, refused, how: 'a fifth of each class drawn as the test' };
}

interface Part {
  readonly good: readonly Labelled[];
  readonly refused: readonly Refused[];
}

/** A split as class folders, with a table of its own, or as Tiny ImageNet's val with its annotations. */
async function fromSplitFolder(root: string, folder: string): Promise<Part> {
  const entries = await entriesOf(join(root, folder));
  const within = (row: Row): Row => ({ ...row, file: `${folder}/${row.file}` });
  for (const name of entries.files.filter(isTableName)) {
    const rows = await readTable(join(entries.path, name));
    if (rows) return match(rows.map(within), await picturesBelow(root, folder), `${folder}/${name}`);
  }
  const notes = entries.files.find((f) => /annotations\.txt$/i.test(f));
  if (notes) {
    const rows = annotations(await readFile(join(entries.path, notes), 'utf8'));
    return match(rows.map(within), await picturesBelow(root, folder), `${folder}/${notes}`);
  }
  return fromClassFolders(root, folder);
}

/** `val_0.JPEG n03444034 0 32 44 62`, by tabs: the picture, its class and a box. */
const annotations = (text: string): Row[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.split('\t'))
    .filter((parts) => parts.length > 1)
    .map(([file, label]) => ({ file: file!, label: label!, split: undefined }));

async function fromClassFolders(root: string, folder: string): Promise<Part> {
  const good: Labelled[] = [];
  for (const label of (await entriesOf(join(root, folder))).folders) {
    const path = folder === '' ? label : `${folder}/${label}`;
    for (const file of await picturesBelow(root, path)) good.push({ file, label });
  }
  // pictures beside the class folders have no class; Tiny ImageNet's test is nothing else
  const folders = new Set(good.map((g) => g.label));
  const unlabelled = folders.size === 1 && folders.has('images');
  return { good: unlabelled && folder !== '' ? [] : good, refused: [] };
}

async function fromTable(root: Entries): Promise<Found | undefined> {
  for (const name of root.files.filter(isTableName)) {
    const rows = await readTable(join(root.path, name));
    if (!rows) continue;
    const paths = await picturesBelow(root.path);
    const parts: Record<SplitName, Labelled[]> = { train: [], validation: [], test: [] };
    const { good, refused } = match(rows, paths, name);
    for (const found of good) {
      const said = found.row.split ?? found.file.split('/')[0]!;
      parts[splitNamed(said) ?? 'train'].push({ file: found.file, label: found.label });
    }
    return settle(parts, refused);
  }
  return undefined;
}

interface Matched extends Labelled {
  readonly row: Row;
}

/** Finds each row's picture by its path, else by its name, else by its name without the ending. */
function match(rows: readonly Row[], paths: readonly string[], table: string) {
  const known = new Map<string, string | null>(); // null: several
  const know = (key: string, path: string) =>
    known.set(key, known.has(key) && known.get(key) !== path ? null : path);
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (const key of new Set([`=${path}`, name, name.replace(/\.\w+$/, '')])) know(key, path);
  }
  const good: Matched[] = [];
  const refused: Refused[] = [];
  for (const row of rows) {
    const name = row.file.slice(row.file.lastIndexOf('/') + 1);
    const path = known.get(`=${row.file.replace(/^\.\//, '')}`) ?? known.get(name);
    if (!path) {
      const why = path === null ? 'is a name of several files' : `stands in ${table}, but is not there`;
      refused.push({ name: row.file || '(no name)', why });
    } else if (row.label === '') refused.push({ name: path, why: `has no label in ${table}` });
    else good.push({ file: path, label: row.label, row });
  }
  return { good, refused };
}

/** A folder with nothing but another one in it is a wrapper, as archives have. */
export async function unwrapped(folder: string): Promise<Entries> {
  const entries = await entriesOf(folder);
  const [only, second] = entries.folders;
  const plain = entries.files.some((f) => isTableName(f) || isPictureName(f));
  if (!only || second || plain || splitNamed(only)) return entries;
  const inner = await entriesOf(join(folder, only));
  return inner.folders.length > 0 || inner.files.some(isTableName) ? unwrapped(inner.path) : entries;
}
