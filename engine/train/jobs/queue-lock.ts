import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../files/process';
import { writerOf } from '../run-lock';

/** A change of the queue takes milliseconds; who holds it longer is dead, or its disk is. */
const PATIENCE = 10_000;
let last: Promise<unknown> = Promise.resolve();

/** Does `work` while no one else, in this process or another, changes the queue in `runs`. */
export function alone<T>(runs: string, work: () => Promise<T>): Promise<T> {
  const mine = last.then(() => locked(runs, work));
  last = mine.catch(() => {});
  return mine;
}

async function locked<T>(runs: string, work: () => Promise<T>): Promise<T> {
  await mkdir(runs, { recursive: true });
  const file = join(runs, 'queue.lock');
  for (const end = Date.now() + PATIENCE; !(await take(file)); ) {
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    // empty: its holder has not written its id yet
    if (Date.now() > end || (holder > 0 && !isAlive(holder))) await rm(file, { force: true });
    else await sleep(10);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether any process trains a run in this folder. */
export async function isTrainedIn(runs: string): Promise<boolean> {
  const names = await readdir(runs, { withFileTypes: true }).catch(() => []);
  const folders = names.filter((e) => e.isDirectory()).map((e) => join(runs, e.name));
  const writers = await Promise.all(folders.map(writerOf));
  return writers.some((pid) => pid !== undefined);
}
