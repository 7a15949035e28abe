import { join } from 'node:path';
import { splitNamed } from '../splits';
import { isTableName, unwrapped } from './layout';
import { type Entries, entriesOf, isPictureName } from './walk';

/** Class folders that are looked into for a picture. */
const TRIED = 8;
const DEEPEST = 3;

/** What a folder of pictures is in words, by its names alone; undefined where it has no pictures with classes. */
export async function kindOfPictures(folder: string): Promise<string | undefined> {
  const root = await unwrapped(folder).catch(() => undefined);
  if (!root) return undefined;
  const table = root.files.find(isTableName);
  if (table) return `Pictures with a table of classes (${table})`;
  const splits = root.folders.filter((f) => splitNamed(f) !== undefined);
  if (!splits.some((f) => splitNamed(f) === 'train')) {
    return (await anyPicture(root)) ? 'Pictures in class folders' : undefined;
  }
  const train = await entriesOf(join(root.path, splits.find((f) => splitNamed(f) === 'train')!));
  const own = train.files.find(isTableName);
  if (!own && !(await anyPicture(train))) return undefined;
  if (root.files.includes('wnids.txt')) return 'Tiny ImageNet';
  return `Pictures in ${own ? 'folders with tables' : 'class folders'}: ${splits.join(', ')}`;
}

async function anyPicture({ path, folders }: Entries, depth = 1): Promise<boolean> {
  for (const folder of folders.slice(0, TRIED)) {
    const inner = await entriesOf(join(path, folder)).catch(() => undefined);
    if (inner?.files.some(isPictureName)) return true;
    if (inner && depth < DEEPEST && (await anyPicture(inner, depth + 1))) return true;
  }
  return false;
}
