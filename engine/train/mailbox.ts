import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors';
import { fileError } from '../files/file-error';
import { Wish } from './change';
import type { RunControl } from './control';
import type { RunFolder } from './run-folder';
import { writerOf } from './run-lock';

/** A file in the run's folder: the process that trains looks for it about once a second, and takes it away. */
const fileOf = (run: string) => join(run, 'wish.json');

/**
 * Leaves a wish for the process that trains a run.
 *
 * @returns whether the run has taken it yet
 * @throws UserError `change/not-running`, `change/waiting` while another wish lies there, `file/…`
 */
export async function leaveWish(run: string, wish: Wish): Promise<() => Promise<boolean>> {
  if ((await writerOf(run)) === undefined) throw notRunning(run);
  const [file, draft] = [fileOf(run), join(run, `.wish-${process.pid}.part`)];
  try {
    await writeFile(draft, JSON.stringify(wish));
    // unlike a rename a link does not replace what lies there
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw waiting(run);
    throw fileError(error, file, 'saved');
  } finally {
    await rm(draft, { force: true });
  }
  const text = () => readFile(file, 'utf8').catch(() => undefined);
  return async () => (await text()) === undefined;
}

/** The wish that lies there, which it then does no longer; undefined where there is none, or none that can be read. */
export async function takeWish(run: string): Promise<Wish | undefined> {
  const text = await readFile(fileOf(run), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  await rm(fileOf(run), { force: true });
  try {
    return Wish.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The run's side: looks for wishes about once a second. */
export class Mailbox {
  #lookedAt = 0;

  constructor(readonly folder: Pick<RunFolder, 'path' | 'log'>) {}

  /** Passes a wish on, and logs why it cannot be met. */
  async passTo(control: Pick<RunControl, 'change'>): Promise<void> {
    if (performance.now() - this.#lookedAt < 1000) return;
    this.#lookedAt = performance.now();
    try {
      const wish = await takeWish(this.folder.path);
      if (wish) control.change(wish);
    } catch (error) {
      this.folder.log(`changes nothing: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const notRunning = (run: string) =>
  new UserError(
    'change/not-running',
    'No process trains this run now.',
    'Settings are changed while a run is under way.',
    'Go on with it first: `convloom resume` and its folder. Or start another one from it: `train --from`.',
    { file: run },
  );
const waiting = (run: string) =>
  new UserError(
    'change/waiting',
    'An earlier change is still waiting.',
    'The run takes one at a time, between two steps; while it measures or is paused it takes none.',
    'Wait until it trains again, then try once more.',
    { file: run },
  );
