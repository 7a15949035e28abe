import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors';
import type { DataChoice } from './source';

/** The folder that was chosen. @throws UserError `data/no-folder` */
export function folderOf({ folder }: DataChoice, of: string, remedy: string): string {
  if (folder) return folder;
  throw new UserError(
    'data/no-folder',
    `No folder of ${of} is chosen.`,
    'This data set is read from a folder.',
    remedy,
    {
      setting: 'data',
    },
  );
}

/** What a data set is called that has no name of its own: by its folder, or the one around `data`. */
export function titleOf(folder: string): string {
  const own = basename(folder);
  return (own === 'data' ? basename(dirname(folder)) : own) || folder;
}

/** As a fault with the system's reason. @throws UserError `data/missing`, `data/unreadable` */
export function refuseUnreadable(path: string, error: unknown, remedy: string): never {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || typeof code !== 'string') throw error;
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  throw new UserError(
    missing ? 'data/missing' : 'data/unreadable',
    missing ? `There is no folder ${path}.` : `${path} cannot be read.`,
    missing ? 'The data set is read from it.' : `${message}.`,
    remedy,
    { file: path, setting: 'data' },
  );
}

/** The names in a folder, those of folders with a slash; of a file its own. None where there is nothing to read. */
export async function namesIn(
  path: string,
): Promise<{ readonly at: string; readonly names: readonly string[] }> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return { at: dirname(path), names: [basename(path)] };
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const names = await Promise.all(
    entries.map(async (e) => {
      const linked = e.isSymbolicLink() ? await stat(join(path, e.name)).catch(() => undefined) : e;
      return linked?.isDirectory() ? `${e.name}/` : e.name;
    }),
  );
  return { at: path, names: names.sort() };
}

/** @throws UserError `data/missing` */
export function requireFiles(files: readonly string[], folder: string, of: string, remedy: string): void {
  if (files.length > 0) return;
  throw new UserError(
    'data/missing',
    `The folder ${folder} has no ${of}.`,
    'The data set is read from them.',
    remedy,
    {
      ...{ file: folder, setting: 'data' },
    },
  );
}
