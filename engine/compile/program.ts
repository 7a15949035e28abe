import type { Elaboration } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import type { TrainingSettings } from '../graph/training';
import type { Value } from '../ir/ir';
import type { Operation, Output } from '../tensorflow/graph';
import { TfGraph } from '../tensorflow/graph';
import { newSession, type TensorFlow } from '../tensorflow/runtime';
import type { Feed, TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';
import { countCorrect, crossEntropy, predictions } from './loss';
import { forward, makeVariables, type Net, netOf } from './net';
import { emitUpdate } from './optimizers/update';
import { augment, measure, type Normalisation, normalise, Pictures } from './pictures';
import { readVariables, type Variable, Variables, writeVariables } from './variables';

export type SplitName = 'train' | 'test';

/**
 * A net ready to train: one TensorFlow graph with a whole training step (gather, augment, forward, backward, update)
 * and a forward pass for each split, and the session that holds its variables.
 */
export class TrainingProgram {
  readonly #variables: Variables;
  readonly #pictures: Record<SplitName, Pictures>;
  readonly #training: TrainingStep;
  readonly #evaluations: Record<SplitName, Evaluation>;
  readonly #session: TfSession;

  private constructor(
    tf: TensorFlow,
    graph: TfGraph,
    net: Net,
    settings: TrainingSettings,
    normalisation: Normalisation,
  ) {
    this.#variables = new Variables(graph, settings.seed);
    this.#pictures = {
      train: new Pictures(graph, 'train', net.shape),
      test: new Pictures(graph, 'test', net.shape),
    };
    const step = graph.placeholder('step', DataType.int32, []);
    const parts: Parts = {
      ...{ graph, net, settings, normalisation, step },
      seed: graph.add('Pack', 'seed', [[graph.int(settings.seed), step]]),
      weights: makeVariables(net, this.#variables),
    };
    this.#training = trainingStep(parts, this.#pictures.train, this.#variables);
    this.#evaluations = {
      train: evaluation(parts, this.#pictures.train),
      test: evaluation(parts, this.#pictures.test),
    };
    this.#session = newSession(tf, graph);
  }

  /**
   * Builds the graph, starts the variables from the seed and hands the pictures to TensorFlow.
   *
   * @param normalisation of the pictures' bytes; measured on the training split when left out
   */
  static async create(
    tf: TensorFlow,
    elaboration: Elaboration,
    settings: TrainingSettings,
    data: DataSet,
    normalisation?: Normalisation,
  ): Promise<TrainingProgram> {
    const net = netOf(elaboration);
    const program = build(tf, (graph) => {
      return new TrainingProgram(
        tf,
        graph,
        net,
        settings,
        normalisation ?? measure(data.train, net.shape.at(-1)!),
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
   * One optimizer step.
   *
   * @param indices of the batch's pictures in the training split, as many as the batch
   * @param step    1 in the first step of a run: augmentation, dropout and Adam depend on it
   * @returns mean loss of the batch and how many pictures of it were right, both before the update
   */
  async step(indices: Int32Array, step: number, rate: number): Promise<{ loss: number; correct: number }> {
    const t = this.#training;
    const [loss, correct] = await this.#session.run({
      feeds: [
        feedIndices(t.indices, indices),
        { to: t.rate, type: DataType.float32, dims: [], data: Float32Array.of(rate) },
        { to: t.step, type: DataType.int32, dims: [], data: Int32Array.of(step) },
      ],
      fetches: [t.loss, t.correct],
      targets: [t.update],
    });
    return { loss: new Float32Array(loss!)[0]!, correct: new Float32Array(correct!)[0]! };
  }

  /** Loss and predicted class of each picture at `indices`, with dropout off and running statistics. */
  async evaluate(
    split: SplitName,
    indices: Int32Array,
  ): Promise<{ losses: Float32Array; predicted: Int32Array }> {
    const e = this.#evaluations[split];
    const [losses, predicted] = await this.#session.run({
      feeds: [feedIndices(e.indices, indices)],
      fetches: [e.losses, e.predicted],
    });
    return { losses: new Float32Array(losses!), predicted: new Int32Array(predicted!) };
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

  close(): void {
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

/** What the training step and the evaluations are made of. */
interface Parts {
  readonly graph: TfGraph;
  readonly net: Net;
  readonly settings: TrainingSettings;
  readonly normalisation: Normalisation;
  readonly weights: ReadonlyMap<Value, Variable>;
  /** int32 scalar, and int32 [2] of the run's seed and the step */
  readonly step: Output;
  readonly seed: Output;
}

interface TrainingStep {
  readonly indices: Output;
  readonly rate: Output;
  readonly step: Output;
  readonly loss: Output;
  readonly correct: Output;
  readonly update: Operation;
}

function trainingStep(parts: Parts, pictures: Pictures, variables: Variables): TrainingStep {
  const { graph, net, settings, normalisation, weights, step, seed } = parts;
  const indices = graph.placeholder('indices', DataType.int32, [settings.batch]);
  const rate = graph.placeholder('rate', DataType.float32, []);
  const { bytes, labels } = pictures.gather(indices);
  const x = normalise(
    graph,
    augment(graph, bytes, seed, settings.batch, net.shape, settings.augment),
    normalisation,
  );
  const { logits, auxiliary, updates, relus } = forward(graph, net, x, weights, { training: true, seed });
  const loss = crossEntropy(graph, logits, labels, settings.batch);
  const slopes = auxiliary.map((scores, i) => {
    const { slope } = crossEntropy(graph, scores, labels, settings.batch);
    return graph.add('Mul', 'loss/auxiliary', [slope, graph.float(net.auxiliary[i]!.weight)]);
  });
  const trainable = [...weights.values()].filter((v) => v.trainable);
  const gradients = graph.gradients(
    [logits, ...auxiliary],
    [loss.slope, ...slopes],
    trainable.map((v) => v.read),
  );
  graph.spareReluInputs(relus);
  const moves = trainable.map((variable, i) => {
    const slot = (name: string) => variables.slot(variable, name);
    const context = { graph, variable, gradient: gradients[i]!, rate, step, slot };
    return emitUpdate(context, settings.optimizer, settings.weightDecay);
  });
  const update = graph.group('update', [...moves, ...updates]);
  return { indices, rate, step, loss: loss.mean, correct: countCorrect(graph, logits, labels), update };
}

interface Evaluation {
  readonly indices: Output;
  readonly losses: Output;
  readonly predicted: Output;
}

function evaluation({ graph, net, normalisation, weights, seed }: Parts, pictures: Pictures): Evaluation {
  const indices = graph.placeholder(`${pictures.name}/indices`, DataType.int32, [-1]);
  const { bytes, labels } = pictures.gather(indices);
  const x = normalise(graph, bytes, normalisation);
  const { logits } = forward(graph, net, x, weights, { training: false, seed });
  return {
    indices,
    losses: crossEntropy(graph, logits, labels, 1).each,
    predicted: predictions(graph, logits),
  };
}

const feedIndices = (to: Output, indices: Int32Array): Feed => ({
  to,
  type: DataType.int32,
  dims: [indices.length],
  data: indices,
});
