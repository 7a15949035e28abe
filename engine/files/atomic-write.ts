import { createHash } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors';
import { fileError } from './file-error';
import { isAlive } from './process';

/** One writer a path at a time: the last one asked for is the one that stays. */
const queues = new Map<string, Promise<void>>();
let count = 0;

const short = (text: string, length: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
const HOST = short(hostname(), 4);
/** `.convloom-<file>-<host>-<pid>-<n>.tmp`: shorter than any name may be, and its writer can be told from it. */
const TEMPORARY = /^\.convloom-([0-9a-f]{10})-([0-9a-f]{4})-(\d+)-\d+\.tmp$/;
const swept = new Set<string>();

/**
 * Writes a whole file so that a crash or a power cut at any moment leaves the old content or the new, never a part:
 * a temporary file in the same folder is written, fsynced, renamed over the old one, and the folder is fsynced.
 * Writes through a link, keeps the file's permissions, and never replaces a file that is write-protected.
 *
 * @throws UserError `file/…` with path, cause and remedy; the old content is untouched then
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const before = queues.get(path) ?? Promise.resolve();
  const mine = before.then(() => write(path, data));
  const settled = mine.catch(() => {});
  queues.set(path, settled);
  void settled.then(() => {
    if (queues.get(path) === settled) queues.delete(path);
  });
  return mine;
}

async function write(path: string, data: string | Uint8Array): Promise<void> {
  try {
    const target = await existing(path);
    const folder = dirname(target.path);
    await sweep(folder);
    const temporary = join(
      folder,
      `.convloom-${short(basename(target.path), 10)}-${HOST}-${process.pid}-${++count}.tmp`,
    );
    try {
      await writeSynced(temporary, data, target.mode);
      await rename(temporary, target.path);
    } catch (error) {
      await fs.rm(temporary, { force: true }).catch(() => {}); // a disk that fails may fail here too; swept later
      throw error;
    }
    await syncFolder(folder);
  } catch (error) {
    throw fileError(error, path, 'saved');
  }
}

/** Where the bytes go, links followed, with the permissions of what is there. @throws EACCES, EISDIR */
async function existing(path: string): Promise<{ path: string; mode: number | undefined }> {
  try {
    const real = await fs.realpath(path);
    const { mode } = await fs.stat(real);
    if ((mode & constants.S_IFMT) === constants.S_IFDIR)
      throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    await fs.access(real, constants.W_OK);
    return { path: real, mode: mode & 0o777 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { path, mode: undefined };
  }
}

async function writeSynced(path: string, data: string | Uint8Array, mode: number | undefined): Promise<void> {
  const file = await fs.open(path, 'wx', mode ?? 0o666);
  try {
    await file.writeFile(data);
    if (mode !== undefined) await file.chmod(mode); // open() took the umask off
    await file.sync();
  } finally {
    await file.close();
  }
}

/** On Windows a virus scanner may hold the old file for a moment. */
async function rename(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fs.rename(from, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const passing =
        process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
      if (!passing || attempt === 5) throw error;
      await sleep(20 * 2 ** attempt);
    }
  }
}

/**
 * Makes the rename itself survive a power cut. Windows and some network disks cannot; the new file is whole and in
 * its place by now, so that only a broken disk is worth a fault.
 */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await fs.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') return;
    throw new UserError(
      'file/disk',
      `${path} was written to, but the disk reports an error.`,
      'The new content is there now and may be lost at a power cut (EIO).',
      'Save in another folder, and check the disk.',
      { file: path },
    );
  }
}

/** Deletes what writers killed in mid-save left in `folder`; once a process and folder. */
async function sweep(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const [, , host, pid] = TEMPORARY.exec(name) ?? [];
    if (host === HOST && !isAlive(Number(pid)))
      await fs.rm(join(folder, name), { force: true }).catch(() => {});
  }
  swept.add(folder);
}
