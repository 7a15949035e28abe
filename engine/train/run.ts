import type { SplitName } from '../compile/program';
import type { UserError } from '../errors';
import type { GraphDocument } from '../graph/document';
import { rateAt } from '../graph/schedule';
import { range, shuffled, splitOf } from '../random';
import { markBest, type RunState, saveCheckpoint, weightsAt } from './checkpoint';
import type { RunControl } from './control';
import { type Measured, measureSplit, scoreOf } from './evaluate';
import type { EventOf, TrainEvent } from './events';
import { diverged, firstBroken } from './faults';
import type { Prepared } from './prepare';
import { environment, type RunFolder } from './run-folder';
import { Speed } from './speed';
import { cutOf, isOver, watch } from './watch';

/** Seconds between two checkpoints within an epoch. */
const CHECKPOINT_EVERY = 120;

/** One training run from a state to its end. */
export class Run {
  readonly #settings;
  readonly #training: Int32Array;
  readonly #validation: Int32Array;
  /** That one step learns from. */
  readonly #pictures: number;
  readonly #stepsPerEpoch: number;
  readonly #last: number;
  readonly #speed: Speed;
  #state: RunState;
  #saved: number;
  #savedAt = performance.now();

  constructor(
    readonly prepared: Prepared,
    readonly doc: GraphDocument,
    readonly folder: RunFolder,
    readonly control: RunControl,
    state: RunState,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#state = state;
    this.#saved = state.step;
    this.#settings = doc.training;
    const { batch, accumulate, epochs, seed, data } = doc.training;
    const split = splitOf(prepared.data.train.count, data.validation, seed);
    this.#training = split.training;
    this.#validation = split.validation;
    this.#pictures = batch * accumulate;
    this.#stepsPerEpoch = Math.floor(this.#training.length / this.#pictures);
    this.#last = Math.min(limit, epochs * this.#stepsPerEpoch);
    this.#speed = new Speed(state.seconds);
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
    // what was measured after the step of the checkpoint is measured again
    if (this.#state.epoch.steps > 0) yield* this.#atEpochEnd ? this.#endEpoch() : this.#check();
    yield { type: 'state', state: 'training' };
    let order: Int32Array | undefined;
    while (this.#state.step < this.#last && !this.control.stopped && !this.#early) {
      const { step } = this.#state;
      const epoch = Math.floor(step / this.#stepsPerEpoch);
      if (step % this.#stepsPerEpoch === 0) order = undefined;
      order ??= shuffled(this.#training, this.#settings.seed, epoch + 1);
      yield await this.#step(order, epoch);
      if (this.#atEpochEnd || this.#state.step === this.#last) yield* this.#endEpoch();
      else yield* this.#check();
      if (performance.now() - this.#savedAt > CHECKPOINT_EVERY * 1000) yield await this.#checkpoint();
      if (this.control.paused) yield* this.#pause('training');
    }
    if (this.#saved !== this.#state.step) yield await this.#checkpoint();
    yield* this.#end();
  }

  async #begin(): Promise<EventOf<'start'>> {
    const { tf, analysis, data } = this.prepared;
    await this.folder.writeJson('config.json', { training: this.#settings, data: data.info });
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

  async #step(order: Int32Array, epoch: number): Promise<EventOf<'step'>> {
    const count = this.#pictures;
    const at = (this.#state.step % this.#stepsPerEpoch) * count;
    const step = this.#state.step + 1;
    const rate = this.#rate(step);
    const started = performance.now();
    const [now, next] = [order.subarray(at, at + count), order.subarray(at + count)];
    const { loss, correct } = await this.prepared.program.step(now, step, rate, next);
    this.#speed.record(count, (performance.now() - started) / 1000);
    if (!Number.isFinite(loss)) throw await this.#diverged(step, loss);
    const sums = this.#state.epoch;
    this.#state = {
      ...this.#state,
      step,
      epoch: { loss: sums.loss + loss, correct: sums.correct + correct, steps: sums.steps + 1 },
      seconds: this.#speed.seconds,
    };
    return { type: 'step', step, epoch: epoch + 1, loss, accuracy: correct / count, rate, ...this.#pace() };
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

  /** Whether the validation pictures are to be measured within the epoch. */
  get #checksNow(): boolean {
    const { every } = this.#settings.watch;
    return every > 0 && this.#state.step % every === 0;
  }
  async *#check(): AsyncGenerator<TrainEvent> {
    if (!this.#checksNow) return;
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

  async #diverged(step: number, loss: number): Promise<UserError> {
    const broken = firstBroken(await this.prepared.program.read());
    return diverged(step, { loss, broken }, this.#settings, this.folder.path);
  }

  async *#pause(then: EventOf<'state'>['state']): AsyncGenerator<TrainEvent> {
    yield { type: 'state', state: 'paused' };
    await this.control.untilResumed();
    if (!this.control.stopped) yield { type: 'state', state: then };
  }

  /** Puts the weights of the best epoch in place of the last ones, where that is wished. @returns their step */
  async #takeBest(): Promise<number> {
    const { step, watched } = this.#state;
    if (!this.#settings.watch.best || !watched.best || watched.best.step === step) return step;
    const blocks = await weightsAt(this.folder.path, watched.best.step);
    if (!blocks) return step;
    await this.prepared.program.write(new Map([...blocks].map(([name, block]) => [name, block.data])));
    return watched.best.step;
  }

  async *#end(): AsyncGenerator<TrainEvent> {
    const { test, info } = this.prepared.data;
    const { step, watched } = this.#state;
    const early = step < this.#last && this.#early && !this.control.stopped;
    let measured: Measured | null = null;
    let testedStep = step;
    if (step > 0 && this.control.wantsTest) {
      yield { type: 'state', state: 'testing' };
      testedStep = await this.#takeBest();
      measured = yield* this.#measure('test', range(test.count));
    }
    yield {
      type: 'done',
      run: this.folder.id,
      test: measured && scoreOf(measured),
      seconds: this.#speed.seconds,
      stopped: step < this.#last && !early,
      ...(early && { early }),
      ...(watched.best && { best: watched.best }),
      ...(measured && { testedStep }),
      step,
      confusion: measured?.confusion ?? [],
      classNames: info.classNames,
      folder: this.folder.path,
    };
  }
}
