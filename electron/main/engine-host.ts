import { type Fault, toFault, UserError } from '../../engine/errors';
import type { TrainEvent } from '../../engine/train/events';
import type { Job } from '../../engine/train/jobs/job';
import type { EngineState } from '../../ipc/contract';
import type { Calls } from '../../ipc/define';
import { createEngineClient, type EngineClient } from '../../ipc/engine-client';
import { type EngineContract, engineContract } from '../../ipc/engine-protocol';
import type { Port } from '../../ipc/port';
import { engineDied, engineKeepsDying, notResponding, notRunning } from './engine-faults';
import type { EngineLog } from './engine-log';

export interface EngineProcess {
  pid(): number | undefined;
  readonly port: Port;
  onExit(listener: (code: number) => void): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}
interface Means {
  spawn(): EngineProcess;
  readonly log: Pick<EngineLog, 'tail'>;
  onState(state: EngineState): void;
  onEvents(run: string, events: TrainEvent[]): void;
  onFailed(run: string, error: Fault): void;
  onJob(job: Job): void;
  /** Milliseconds, shorter in tests. */
  readonly times?: Partial<typeof TIMES>;
}
const TIMES = {
  ping: 1000,
  /** Silence after which the engine is called not responding; well below 5 s with the time between pings. */
  answer: 3500,
  /** The same while it loads TensorFlow or builds a graph, which holds its thread. */
  busy: 60_000,
  /** Between asking to stop, ending and killing. */
  patience: 5000,
  restartWindow: 300_000,
};
const MOST_RESTARTS = 3;

/** Starts the engine's process, watches over it, and is its one client. */
export class EngineHost {
  #child: EngineProcess | undefined;
  #client: EngineClient<EngineContract> | undefined;
  #state: EngineState = { state: 'stopped', device: null, error: null };
  #run: { id: string; step: number } | undefined;
  /** Calls under way that hold the engine's thread for long. */
  #heavy = 0;
  /** Of a job: whether it makes its next run ready, which holds the thread too. */
  #job: 'preparing' | 'training' | undefined;
  #deaths: number[] = [];
  #expected = false;
  #lastSign = 0;
  #lastTick = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #times: typeof TIMES;

  constructor(readonly means: Means) {
    this.#times = { ...TIMES, ...means.times };
  }

  get state(): EngineState {
    return this.#state;
  }
  /** Id of the run under way. */
  get activeRun(): string | null {
    return this.#run?.id ?? null;
  }

  /** Whether a run or a job is under way. */
  get training(): boolean {
    return this.#run !== undefined || this.#job !== undefined;
  }

  /** The engine's calls. @throws UserError `engine/not-running` */
  get call(): Calls<EngineContract> {
    if (this.#client) return this.#client.call;
    throw this.#state.error ? UserError.from(this.#state.error) : notRunning();
  }

  start(): void {
    if (this.#child) return;
    this.#change('starting', null);
    const child = this.means.spawn();
    const client = createEngineClient(child.port, engineContract, () => this.#sign());
    this.#child = child;
    this.#client = client;
    this.#expected = false;
    this.#lastSign = this.#lastTick = Date.now();
    child.onExit((code) => child === this.#child && this.#died(code));
    client.on('engine.events', ({ run, events }) => this.#told(run, events));
    client.on('engine.jobChanged', (job) => this.means.onJob(job));
    client.on('engine.failed', ({ run, error }) => {
      this.#ended();
      this.means.onFailed(run, error);
    });
    this.#timer = setInterval(() => this.#watch(), this.#times.ping);
    void this.#greet(client);
  }

  async #greet(client: EngineClient<EngineContract>): Promise<void> {
    try {
      const device = await this.#hold(client.call['engine.device']());
      if (client === this.#client) this.#change('ready', null, device);
    } catch (error) {
      if (client === this.#client) this.#change('failed', toFault(error, 'Loading TensorFlow'));
    }
  }

  /** Ends what runs, forgets earlier deaths, and starts anew. */
  async restart(): Promise<void> {
    this.#deaths = [];
    await this.#end();
    this.start();
  }

  train(request: Parameters<Calls<EngineContract>['engine.train']>[0]): Promise<string> {
    return this.#hold(this.call['engine.train'](request));
  }
  continueRun(folder: string): Promise<string> {
    return this.#hold(this.call['engine.continue']({ folder }));
  }

  /** Does the job in a folder, and ends with it. @throws UserError whatever ends the job or the engine */
  async runJob(folder: string): Promise<void> {
    const { call } = this;
    this.#job = 'preparing';
    try {
      await call['engine.job']({ folder });
    } finally {
      this.#job = undefined;
      this.#lastSign = Date.now();
    }
  }

  /** Asks the run to stop. An engine that does not even answer is ended, then killed; it starts again by itself. */
  async stopRun(): Promise<void> {
    const child = this.#child;
    const answer = this.call['engine.stop']().then(
      () => true,
      () => true,
    );
    if (await within(answer, this.#times.patience)) return;
    if (child && child === this.#child) await this.#kill(child);
  }

  /** For good: a run keeps a checkpoint if it manages in time. */
  async dispose(): Promise<void> {
    if (this.training && this.#client) {
      // the second stop leaves out the measuring of the test split
      const { call } = this.#client;
      void call['engine.stop']().then(
        () => call['engine.stop'](),
        () => {},
      );
      await until(() => !this.training, this.#times.patience);
    }
    await this.#end();
    this.#change('stopped', null);
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#expected = true;
    await this.#kill(child);
  }

  async #kill(child: EngineProcess): Promise<void> {
    const gone = () => child !== this.#child;
    child.kill('SIGTERM');
    if (await until(gone, this.#times.patience)) return;
    child.kill('SIGKILL');
    await until(gone, this.#times.patience);
  }

  #died(code: number): void {
    clearInterval(this.#timer);
    const lines = this.means.log.tail(8);
    const error = engineDied(code, this.#run?.step, lines);
    const run = this.#run;
    this.#client?.close(error);
    this.#child = this.#client = this.#run = undefined;
    if (run) this.means.onFailed(run.id, toFault(error, 'Training'));
    const now = Date.now();
    if (!this.#expected)
      this.#deaths = [...this.#deaths.filter((t) => now - t < this.#times.restartWindow), now];
    const times = this.#deaths.length;
    if (this.#expected) this.#change('stopped', null);
    else if (times > MOST_RESTARTS) this.#change('failed', toFault(engineKeepsDying(times, lines), ''));
    else this.start();
  }

  #told(run: string, events: TrainEvent[]): void {
    this.#run ??= { id: run, step: 0 };
    for (const event of events) {
      if (event.type === 'step' || event.type === 'start') this.#run = { id: run, step: event.step };
      if (event.type === 'start' && this.#job) this.#job = 'training';
      if (event.type === 'done') this.#ended();
    }
    this.means.onEvents(run, events);
  }

  #ended(): void {
    this.#run = undefined;
    if (this.#job) this.#job = 'preparing';
    this.#lastSign = Date.now();
  }

  async #hold<T>(work: Promise<T>): Promise<T> {
    this.#heavy++;
    try {
      return await work;
    } finally {
      this.#heavy--;
      this.#lastSign = Date.now();
    }
  }

  #sign(): void {
    this.#lastSign = Date.now();
    if (this.#state.state === 'not-responding') this.#change('ready', null);
  }

  #watch(): void {
    const now = Date.now();
    // a machine that slept, or a main process that was held up, says nothing of the engine
    if (now - this.#lastTick > 3 * this.#times.ping) this.#lastSign = now;
    this.#lastTick = now;
    const allowed = this.#heavy > 0 || this.#job === 'preparing' ? this.#times.busy : this.#times.answer;
    const silent = now - this.#lastSign > allowed;
    if (silent && this.#state.state === 'ready') this.#change('not-responding', toFault(notResponding(), ''));
    this.#client?.call['engine.ping']().catch(() => {});
  }

  #change(state: EngineState['state'], error: EngineState['error'], device = this.#state.device): void {
    this.#state = { state, device, error };
    this.means.onState(this.#state);
  }
}

/** Whether `work` ended in time. */
async function within(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; !condition(); ) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
