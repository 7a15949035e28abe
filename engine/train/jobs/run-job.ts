import { dirname, join } from 'node:path';
import { toFault, UserError } from '../../errors';
import type { RunControl } from '../control';
import type { EventOf, TrainEvent } from '../events';
import { freeName, readEvents, stemOf } from '../run-folder';
import { lockRun } from '../run-lock';
import { trainIn } from '../trainer';
import { isOver, type JobEvent, type JobFile, type JobRun, type KeptFault } from './job';
import { readJob, saveJob, toldOf } from './job-folder';

/**
 * Trains the net of a job once for each seed, one run after the other, each in a folder of its own. A job that was
 * stopped or killed goes on where it was: runs at their end stay, the one under way goes on from its newest
 * checkpoint, the others follow. A run that diverges is noted, and the next one follows; any other fault ends the job.
 *
 * @param folder of the job; its runs lie beside it
 * @throws UserError `run/busy` while another process has the job, `job/damaged`, or as `train`
 */
export async function* runJob(folder: string, control: RunControl): AsyncGenerator<TrainEvent | JobEvent> {
  const unlock = await lockRun(folder);
  try {
    let job = await readJob(folder);
    yield { type: 'job', job: toldOf(folder, job) };
    for (let i = 0; i < job.runs.length && !control.stopped; i++) {
      if (isOver(job.runs[i]!)) continue;
      job = await update(folder, job, i, await begin(folder, job, i));
      yield { type: 'job', job: toldOf(folder, job) };
      if (!isOver(job.runs[i]!)) job = await update(folder, job, i, yield* train(folder, job, i, control));
      yield { type: 'job', job: toldOf(folder, job) };
    }
  } finally {
    await unlock();
  }
}

/** The name of the run is kept before its folder is made. A run that ended just before the app was killed is over. */
async function begin(folder: string, job: JobFile, i: number): Promise<Partial<JobRun>> {
  const { run, seed } = job.runs[i]!;
  if (run !== null) {
    const done = (await readEvents(join(dirname(folder), run))).filter((e) => e.type === 'done').at(-1);
    return done && isEnd(done) ? { result: resultOf(done) } : {};
  }
  const several = job.runs.length > 1 ? `-seed-${seed}` : '';
  return { run: await freeName(dirname(folder), `${stemOf(job.graph, new Date())}${several}`) };
}

async function update(folder: string, job: JobFile, i: number, change: Partial<JobRun>): Promise<JobFile> {
  const next = { ...job, runs: job.runs.map((run, k) => (k === i ? { ...run, ...change } : run)) };
  await saveJob(folder, next);
  return next;
}

async function* train(
  folder: string,
  { graph, limit, start, runs }: JobFile,
  i: number,
  control: RunControl,
): AsyncGenerator<TrainEvent | JobEvent, Partial<JobRun>> {
  const { seed, run } = runs[i]!;
  const doc = { ...graph, training: { ...graph.training, seed } };
  let done: EventOf<'done'> | undefined;
  const options = {
    doc,
    runsFolder: dirname(folder),
    control,
    ...(limit !== undefined && { limit }),
    ...(start && { start }),
  };
  try {
    for await (const event of trainIn(run!, options)) {
      if (event.type === 'done') done = event;
      yield event;
    }
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'train/diverged') throw error;
    const fault = keptFault(error);
    yield { type: 'fault', run: run!, error: fault };
    return { fault };
  }
  return done && isEnd(done) ? { result: resultOf(done) } : {};
}

/** A run that was stopped, or whose test was left out, is not at its end. */
const isEnd = ({ stopped, test }: EventOf<'done'>): boolean => !stopped && test !== null;
const resultOf = ({ test, seconds, step }: EventOf<'done'>) => ({ test, seconds, step });

export function keptFault(error: unknown): KeptFault {
  const { code, what, why, remedy } = toFault(error, 'Training');
  return { code, what, why, remedy };
}
