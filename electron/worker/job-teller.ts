import type { Fault } from '../../engine/errors';
import type { TrainEvent } from '../../engine/train/events';
import type { JobEvent } from '../../engine/train/jobs/job';
import { batched } from './batch';
import type { Listeners } from './run-session';

/** Sorts the events of a job by its runs. What comes before the start of a run waits until the run has a name. */
export class JobTeller {
  #run: string | undefined;
  #early: TrainEvent[] = [];
  readonly #batch = batched<TrainEvent>((some) => this.listeners.onEvents(this.#run!, some));

  constructor(private readonly listeners: Listeners) {}

  tell(event: TrainEvent | JobEvent): void {
    if (event.type === 'job') {
      this.flush();
      this.listeners.onJob(event.job);
    } else if (event.type === 'fault') {
      this.fail({ ...event.error, place: {}, repairs: [] });
    } else if (event.type === 'start') {
      this.#run = event.run;
      for (const before of this.#early.splice(0)) this.#batch.add(before);
      this.#batch.add(event);
    } else if (this.#run === undefined) this.#early.push(event);
    else this.#batch.add(event);
    if (event.type === 'done') this.#end();
  }

  /** The run under way broke off. */
  fail(fault: Fault): void {
    this.flush();
    if (this.#run !== undefined) this.listeners.onFailed(this.#run, fault);
    this.#end();
  }

  /** Sends what waits now. */
  flush(): void {
    this.#batch.flush();
  }

  #end(): void {
    this.flush();
    this.#run = undefined;
    this.#early = [];
  }
}
