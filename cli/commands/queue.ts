import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { isJobOver } from '../../engine/train/jobs/job';
import {
  addToQueue,
  dropFromQueue,
  failInQueue,
  nextInQueue,
  pauseQueue,
  readQueue,
  readQueueFile,
  removeFromQueue,
} from '../../engine/train/jobs/queue';
import { isTrainedIn } from '../../engine/train/jobs/queue-lock';
import type { Queue } from '../../engine/train/jobs/queue-state';
import { keptFault } from '../../engine/train/jobs/run-job';
import { NET, whole } from '../arguments';
import { defineCli, type Terminal } from '../command';
import { faultText } from '../format';
import { jobToEnd } from '../job';
import { runsFolder } from '../run';
import { seedsOf } from '../seeds';
import { startOptions } from '../start';
import { table } from '../table';
import { prepare, trainArgs, trainOptions } from './train';

const RUNS = ['--runs <dir>', 'the folder of runs; else CONVLOOM_RUNS or ~/Convloom/runs'] as const;
const runs = z.string().min(1).optional();
const STATES = { running: 'under way', waiting: 'waits', failed: 'broke off' } as const;

/** `convloom queue add resnet-20 --seeds 3`: trained when all before it has ended, here or in the window. */
const add = defineCli({
  name: 'queue add',
  summary: 'Put a net at the end of the queue, with the options of train',
  argument: NET,
  options: trainOptions,
  example: 'convloom queue add resnet-20 --data mnist --seeds 3',
  args: trainArgs,

  async run(options, terminal) {
    const doc = await prepare(options, terminal);
    const folder = runsFolder(options.runs);
    const seeds = options.seeds ? seedsOf(options.seeds, doc.training.seed) : [doc.training.seed];
    const limit = options.limit === undefined ? {} : { limit: options.limit };
    const job = await addToQueue(folder, { doc, seeds, start: startOptions(options, folder), ...limit });
    const { entries } = await readQueueFile(folder);
    const place = entries.findIndex((e) => e.job === job) + 1;
    return { text: `${job} is number ${place} in the queue.`, data: { job, place } };
  },
});

const list = defineCli({
  name: 'queue list',
  summary: 'Show the runs that wait',
  options: [RUNS],
  example: 'convloom queue list',
  args: z.object({ runs }),

  async run(options) {
    const data = await readQueue(runsFolder(options.runs));
    return { text: queueTable(data), data };
  },
});

function queueTable({ paused, entries }: Queue): string {
  if (entries.length === 0) return 'Nothing waits.';
  const rows = entries.map((entry, i) => ({ ...entry, number: i + 1 }));
  const columns = [
    { title: '#', of: (r: (typeof rows)[number]) => String(r.number), right: true },
    { title: 'net', of: (r: (typeof rows)[number]) => r.job.name },
    { title: 'data', of: (r: (typeof rows)[number]) => r.job.data },
    { title: 'epochs', of: (r: (typeof rows)[number]) => String(r.job.epochs), right: true },
    { title: 'seeds', of: (r: (typeof rows)[number]) => r.job.runs.map((run) => run.seed).join(',') },
    { title: 'state', of: (r: (typeof rows)[number]) => STATES[r.state] },
    { title: 'job', of: (r: (typeof rows)[number]) => r.job.id },
  ];
  const faults = entries.flatMap((e) => (e.fault ? [`${e.job.id}: ${e.fault.what}`] : []));
  const notes = [...faults, ...(paused ? ['The queue is paused.'] : [])];
  return [table(columns, rows), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

const remove = defineCli({
  name: 'queue remove',
  summary: 'Take a run out of the queue',
  argument: ['number', 'its number, as `queue list` shows it'],
  options: [RUNS],
  example: 'convloom queue remove 2',
  args: z.object({ number: whole(1, 1_000_000), runs }),

  async run({ number, runs: named }) {
    const folder = runsFolder(named);
    const entry = (await readQueue(folder)).entries[number - 1];
    if (!entry) {
      throw new UserError(
        'queue/unknown',
        `There is no number ${number} in the queue.`,
        'It has ended, or was taken out.',
        'Look at the queue: `convloom queue list`.',
        { param: 'number' },
      );
    }
    await removeFromQueue(folder, entry.job.id);
    return { text: `${entry.job.id} is out of the queue.`, data: { job: entry.job.id } };
  },
});

const run = defineCli({
  name: 'queue run',
  summary: 'Train what waits, one after the other, until nothing does',
  options: [RUNS],
  example: 'convloom queue run',
  args: z.object({ runs }),

  async run(options, terminal) {
    const folder = runsFolder(options.runs);
    await pauseQueue(folder, false);
    let ended = 0;
    for (;;) {
      const job = nextInQueue(await readQueueFile(folder));
      if (job === undefined) break;
      await untilFree(folder, terminal);
      // while it waited, another program may have done it
      if (nextInQueue(await readQueueFile(folder)) !== job) continue;
      if (!(await runOne(folder, job, terminal))) return { text: '', data: undefined };
      ended++;
    }
    return { text: ended === 0 ? 'Nothing waits.' : 'The queue is empty.', data: undefined };
  },
});

/** @returns whether the queue is to go on: not after an interrupt */
async function runOne(folder: string, job: string, terminal: Terminal): Promise<boolean> {
  try {
    const end = await jobToEnd(join(folder, job), terminal);
    if (!terminal.json) terminal.print(`${end.text}\n`);
    if (end.job && isJobOver(end.job)) await dropFromQueue(folder, job);
    return !end.interrupted;
  } catch (error) {
    const fault = keptFault(error);
    // another program was a moment faster
    if (fault.code === 'run/busy') return true;
    await failInQueue(folder, job, fault);
    terminal.note(faultText({ ...fault, place: {}, repairs: [] }));
    return true;
  }
}

/** One training at a time uses the machine. */
async function untilFree(folder: string, terminal: Terminal): Promise<void> {
  if (!(await isTrainedIn(folder))) return;
  terminal.note('Another run is under way; waiting for its end.');
  let stopped = false;
  const end = terminal.onInterrupt(() => {
    stopped = true;
  });
  try {
    while (!stopped && (await isTrainedIn(folder))) await sleep(500);
  } finally {
    end();
  }
  if (stopped)
    throw new UserError(
      'queue/waiting',
      'It was interrupted while it waited.',
      'Nothing was trained.',
      'Run `convloom queue run` again.',
    );
}

export const queueCommands = [add, list, remove, run];
