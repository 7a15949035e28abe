import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors';
import { describeListing, type Listing, loadListing } from '../encoded/gather';
import { classOrder } from '../encoded/rows';
import { folderOf, refuseUnreadable, titleOf } from '../folder';
import { shuffled } from '../shuffle';
import type { DataChoice, DataSource } from '../source';
import { splitNamed } from '../splits';
import { kindOfPictures } from './kind';
import { type Found, findLayout, isTableName, unwrapped } from './layout';
import { fileItem, isPictureName } from './walk';

const ID = 'pictures';
const REMEDY =
  'Put the pictures of each class into a folder of its own, named after the class; or list them in metadata.csv with the columns file_name and label.';

/**
 * A folder of PNG, JPEG, WebP or BMP files: class folders, in train, val and test or not, or a table of labels;
 * Tiny ImageNet as it is unpacked.
 */
export const pictures: DataSource = {
  id: ID,
  title: 'Folder of pictures',
  folder: { recognises, kindIn: kindOfPictures },
  resizes: true,
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeListing(await listingOf(choice), choice),
  load: async (choice) => loadListing(await listingOf(choice), choice),
};

function recognises(names: readonly string[]): boolean {
  const folders = names.filter((n) => n.endsWith('/') && !n.startsWith('.'));
  return (
    folders.some((f) => splitNamed(f.slice(0, -1)) === 'train') ||
    names.some((n) => isTableName(n) || isPictureName(n)) ||
    folders.length > 0
  );
}

async function listingOf(choice: DataChoice): Promise<Listing> {
  const folder = folderOf(choice, 'pictures', REMEDY);
  const root = await unwrapped(folder).catch((error) => refuseUnreadable(folder, error, REMEDY));
  const found = await findLayout(root).catch((error) => refuseUnreadable(root.path, error, REMEDY));
  if (!found) throw noLayout(folder);
  const labels = classOrder([...found.train, ...found.test].map((p) => p.label));
  const numbers = new Map(labels.map((l, i) => [l, i]));
  const items = (split: Found['train']) =>
    shuffled(split).map(({ file, label }) => fileItem(root.path, file, numbers.get(label)!));
  return {
    ...{ id: ID, title: titleOf(folder), file: folder },
    source: `Pictures in ${folder}, ${found.how}`,
    classNames: await wordsFor(labels, root.path),
    ...{ train: items(found.train), test: items(found.test), refused: found.refused },
  };
}

/** The first word of ImageNet's synsets, where words.txt tells them, as in Tiny ImageNet. */
async function wordsFor(labels: readonly string[], root: string): Promise<readonly string[]> {
  if (!labels.every((l) => /^n\d{8}$/.test(l))) return labels;
  const path = join(root, 'words.txt');
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > 2 ** 26) return labels;
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((l) => l.split('\t'));
  const words = new Map(lines.map(([id, text]) => [id!, text?.split(',')[0]]));
  const names = labels.map((l) => words.get(l) ?? l);
  // two synsets may share their first word, as crane has it
  return names.map((n, i) => (names.indexOf(n) === names.lastIndexOf(n) ? n : `${n} ${labels[i]}`));
}

const noLayout = (folder: string): UserError =>
  new UserError(
    'data/no-classes',
    `The folder ${folder} has no pictures with classes.`,
    'A class is the name of a folder with pictures, in train or in the folder itself, or stands in metadata.csv or labels.csv with columns for file name and label.',
    REMEDY,
    { file: folder, setting: 'data' },
  );
