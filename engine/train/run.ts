import type { SplitName } from '../compile/program';
import { firstFault } from '../compile/signals';
import type { GraphDocument } from '../graph/document';
import { rateAt } from '../graph/schedule';
import { range, shuffled, splitOf } from '../random';
import { type Changes, checkWish } from './change';
import { markBest, type RunState, saveCheckpoint } from './checkpoint';
import type { RunControl } from './control';
import { doneOf, takeBest } from './done';
import { type Measured, measureSplit, scoreOf } from './evaluate';
import type { EventOf, TrainEvent } from './events';
import { diverged, firstBroken } from './faults';
import { Mailbox } from './mailbox';
import { type Prepared, rebuild } from './prepare';
import { environment, type RunFolder } from './run-folder';
import { Sampler } from './sampler';
import { Speed } from './speed';
import { cutOf, isOver, watch } from './watch';

/** Seconds between two checkpoints within an epoch. */
const CHECKPOINT_EVERY = 120;

interface Parts {
  readonly prepared: Prepared;
  readonly doc: GraphDocument;
  readonly folder: RunFolder;
  readonly control: RunControl;
  /** Settings of the document, with what is changed on the way. */
  readonly changes: Changes;
  readonly limit?: number | undefined;
}

/** One training run from a state to its end. */
export class Run {
  prepared: Prepared;
  readonly doc;
  readonly folder;
  readonly control;
  readonly #changes: Changes;
  readonly #limit: number;
  readonly #training: Int32Array;
  readonly #validation: Int32Array;
  /** That one step learns from. */
  readonly #pictures: number;
  readonly #stepsPerEpoch: number;
  readonly #speed: Speed;
  readonly #mail: Mailbox;
  readonly #sampler = new Sampler();
  #state: RunState;
  #saved: number;
  #savedAt = performance.now();

  constructor(parts: Parts, state: RunState) {
    this.prepared = parts.prepared;
    this.doc = parts.doc;
    this.folder = parts.folder;
    this.control = parts.control;
    this.#changes = parts.changes;
    this.#limit = parts.limit ?? Number.POSITIVE_INFINITY;
    this.#state = state;
    this.#saved = state.step;
    const { batch, accumulate, seed, data } = this.doc.training;
    const split = splitOf(this.prepared.data.train.count, data.validation, seed);
    this.#training = split.training;
    this.#validation = split.validation;
    this.#pictures = batch * accumulate;
    this.#stepsPerEpoch = Math.floor(this.#training.length / this.#pictures);
    this.#speed = new Speed(state.seconds);
    this.#mail = new Mailbox(this.folder);
  }

  get #settings(): GraphDocument['training'] {
    return this.#changes.settings;
  }
  /** The step after which it ends. */
  get #last(): number {
    return Math.min(this.#limit, this.#settings.epochs * this.#stepsPerEpoch);
  }

  async *events(): AsyncGenerator<TrainEvent> {
    try {
      for await (const event of this.#go()) {
        this.folder.record(event);
        yield event;
      }
    } catch (error) {
      this.folder.log(error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      this.prepared.program.close();
      await this.folder.close();
    }
  }

  async *#go(): AsyncGenerator<TrainEvent> {
    yield await this.#begin();
    const { started } = this.prepared;
    if (this.#state.step === 0 && (started.transfer || started.frozen.length > 0))
      yield { type: 'transfer', ...started };
    // what was measured after the step of the checkpoint is measured again
    if (this.#state.epoch.steps > 0) yield* this.#atEpochEnd ? this.#endEpoch() : this.#check();
    yield { type: 'state', state: 'training' };
    let order: Int32Array | undefined;
    for (;;) {
      yield* this.#change();
      if (this.#state.step >= this.#last || this.control.stopped || this.#early) break;
      const { step } = this.#state;
      const epoch = Math.floor(step / this.#stepsPerEpoch);
      if (step % this.#stepsPerEpoch === 0) order = undefined;
      order ??= shuffled(this.#training, this.#settings.seed, epoch + 1);
      yield* this.#step(order, epoch);
      if (this.#atEpochEnd || this.#state.step === this.#last) yield* this.#endEpoch();
      else yield* this.#check();
      if (performance.now() - this.#savedAt > CHECKPOINT_EVERY * 1000) yield await this.#checkpoint();
      while (this.control.paused) yield* this.#hold();
    }
    this.control.judgeBy((wish) => checkWish(wish, undefined));
    if (this.#saved !== this.#state.step) yield await this.#checkpoint();
    yield* this.#end();
  }

  async #begin(): Promise<EventOf<'start'>> {
    const { tf, analysis, data, started } = this.prepared;
    this.control.judgeBy((wish) => checkWish(wish, Math.floor(this.#state.step / this.#stepsPerEpoch) + 1));
    await this.folder.writeJson('config.json', { training: this.doc.training, data: data.info, started });
    await this.folder.writeJson('env.json', environment(tf.version, tf.device.name));
    this.folder.log(`trains ${this.doc.name} on ${data.info.title} with ${tf.device.name}`);
    return {
      type: 'start',
      run: this.folder.id,
      folder: this.folder.path,
      name: this.doc.name,
      device: tf.device,
      epochs: this.#settings.epochs,
      stepsPerEpoch: this.#stepsPerEpoch,
      step: this.#state.step,
      params: analysis.total.params,
    };
  }

  async *#step(order: Int32Array, epoch: number): AsyncGenerator<TrainEvent> {
    const { program } = this.prepared;
    const count = this.#pictures;
    const at = (this.#state.step % this.#stepsPerEpoch) * count;
    const step = this.#state.step + 1;
    const rate = this.#rate(step);
    const [indices, next] = [order.subarray(at, at + count), order.subarray(at + count)];
    const { result, seconds, signals } = await this.#sampler.around(program, { indices, step }, () =>
      program.step(indices, step, rate, next),
    );
    const { loss, correct } = result;
    this.#speed.record(count, seconds);
    if (!Number.isFinite(loss)) {
      // such a step moves no weight, so that the same batch shows where it began
      const fault = firstFault(await program.signals(indices, step));
      throw diverged(step, { loss, fault }, this.#settings, this.folder.path);
    }
    const sums = this.#state.epoch;
    this.#state = {
      ...this.#state,
      step,
      epoch: { loss: sums.loss + loss, correct: sums.correct + correct, steps: sums.steps + 1 },
      seconds: this.#speed.seconds,
    };
    yield { type: 'step', step, epoch: epoch + 1, loss, accuracy: correct / count, rate, ...this.#pace() };
    if (signals) yield signals;
  }

  #rate(step: number): number {
    const length = { stepsPerEpoch: this.#stepsPerEpoch, epochs: this.#settings.epochs };
    return rateAt(step, length, this.#settings) * cutOf(this.#state.watched, this.#settings.watch);
  }

  get #early(): boolean {
    return isOver(this.#state.watched, this.#settings.watch);
  }

  /** Validation pictures go forward only, about three times as fast as training. */
  #pace() {
    const { step } = this.#state;
    const epochsLeft = Math.ceil((this.#last - step) / this.#stepsPerEpoch);
    const forwardOnly = epochsLeft * this.#validation.length + this.prepared.data.test.count;
    return {
      imagesPerSecond: this.#speed.imagesPerSecond,
      secondsLeft: this.#speed.secondsFor((this.#last - step) * this.#pictures + forwardOnly / 3),
    };
  }

  get #atEpochEnd(): boolean {
    return this.#state.step % this.#stepsPerEpoch === 0;
  }

  /** Measures the validation pictures within the epoch, where that is due. */
  async *#check(): AsyncGenerator<TrainEvent> {
    const { every } = this.#settings.watch;
    if (every === 0 || this.#state.step % every !== 0) return;
    yield { type: 'state', state: 'validating' };
    const measured = yield* this.#measure('train', this.#validation);
    if (measured) yield { type: 'validation', step: this.#state.step, validation: scoreOf(measured) };
    yield { type: 'state', state: 'training' };
  }

  /** The checkpoint still holds the epoch's sums: a run that goes on from it measures and tells of this epoch again. */
  async *#endEpoch(): AsyncGenerator<TrainEvent> {
    const { step, epoch } = this.#state;
    if (this.#saved !== step) yield await this.#checkpoint();
    yield { type: 'state', state: 'validating' };
    const validation = yield* this.#measure('train', this.#validation);
    yield {
      type: 'epoch',
      epoch: Math.ceil(step / this.#stepsPerEpoch),
      step,
      train: {
        loss: epoch.loss / epoch.steps,
        accuracy: epoch.correct / (epoch.steps * this.#pictures),
      },
      validation: validation && scoreOf(validation),
      ...this.#pace(),
    };
    const watched = validation
      ? watch(this.#state.watched, scoreOf(validation), step, this.#settings.watch)
      : this.#state.watched;
    if (watched.best?.step === step) await markBest(this.folder.path, step);
    this.#state = { ...this.#state, epoch: { loss: 0, correct: 0, steps: 0 }, watched };
    if (step < this.#last && !this.#early) yield { type: 'state', state: 'training' };
  }

  #measure(split: SplitName, indices: Int32Array): AsyncGenerator<TrainEvent, Measured | null> {
    const { program, data } = this.prepared;
    const truth = { labels: data[split].labels, classes: data.info.classNames.length };
    return measureSplit(program, split, truth, indices, this.#settings.batch, () => this.#between(split));
  }

  /** Between two batches of a measurement: pauses when asked to, and says whether to go on. */
  async *#between(split: SplitName): AsyncGenerator<TrainEvent, boolean> {
    if (this.control.paused) yield* this.#pause(split === 'train' ? 'validating' : 'testing');
    return split === 'train' ? !this.control.stopped : this.control.wantsTest;
  }

  async #checkpoint(): Promise<EventOf<'checkpoint'>> {
    const { program } = this.prepared;
    const values = await program.read();
    const broken = firstBroken(values);
    // never write weights that no longer work over a checkpoint that does
    if (broken !== undefined) throw diverged(this.#state.step, { broken }, this.#settings, this.folder.path);
    const blocks = new Map(
      program.variables.map(({ name, shape }) => [name, { shape, data: values.get(name)! }] as const),
    );
    const folder = await saveCheckpoint(this.folder.path, blocks, this.#state);
    this.#saved = this.#state.step;
    this.#savedAt = performance.now();
    return { type: 'checkpoint', step: this.#state.step, folder };
  }

  /** A pause between two steps, in which settings change at once. */
  async *#hold(): AsyncGenerator<TrainEvent> {
    yield { type: 'state', state: 'paused' };
    while (this.control.paused) {
      yield* this.#change();
      if (this.control.paused && !this.control.wantsChange) await this.control.untilWoken();
    }
    if (!this.control.stopped) yield { type: 'state', state: 'training' };
  }

  /** Takes what is to change from the next step on, and tells it. */
  async *#change(): AsyncGenerator<TrainEvent> {
    await this.#mail.passTo(this.control);
    const made = this.#changes.take(this.#state.step, this.control.takeChanges());
    if (made.length === 0) return;
    // on the disk before the first step that it counts for
    await this.folder.writeJson('changes.json', this.#changes.all);
    if (made.some((c) => c.setting === 'weightDecay'))
      this.prepared = await rebuild(this.prepared, this.#settings);
    for (const change of made) yield { type: 'change', ...change };
  }

  async *#pause(then: EventOf<'state'>['state']): AsyncGenerator<TrainEvent> {
    yield { type: 'state', state: 'paused' };
    await this.control.untilResumed();
    if (!this.control.stopped) yield { type: 'state', state: then };
  }

  async *#end(): AsyncGenerator<TrainEvent> {
    const { program, data } = this.prepared;
    const { test, info } = data;
    const { step, watched } = this.#state;
    const early = step < this.#last && this.#early && !this.control.stopped;
    let measured: Measured | null = null;
    let testedStep = step;
    if (step > 0 && this.control.wantsTest) {
      yield { type: 'state', state: 'testing' };
      if (this.#settings.watch.best) testedStep = await takeBest(program, this.folder, this.#state);
      measured = yield* this.#measure('test', range(test.count));
    }
    const { seconds } = this.#speed;
    const end = {
      step,
      testedStep,
      early,
      stopped: step < this.#last && !early,
      best: watched.best,
      seconds,
    };
    const done = doneOf(this.folder, info.classNames, measured, end);
    await this.folder.writeResult(done).catch((e: Error) => this.folder.log(e.message));
    yield done;
  }
}
