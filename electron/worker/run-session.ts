import { type Fault, toFault, UserError } from '../../engine/errors';
import type { Wish } from '../../engine/train/change';
import { RunControl } from '../../engine/train/control';
import type { TrainEvent } from '../../engine/train/events';
import type { Job, JobEvent } from '../../engine/train/jobs/job';
import { batched } from './batch';
import { JobTeller } from './job-teller';

export interface Listeners {
  onEvents(run: string, events: TrainEvent[]): void;
  onJob(job: Job): void;
  onFailed(run: string, error: Fault): void;
}

/** The one run of this process: started, reined, and told of in batches. */
export class RunSession {
  #control: RunControl | undefined;

  constructor(readonly listeners: Listeners) {}

  /**
   * Starts a run. Its events follow, until `done` or a failure.
   *
   * @returns its id, as soon as it has one
   * @throws UserError `run/busy`, and whatever ends the run before its first step
   */
  start(open: (control: RunControl) => AsyncIterable<TrainEvent>): Promise<string> {
    if (this.#control) throw busy();
    const control = new RunControl();
    this.#control = control;
    return new Promise((resolve, reject) => {
      this.#follow(open(control), resolve, reject).finally(() => {
        this.#control = undefined;
      });
    });
  }

  /**
   * Does a job: its runs are told of one after the other. Ends with the job.
   *
   * @throws UserError `run/busy`, and whatever ends the job
   */
  job(open: (control: RunControl) => AsyncIterable<TrainEvent | JobEvent>): Promise<void> {
    return this.alone(async (control) => {
      const told = new JobTeller(this.listeners);
      try {
        for await (const event of open(control)) {
          told.tell(event);
          await letIn();
        }
        told.flush();
      } catch (error) {
        told.fail(toFault(error, 'Training'));
        throw error;
      }
    });
  }

  /**
   * Work with TensorFlow that is no run, and that no run may be beside.
   *
   * @throws UserError `run/busy`
   */
  async alone<T>(work: (control: RunControl) => Promise<T>): Promise<T> {
    if (this.#control) throw busy();
    const control = new RunControl();
    this.#control = control;
    try {
      return await work(control);
    } finally {
      this.#control = undefined;
    }
  }

  /** @throws UserError `run/none`, and where the run cannot be changed so */
  change = (wish: Wish): void => {
    if (!this.#control) throw noRun();
    this.#control.change(wish);
  };
  pause = (): void => this.#control?.pause();
  resume = (): void => this.#control?.resume();
  /** A second stop leaves out the measuring of the test split. */
  stop = (): void => this.#control?.stop();

  async #follow(
    events: AsyncIterable<TrainEvent>,
    begun: (run: string) => void,
    refused: (error: unknown) => void,
  ): Promise<void> {
    let run: string | undefined;
    const early: TrainEvent[] = [];
    const batch = batched<TrainEvent>((some) => this.listeners.onEvents(run!, some));
    try {
      for await (const event of events) {
        if (event.type === 'start') {
          run = event.run;
          begun(run);
          for (const before of early) batch.add(before);
        }
        if (run === undefined) early.push(event);
        else batch.add(event);
        await letIn();
      }
      batch.flush();
    } catch (error) {
      batch.flush();
      if (run === undefined) refused(error);
      else this.listeners.onFailed(run, toFault(error, 'Training'));
    }
  }
}

const noRun = () =>
  new UserError(
    'run/none',
    'No run is under way.',
    'Settings of a run are changed while it trains.',
    'Change the settings of the document, and press Run.',
  );
/** Steps of a small net end faster than messages are read: lets those in. */
const letIn = () => new Promise((next) => setImmediate(next));

const busy = () =>
  new UserError(
    'run/busy',
    'A run is under way.',
    'One net is trained at a time: two would share the processor and both be slower.',
    'Stop the run, or wait for its end.',
  );
