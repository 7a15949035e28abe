import type { Dirent } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PictureFault } from '../encoded/header';
import type { Item } from '../encoded/survey';

/** A folder's entries by kind, in the order of their names; hidden ones are left out. */
export interface Entries {
  readonly path: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** Links are followed; what is neither folder nor file, or cannot be looked at, is left out. */
export async function entriesOf(path: string): Promise<Entries> {
  const all = await readdir(path, { withFileTypes: true });
  const [folders, files]: [string[], string[]] = [[], []];
  for (const entry of all.filter((e) => !e.name.startsWith('.'))) {
    const kind = await kindOf(path, entry);
    if (kind === 'folder') folders.push(entry.name);
    if (kind === 'file') files.push(entry.name);
  }
  return { path, folders: folders.sort(), files: files.sort() };
}

async function kindOf(path: string, entry: Dirent): Promise<'folder' | 'file' | 'other'> {
  const found = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => undefined) : entry;
  if (found?.isDirectory()) return 'folder';
  return found?.isFile() ? 'file' : 'other';
}

const PICTURE = /\.(png|jpe?g|jpe|jfif|webp|bmp|dib|gif|tiff?|avif|heic)$/i;
export const isPictureName = (name: string): boolean => PICTURE.test(name);

/** Links in a circle end here. */
const DEEPEST = 4;

/** Pictures in a folder and below, as paths from `root` with slashes. */
export async function picturesBelow(root: string, inner = '', depth = 0): Promise<string[]> {
  const { folders, files } = await entriesOf(join(root, inner));
  const at = (name: string) => (inner === '' ? name : `${inner}/${name}`);
  const found = files.filter(isPictureName).map(at);
  if (depth >= DEEPEST) return found;
  for (const folder of folders) {
    for (const path of await picturesBelow(root, at(folder), depth + 1)) found.push(path);
  }
  return found;
}

const HEAD = 65_536;
const LARGEST = 2 ** 26;

/** A picture file as an item. `name` is its path from `root`. */
export function fileItem(root: string, name: string, label: number): Item {
  const path = join(root, name);
  return { name, label, head: () => readStart(path), read: () => readWhole(path) };
}

async function readStart(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const bytes = new Uint8Array(HEAD);
    const { bytesRead } = await handle.read(bytes, 0, HEAD, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function readWhole(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LARGEST) throw new PictureFault(`is too large with ${size.toLocaleString('en')} bytes`);
  return readFile(path);
}
