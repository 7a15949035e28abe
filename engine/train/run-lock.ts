import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors';
import { isAlive } from '../files/process';

const lockOf = (run: string) => join(run, 'run.lock');

/** The process that writes into this run's folder now, or undefined; a dead one's lock counts for nothing. */
export async function writerOf(run: string): Promise<number | undefined> {
  const pid = Number(await readFile(lockOf(run), 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
}

/**
 * Makes this process the only writer of a run.
 *
 * @returns gives the run back
 * @throws UserError `run/busy` while another process trains it
 */
export async function lockRun(run: string): Promise<() => Promise<void>> {
  const writer = await writerOf(run);
  if (writer !== undefined) {
    throw new UserError(
      'run/busy',
      'This run is still being trained.',
      `Process ${writer} writes its metrics and checkpoints, and two writers would mix them up.`,
      `Wait for it to end, or stop it (Ctrl-C in its terminal), then continue.`,
      { file: run },
    );
  }
  await writeFile(lockOf(run), `${process.pid}\n`);
  return () => rm(lockOf(run), { force: true });
}
