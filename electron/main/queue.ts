import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, toFault } from '../../engine/errors';
import {
  addToQueue,
  dropFromQueue,
  enqueue,
  failInQueue,
  moveInQueue,
  nextInQueue,
  pauseQueue,
  queueFileOf,
  readQueue,
  readQueueFile,
  removeFromQueue,
} from '../../engine/train/jobs/queue';
import { isTrainedIn } from '../../engine/train/jobs/queue-lock';
import type { Queue } from '../../engine/train/jobs/queue-state';
import { keptFault } from '../../engine/train/jobs/run-job';
import type { EngineHost } from './engine-host';

interface Means {
  /** The folder of runs. */
  readonly runs: string;
  readonly engine: Pick<EngineHost, 'training' | 'runJob' | 'state'>;
  onChange(queue: Queue): void;
  /** Of the queue itself; that of a job stands with its entry. */
  onFault(fault: Fault): void;
  /** Milliseconds between two looks at the file, which the terminal changes too. */
  readonly every?: number;
}

type Wish = Parameters<typeof addToQueue>[1];

/** Gives the engine one job after the other. What waits is in the folder of runs, so that it outlives the app. */
export class RunQueue {
  #current: string | undefined;
  #closing = false;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;
  #faulted = false;

  constructor(readonly means: Means) {}

  /** From now on jobs begin by themselves, also one that was under way when the app was killed. */
  start(): void {
    this.#timer = setInterval(() => void this.#look(), this.means.every ?? 1500);
    void this.#look();
  }

  /** The app ends: what is under way goes on when the queue is asked to, for it was stopped by hand. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    const { runs, engine } = this.means;
    const queue = await readQueueFile(runs).catch(() => undefined);
    if (engine.training && queue && queue.entries.length > 0) await pauseQueue(runs, true);
  }

  list(): Promise<Queue> {
    return readQueue(this.means.runs);
  }
  async add(wish: Wish): Promise<string> {
    const job = await addToQueue(this.means.runs, wish);
    await this.#changed();
    return job;
  }
  /** Begins at once where nothing is under way, also while the queue is paused. @returns the job's id */
  async startJob(wish: Wish): Promise<string> {
    const job = await addToQueue(this.means.runs, wish, 'front');
    await this.#changed(job);
    return job;
  }
  async continueJob(job: string): Promise<void> {
    await enqueue(this.means.runs, job, 'front');
    await this.#changed(job);
  }
  async remove(job: string): Promise<void> {
    await removeFromQueue(this.means.runs, job);
    await this.#changed();
  }
  async move(job: string, to: number): Promise<void> {
    await moveInQueue(this.means.runs, job, to);
    await this.#changed();
  }
  async pause(paused: boolean): Promise<void> {
    await pauseQueue(this.means.runs, paused);
    await this.#changed();
  }

  /** A run of the job under way begins or ends. */
  async jobChanged(): Promise<void> {
    if (!this.#closing) this.means.onChange(await this.list());
  }

  /** Something has ended or changed: tells, and begins what is next. */
  async #changed(wanted?: string): Promise<void> {
    this.#seen = await changedAt(this.means.runs);
    if (this.#closing) return;
    void this.#next(wanted);
    this.means.onChange(await this.list());
  }

  async #look(): Promise<void> {
    try {
      if ((await changedAt(this.means.runs)) !== this.#seen) await this.#changed();
      else await this.#next();
      this.#faulted = false;
    } catch (error) {
      if (!this.#faulted) this.means.onFault(toFault(error, 'Reading the queue'));
      this.#faulted = true;
    }
  }

  async #next(wanted?: string): Promise<void> {
    if (!this.#isFree()) return;
    const { runs } = this.means;
    const queue = await readQueueFile(runs);
    const job = wanted ?? (queue.paused ? undefined : nextInQueue(queue));
    // a run of the terminal counts too: one training at a time uses the machine
    if (job === undefined || (await isTrainedIn(runs)) || !this.#isFree()) return;
    this.#current = job;
    try {
      await this.#train(job);
    } finally {
      this.#current = undefined;
      await this.#changed().catch(() => {});
    }
  }

  #isFree(): boolean {
    const { engine } = this.means;
    return !this.#closing && !this.#current && !engine.training && engine.state.state === 'ready';
  }

  /** A job that was stopped by hand leaves the queue; it can be continued. */
  async #train(job: string): Promise<void> {
    const { runs, engine } = this.means;
    try {
      await engine.runJob(join(runs, job));
      if (!this.#closing) await dropFromQueue(runs, job);
    } catch (error) {
      const fault = keptFault(error);
      if (this.#closing || fault.code === 'run/busy') return;
      // an engine that died may die again: the job stays, and waits for a person
      if (fault.code.startsWith('engine/')) await pauseQueue(runs, true);
      else await failInQueue(runs, job, fault);
    }
  }
}

const changedAt = (runs: string): Promise<number> =>
  stat(queueFileOf(runs)).then(
    (s) => s.mtimeMs,
    () => 0,
  );
