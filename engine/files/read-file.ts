import { promises as fs } from 'node:fs';
import { UserError } from '../errors';
import { fileError } from './file-error';

/** Far above any graph, far below what would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The whole of a text file.
 *
 * @throws UserError `file/missing`, `file/no-permission`, `file/is-folder`, `file/too-large`, `file/not-text` …
 */
export async function readTextFile(path: string, limit = MAX_BYTES): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readRegular(path, limit);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      'file/not-text',
      `${path} is no text file.`,
      'It holds bytes that are not UTF-8.',
      'Choose a .convloom.json file.',
      { file: path },
    );
  }
}

/** A pipe or a device would never end: only regular files are read. */
async function readRegular(path: string, limit: number): Promise<Uint8Array> {
  const before = await fs.stat(path); // opening a pipe would wait for its writer
  if (before.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (!before.isFile()) throw unreadable(path, 'It is a device or a pipe, and no file.', 'Choose a file.');
  if (before.size > limit) {
    const mega = (n: number) => `${Math.ceil(n / 1e6).toLocaleString('en')} MB`;
    throw new UserError(
      'file/too-large',
      `${path} has ${mega(before.size)}.`,
      `Files up to ${mega(limit)} are read.`,
      'Choose a .convloom.json file.',
      { file: path },
    );
  }
  return fs.readFile(path);
}

const unreadable = (path: string, why: string, remedy: string) =>
  new UserError('file/not-regular', `${path} could not be read.`, why, remedy, { file: path });
