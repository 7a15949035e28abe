import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../errors';
import { writeFileAtomic } from '../../files/atomic-write';
import { readTextFile } from '../../files/read-file';
import type { GraphDocument } from '../../graph/document';
import { writerOf } from '../run-lock';
import type { StartOptions } from '../transfer/start';
import type { KeptFault } from './job';
import { createJob, jobFileOf, readJob, toldOf } from './job-folder';
import { alone } from './queue-lock';
import { type Queue, QueueFile } from './queue-state';

const EMPTY: QueueFile = { format: 'convloom-queue', version: 1, paused: false, entries: [] };
export const queueFileOf = (runs: string): string => join(runs, 'queue.json');

/** @throws UserError `queue/damaged` */
export async function readQueueFile(runs: string): Promise<QueueFile> {
  const file = queueFileOf(runs);
  let text: string;
  try {
    text = await readTextFile(file);
  } catch (error) {
    if (error instanceof UserError && error.code === 'file/missing') return EMPTY;
    throw error;
  }
  const parsed = QueueFile.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new UserError(
    'queue/damaged',
    'The queue of runs cannot be read.',
    'Its file is damaged, or comes from a newer Convloom.',
    `Move ${file} away: the queue then starts empty. Its jobs stay in their folders, and go on with Continue.`,
    { file },
  );
}

/** The queue with its jobs; an entry whose job is gone is left out. */
export async function readQueue(runs: string): Promise<Queue> {
  const { paused, entries } = await readQueueFile(runs);
  const told = await Promise.all(
    entries.map(async ({ job, fault }) => {
      const folder = join(runs, job);
      const file = await readJob(folder).catch(() => undefined);
      if (!file) return [];
      const running = (await writerOf(folder)) !== undefined;
      const state = running ? 'running' : fault ? 'failed' : 'waiting';
      return [{ job: toldOf(folder, file), state, fault } as const];
    }),
  );
  return { paused, entries: told.flat() };
}

/** Changes the queue; two processes that change it at once do so one after the other. */
export const changeQueue = (runs: string, change: (queue: QueueFile) => QueueFile): Promise<void> =>
  alone(runs, async () => {
    const before = await readQueueFile(runs);
    const after = change(before);
    if (after !== before) await writeFileAtomic(queueFileOf(runs), `${JSON.stringify(after, null, 2)}\n`);
  });

interface Wish {
  readonly doc: GraphDocument;
  readonly seeds: readonly number[];
  readonly limit?: number;
  readonly start?: StartOptions;
}
/** Puts a job at the end of the queue, or at its front. @returns the job's id */
export async function addToQueue(runs: string, wish: Wish, place: 'front' | 'end' = 'end'): Promise<string> {
  const job = basename(await createJob(runs, wish));
  await enqueue(runs, job, place);
  return job;
}

/** Puts a job that is there already into the queue. */
export const enqueue = (runs: string, job: string, place: 'front' | 'end'): Promise<void> =>
  changeQueue(runs, (q) => {
    const others = q.entries.filter((e) => e.job !== job);
    const entry = { job, fault: null };
    return { ...q, entries: place === 'front' ? [entry, ...others] : [...others, entry] };
  });

/**
 * Takes a job out of the queue; one that never began is deleted with it.
 *
 * @throws UserError `queue/running`, `queue/unknown`
 */
export async function removeFromQueue(runs: string, job: string): Promise<void> {
  const folder = join(runs, job);
  await known(runs, job);
  if ((await writerOf(folder)) !== undefined) {
    throw new UserError(
      'queue/running',
      'This job is under way.',
      'Only jobs that wait are taken out of the queue.',
      'Stop it: it leaves the queue then, and its checkpoint is kept.',
    );
  }
  await dropFromQueue(runs, job);
  const file = await readJob(folder).catch(() => undefined);
  if (file?.runs.every((r) => r.run === null)) {
    await rm(jobFileOf(folder), { force: true });
    if ((await readdir(folder)).length === 0) await rmdir(folder);
  }
}
export const dropFromQueue = (runs: string, job: string): Promise<void> =>
  changeQueue(runs, (q) => ({ ...q, entries: q.entries.filter((e) => e.job !== job) }));

/** @param to place in the queue, from 0 on. @throws UserError `queue/unknown` */
export async function moveInQueue(runs: string, job: string, to: number): Promise<void> {
  await known(runs, job);
  await changeQueue(runs, (q) => {
    const entries = q.entries.filter((e) => e.job !== job);
    const moved = q.entries.filter((e) => e.job === job);
    return { ...q, entries: [...entries.slice(0, to), ...moved, ...entries.slice(to)] };
  });
}

export const pauseQueue = (runs: string, paused: boolean): Promise<void> =>
  changeQueue(runs, (q) => (q.paused === paused ? q : { ...q, paused }));

/** Notes why a job broke off: it waits no more. */
export const failInQueue = (runs: string, job: string, fault: KeptFault): Promise<void> =>
  changeQueue(runs, (q) => ({ ...q, entries: q.entries.map((e) => (e.job === job ? { job, fault } : e)) }));

/** The job whose turn it is. */
export const nextInQueue = ({ entries }: QueueFile): string | undefined =>
  entries.find((e) => e.fault === null)?.job;

async function known(runs: string, job: string): Promise<void> {
  const { entries } = await readQueueFile(runs);
  if (entries.some((e) => e.job === job)) return;
  throw new UserError(
    'queue/unknown',
    `There is no '${job}' in the queue.`,
    'It has ended, or was taken out.',
    'Look at the queue: `convloom queue list`.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
