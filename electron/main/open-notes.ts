import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive } from '../../engine/files/process';

const Note = z.object({ paths: z.array(z.string()) });

export interface OpenNotes {
  /** Notes that these files are open here. @returns those that another Convloom has open too */
  hold(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes the note away. */
  release(): Promise<void>;
}

/**
 * One small file for each process of Convloom, with the graph files that it has open, so that two of them know of each
 * other. It lies in the temporary folder of this machine and not beside the graphs, where it would be litter; a file on
 * a disk that two machines share is told apart by its content alone (see disk.ts).
 */
export function createOpenNotes(folder = usualFolder(), pid = process.pid): OpenNotes {
  const mine = `${pid}.json`;
  let written = '';
  const write = async (paths: readonly string[]): Promise<void> => {
    const text = JSON.stringify({ paths });
    if (text === written) return;
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await isOurs(folder))) return;
    await fs.writeFile(join(folder, mine), text, { mode: 0o600 });
    written = text;
  };
  return {
    async hold(paths) {
      const real = await Promise.all(paths.map(realPath));
      // a note is a courtesy: where it cannot be written, changes on the disk are noticed all the same
      await write(real).catch(() => {});
      const open = await othersOpen(folder, mine);
      return new Set(paths.filter((_, i) => open.has(real[i]!)));
    },
    async release() {
      written = '';
      await fs.rm(join(folder, mine), { force: true }).catch(() => {});
    },
  };
}

const usualFolder = (): string => join(tmpdir(), `convloom-open-${process.getuid?.() ?? 'me'}`);
/** The temporary folder is everybody's: a link that a stranger laid there would lead the note astray. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await fs.lstat(folder);
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
}

const realPath = (path: string): Promise<string> => fs.realpath(path).catch(() => path);

/** Paths that living processes note; the notes of dead ones are deleted. */
async function othersOpen(folder: string, mine: string): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const name of await fs.readdir(folder).catch(() => [])) {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN);
    if (name === mine || Number.isNaN(pid)) continue;
    if (isAlive(pid)) for (const path of await pathsIn(join(folder, name))) open.add(path);
    else await fs.rm(join(folder, name), { force: true }).catch(() => {});
  }
  return open;
}

async function pathsIn(file: string): Promise<readonly string[]> {
  try {
    return Note.parse(JSON.parse(await fs.readFile(file, 'utf8'))).paths;
  } catch {
    return []; // it is being written, or no note
  }
}
