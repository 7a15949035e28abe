import type { Elaboration } from '../analysis/elaborate';
import { type Net, netOf } from '../analysis/net';
import type { DataSet, Split } from '../data/describe';
import type { TrainingSettings } from '../graph/training';
import type { Shape } from '../ir/shape';
import type { Output } from '../tensorflow/graph';
import { TfGraph } from '../tensorflow/graph';
import { mixedOf, newSession, type TensorFlow } from '../tensorflow/runtime';
import type { Feed, TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';
import { FedPictures } from './fed';
import { amongTop, crossEntropy, predictions } from './loss';
import { MIX, mixOf } from './mixing';
import { forward, makeVariables } from './net';
import { type Gathered, measure, type Normalisation, normalise, Pictures } from './pictures';
import { sharing } from './replicas';
import { firstFault, type LayerSignals, SignalGraph } from './signals';
import { type Batches, type Parts, type TrainingStep, trainingStep } from './step';
import { classWeightsOf } from './targets';
import { readVariables, type Variable, Variables, writeVariables } from './variables';

export type SplitName = 'train' | 'test';

/**
 * A net ready to train: one TensorFlow graph with a whole training step (gather, augment, forward, backward, update)
 * and a forward pass for each split, and the session that holds its variables.
 */
export class TrainingProgram {
  readonly #variables: Variables;
  readonly #pictures: Record<SplitName, Pictures | FedPictures>;
  readonly #training: TrainingStep;
  readonly #parts: Parts;
  /** Built when first asked for, so that the first step waits for nothing else. */
  readonly #evaluations = new Map<SplitName, Evaluation>();
  readonly #session: TfSession;
  readonly #settings: TrainingSettings;
  readonly #shape: Shape;
  #signals: SignalGraph | undefined;

  private constructor(
    tf: TensorFlow,
    graph: TfGraph,
    net: Net,
    settings: TrainingSettings,
    normalisation: Normalisation,
    classWeights: readonly number[] | undefined,
    frozen: ReadonlySet<string>,
    data: DataSet,
  ) {
    this.#variables = new Variables(graph, settings.seed);
    this.#pictures = {
      train: picturesIn(graph, 'train', net.shape, data.train),
      test: picturesIn(graph, 'test', net.shape, data.test),
    };
    const draw = graph.placeholder('draw', DataType.int32, []);
    const parts: Parts = {
      ...{ graph, net, settings, normalisation, classWeights, draw },
      devices: sharing(tf.devices, settings.batch),
      seed: graph.add('Pack', 'seed', [[graph.int(settings.seed), draw]]),
      weights: makeVariables(net, this.#variables, frozen),
    };
    this.#settings = settings;
    this.#shape = net.shape;
    this.#training = trainingStep(parts, this.#pictures.train, this.#variables);
    this.#parts = parts;
    this.#session = newSession(tf, graph, settings.precision === 'mixed' ? { mixed: mixedOf(tf) } : {});
  }

  /**
   * Builds the graph, starts the variables from the seed and hands the pictures to TensorFlow.
   *
   * @param normalisation of the pictures' bytes; measured on the training split when left out
   * @param frozen        names of the weights that training leaves as they are
   */
  static async create(
    tf: TensorFlow,
    elaboration: Elaboration,
    settings: TrainingSettings,
    data: DataSet,
    { normalisation, frozen = [] }: { normalisation?: Normalisation; frozen?: readonly string[] } = {},
  ): Promise<TrainingProgram> {
    const net = netOf(elaboration);
    const scale = normalisation ?? (await measure(data.train, net.shape.at(-1)!));
    const program = build(tf, (graph) => {
      return new TrainingProgram(
        tf,
        graph,
        net,
        settings,
        scale,
        classWeightsOf(settings.loss, data.train, net.logits.shape[0]!),
        new Set(frozen),
        data,
      );
    });
    const loads = (['train', 'test'] as const).map((s) => program.#pictures[s].load(data[s]));
    try {
      await program.#session.run({
        feeds: loads.flatMap((l) => l.feeds),
        targets: [program.#variables.start, ...loads.flatMap((l) => l.targets)],
      });
    } catch (error) {
      program.close();
      throw error;
    }
    return program;
  }

  /**
   * One optimizer step, over as many batches as the settings gather.
   *
   * @param indices of the pictures of all its batches in the training split
   * @param next    of the pictures of the steps after it, in their order, where they are known: these are read ahead
   * @param step    1 in the first step of a run: augmentation, dropout and Adam depend on it
   * @returns mean loss of the pictures and how many of them were right, both before the update
   */
  async step(
    indices: Int32Array,
    step: number,
    rate: number,
    next: Int32Array = NONE,
  ): Promise<{ loss: number; correct: number }> {
    const t = this.#training;
    const { accumulate } = this.#settings;
    const sums = { loss: 0, correct: 0 };
    for (let i = 0; i < accumulate; i++) {
      const [loss, correct] = await this.#session.run({
        feeds: [
          ...(await this.#batch(indices, step, i, next)),
          { to: t.rate, type: DataType.float32, dims: [], data: Float32Array.of(rate) },
          { to: t.step, type: DataType.int32, dims: [], data: Int32Array.of(step) },
        ],
        fetches: [t.loss, t.correct],
        targets: [i + 1 < accumulate ? t.gather! : t.update],
      });
      sums.loss += new Float32Array(loss!)[0]! / accumulate;
      sums.correct += new Float32Array(correct!)[0]!;
    }
    return sums;
  }

  /** What each layer does on the first batch of a step, or on the first on which one fails; moves no weight. */
  async signals(indices: Int32Array, step: number): Promise<readonly LayerSignals[]> {
    this.#signals ??= new SignalGraph(this.#training.observed);
    let first: readonly LayerSignals[] | undefined;
    for (let i = 0; i < this.#settings.accumulate; i++) {
      const feeds = await this.#batch(indices, step, i);
      const [numbers] = await this.#session.run({ feeds, fetches: [this.#signals.output] });
      const layers = this.#signals.read(new Float32Array(numbers!));
      if (firstFault(layers)) return layers;
      first ??= layers;
    }
    return first!;
  }

  /**
   * What is fed for one batch of a step; what is drawn at random is another for each.
   *
   * @param i    place of the batch in the step
   * @param next pictures of the steps after it
   */
  async #batch(
    indices: Int32Array,
    step: number,
    i: number,
    next: Int32Array = NONE,
  ): Promise<readonly Feed[]> {
    const t = this.#training;
    const { augment, seed, batch, accumulate } = this.#settings;
    const [height, width] = this.#shape.slice(-3) as [number, number, number];
    const draw = (step - 1) * accumulate + i + 1;
    const mix = t.mix && mixOf(augment, [height, width], seed, draw);
    const part = indices.subarray(i * batch, (i + 1) * batch);
    const after = joined(indices.subarray((i + 1) * batch), next.subarray(0, AHEAD * batch));
    return [
      ...(await t.feeds(part, after)),
      { to: t.draw, type: DataType.int32, dims: [], data: Int32Array.of(draw) },
      ...(mix ? [{ to: t.mix!, type: DataType.float32, dims: [MIX], data: Float32Array.from(mix) }] : []),
    ];
  }

  /** Loss and predicted class of each picture at `indices`, with dropout off and running statistics. */
  async evaluate(
    split: SplitName,
    indices: Int32Array,
    next?: Int32Array,
  ): Promise<{ losses: Float32Array; predicted: Int32Array; top5: Uint8Array | undefined }> {
    const e = this.#evaluation(split);
    const [losses, predicted, top5] = await this.#session.run({
      feeds: await e.feeds(indices, next),
      fetches: [e.losses, e.predicted, ...(e.top5 ? [e.top5] : [])],
    });
    return {
      losses: new Float32Array(losses!),
      predicted: new Int32Array(predicted!),
      top5: top5 && new Uint8Array(top5),
    };
  }

  #evaluation(split: SplitName): Evaluation {
    const known = this.#evaluations.get(split);
    if (known) return known;
    const made = evaluation(this.#parts, this.#pictures[split], this.#variables);
    this.#evaluations.set(split, made);
    return made;
  }

  /** Every variable: weights, statistics and the optimizer's slots, in the order in which they were made. */
  get variables(): readonly Variable[] {
    return this.#variables.all;
  }
  read(): Promise<Map<string, Float32Array>> {
    return readVariables(this.#session, this.#variables.all);
  }
  write(values: ReadonlyMap<string, Float32Array>): Promise<void> {
    return writeVariables(this.#session, this.#variables.all, values);
  }
  /** The kernels that training moves, by name. */
  kernels(): Promise<Map<string, Float32Array>> {
    const kernels = this.#variables.all.filter((v) => v.trainable && v.shape.length > 1);
    return readVariables(this.#session, kernels);
  }
  /** Sets those variables alone that `values` names. */
  async writeSome(values: ReadonlyMap<string, Float32Array>): Promise<void> {
    const named = this.#variables.all.filter((v) => values.has(v.name));
    if (named.length > 0) await writeVariables(this.#session, named, values);
  }

  /** @param keepData whether the pictures serve another program */
  close(keepData = false): void {
    if (!keepData) for (const split of Object.values(this.#pictures)) split.close();
    this.#session.close();
  }
}

/** What `make` makes of a new graph, which is given back when that fails. */
function build<T>(tf: TensorFlow, make: (graph: TfGraph) => T): T {
  const graph = new TfGraph(tf.c);
  try {
    return make(graph);
  } catch (error) {
    graph.delete();
    throw error;
  }
}

interface Evaluation {
  readonly feeds: Gathered['feeds'];
  readonly losses: Output;
  readonly predicted: Output;
  /** There with more classes than `FEW`. */
  readonly top5: Output | undefined;
}
/** Of so few classes five say little. */
const FEW = 10;

function evaluation(parts: Parts, pictures: Batches, variables: Variables): Evaluation {
  const { graph, net, normalisation, seed, settings } = parts;
  const weights = settings.average > 0 ? averaged(parts.weights, variables) : parts.weights;
  const { bytes, labels, feeds } = pictures.batch(-1);
  const x = normalise(graph, bytes, normalisation);
  const { logits } = forward(graph, net, x, weights, { training: false, seed });
  return {
    feeds,
    losses: crossEntropy(graph, logits, labels, 1).each,
    predicted: predictions(graph, logits),
    top5: net.logits.shape[0]! > FEW ? amongTop(graph, logits, labels, 5) : undefined,
  };
}

/** The weights with their running averages in their place. */
function averaged(weights: Parts['weights'], variables: Variables): Parts['weights'] {
  const byName = new Map(variables.all.map((v) => [v.name, v]));
  return new Map([...weights].map(([value, v]) => [value, byName.get(`${v.name}/average`) ?? v]));
}

const picturesIn = (graph: TfGraph, name: SplitName, shape: Shape, split: Split) =>
  split.stream ? new FedPictures(graph, name, shape, split, split.stream) : new Pictures(graph, name, shape);

const NONE = new Int32Array(0);
/** Batches that a step says of what comes after it: more than are read ahead. */
const AHEAD = 16;

function joined(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b;
  const out = new Int32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
