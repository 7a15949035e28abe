import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { toFault } from '../../engine/errors';
import { readTextFile } from '../../engine/files/read-file';
import type { DiskState } from '../../ipc/contract';
import type { OpenNotes } from './open-notes';

/** Of a file's text: what tells that another program wrote something else there. */
export const stampOf = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Known {
  readonly path: string;
  readonly stamp: string | null;
}
interface Seen {
  /** Time, size and number of the file: while they are the same it is not read again. */
  readonly mark: string;
  readonly stamp: string | null;
}
export type Disk = ReturnType<typeof createDisk>;

/** Looks whether files are still what the window knows of them. */
export function createDisk(notes: OpenNotes) {
  const seen = new Map<string, Seen>();
  /** Where a file that is gone was found again; only there the window may follow it. */
  const moved = new Map<string, string>();
  const searched = new Map<string, string>();

  /** What the file holds; undefined where there is none, null where it cannot be read as text. */
  const stampAt = async (path: string): Promise<string | null | undefined> => {
    try {
      const { mtimeMs, size, ino } = await fs.stat(path);
      const mark = `${mtimeMs} ${size} ${ino}`;
      const before = seen.get(path);
      // a file that was written a moment ago may be written again within the same tick of its clock
      if (before?.mark === mark && Date.now() - mtimeMs > 2000) return before.stamp;
      const stamp = stampOf(await readTextFile(path));
      seen.set(path, { mark, stamp });
      return stamp;
    } catch (error) {
      const { code } = error as { code?: string };
      return code === 'ENOENT' || code === 'ENOTDIR' || code === 'file/missing' ? undefined : null;
    }
  };
  const find = async (path: string, stamp: string): Promise<string | null> => {
    const folder = dirname(path);
    const changed = await fs.stat(folder).then((s) => `${s.mtimeMs} ${stamp}`, toNothing);
    if (changed === '') return null;
    if (searched.get(path) === changed) return moved.get(path) ?? null;
    searched.set(path, changed);
    moved.delete(path);
    const found = await sameContent(folder, stamp, stampAt);
    if (found) moved.set(path, found);
    return found;
  };
  const look = async ({ path, stamp }: Known, shared: boolean): Promise<DiskState> => {
    const now = await stampAt(path);
    if (now === undefined)
      return { path, state: 'gone', stamp: null, moved: stamp && (await find(path, stamp)), shared };
    const same = stamp === null || now === stamp || (now === null && !(await isReadable(path)));
    return { path, state: same ? 'same' : 'changed', stamp: now, moved: null, shared };
  };
  return {
    stampAt,
    moved: (path: string): string | undefined => moved.get(path),
    async look(files: readonly Known[]): Promise<DiskState[]> {
      const shared = await notes.hold(files.map((f) => f.path));
      return Promise.all(files.map((f) => look(f, shared.has(f.path))));
    },
  };
}

const toNothing = () => '';
/** Above this many a folder is not searched: it holds data, and no graphs. */
const MOST = 300;

async function sameContent(
  folder: string,
  stamp: string,
  stampAt: (path: string) => Promise<string | null | undefined>,
): Promise<string | null> {
  const names = (await fs.readdir(folder).catch(() => [])).filter((n) => /\.json$/i.test(n));
  if (names.length > MOST) return null;
  for (const name of names) {
    const path = join(folder, name);
    if ((await stampAt(path)) === stamp) return path;
  }
  return null;
}

/** A file whose permissions were taken away has not changed; one that is no text any more has. */
const isReadable = async (path: string): Promise<boolean> =>
  readTextFile(path).then(
    () => true,
    (error: unknown) => !['file/no-permission', 'file/busy'].includes(toFault(error, 'Looking').code),
  );
