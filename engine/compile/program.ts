import type { Elaboration } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import type { TrainingSettings } from '../graph/training';
import { isOp, topological, type Value } from '../ir/ir';
import type { Operation, Output } from '../tensorflow/graph';
import { output, TfGraph } from '../tensorflow/graph';
import { newSession, type TensorFlow } from '../tensorflow/runtime';
import type { Feed, TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';
import { emit, logitsOf, type Pass } from './emit';
import { emitUpdate } from './optimizers/update';
import { augment, measure, normalise, type Normalisation, Pictures } from './pictures';
import { readVariables, type Variable, Variables, writeVariables } from './variables';

export type SplitName = 'train' | 'test';
interface Evaluation {
  /** int32 [n] */
  readonly indices: Output;
  /** float [n]: cross-entropy of each picture */
  readonly losses: Output;
  /** int32 [n]: the class with the highest score */
  readonly predicted: Output;
}

const I32 = { type: DataType.int32 };

/**
 * A net ready to train: one TensorFlow graph with a whole training step (gather, augment, forward, backward, update)
 * and a forward pass for each split, and the session that holds its variables.
 */
export class TrainingProgram {
  readonly #indices: Output;
  readonly #rate: Output;
  readonly #step: Output;
  readonly #loss: Output;
  readonly #correct: Output;
  readonly #update: Operation;
  readonly #evaluations: Record<SplitName, Evaluation>;
  readonly #variables: Variables;
  readonly #pictures: Record<SplitName, Pictures>;
  readonly #session: TfSession;

  private constructor(tf: TensorFlow, net: Net, settings: TrainingSettings, normalisation: Normalisation) {
    const graph = new TfGraph(tf.c);
    this.#variables = new Variables(graph, settings.seed);
    const shape = net.input.shape;
    this.#pictures = { train: new Pictures(graph, 'train', shape), test: new Pictures(graph, 'test', shape) };
    this.#indices = graph.placeholder('indices', DataType.int32, [settings.batch]);
    this.#rate = graph.placeholder('rate', DataType.float32, []);
    this.#step = graph.placeholder('step', DataType.int32, []);
    const seed = graph.add('Pack', 'seed', [[graph.int(settings.seed), this.#step]]);

    const depthwise = new Set(net.values.filter((v) => v.op === 'depthwiseConv2d').map((v) => v.inputs[1]));
    const variables = new Map<Value, Variable>();
    for (const v of net.values) {
      if (isOp(v, 'weight')) variables.set(v, this.#variables.weight(net.paths.get(v)!, v, depthwise.has(v)));
    }
    const forward = (x: Output, training: boolean) => {
      const made = new Map([[net.input, x]]);
      const pass: Pass = { graph, training, variables, paths: net.paths, seed, made, updates: [] };
      emit(pass, net.values);
      return { logits: made.get(net.logits)!, updates: pass.updates };
    };

    const batch = this.#pictures.train.gather(this.#indices);
    const bytes = augment(graph, batch.bytes, seed, settings.batch, shape, settings.augment);
    const { logits, updates } = forward(normalise(graph, bytes, normalisation), true);
    const entropy = crossEntropy(graph, logits, batch.labels);
    this.#loss = graph.add('Mean', 'loss', [output(entropy, 0), graph.ints([0])]);
    this.#correct = countCorrect(graph, logits, batch.labels);
    // the second output of the op is the gradient of the summed loss; its own gradient is not registered in C++
    const slope = graph.add('Mul', 'loss/slope', [output(entropy, 1), graph.float(1 / settings.batch)]);
    const trainable = [...variables.values()].filter((v) => v.trainable);
    const gradients = graph.gradients(
      logits,
      slope,
      trainable.map((v) => v.read),
    );
    const moves = trainable.map((variable, i) =>
      emitUpdate(
        {
          ...{ graph, variable, gradient: gradients[i]!, rate: this.#rate, step: this.#step },
          slot: (name) => this.#variables.slot(variable, name),
        },
        settings.optimizer,
        settings.weightDecay,
      ),
    );
    this.#update = graph.group('update', [...moves, ...updates]);

    const evaluation = (split: SplitName): Evaluation => {
      const indices = graph.placeholder(`${split}/indices`, DataType.int32, [-1]);
      const pictures = this.#pictures[split].gather(indices);
      const scores = forward(normalise(graph, pictures.bytes, normalisation), false).logits;
      return {
        indices,
        losses: output(crossEntropy(graph, scores, pictures.labels), 0),
        predicted: predictions(graph, scores),
      };
    };
    this.#evaluations = { train: evaluation('train'), test: evaluation('test') };
    this.#session = newSession(tf, graph);
  }

  /** Builds the graph, starts the variables from the seed and hands the pictures to TensorFlow. */
  static async create(
    tf: TensorFlow,
    elaboration: Elaboration,
    settings: TrainingSettings,
    data: DataSet,
  ): Promise<TrainingProgram> {
    const net = netOf(elaboration);
    const program = new TrainingProgram(tf, net, settings, measure(data.train, net.input.shape[2]!));
    const loads = (['train', 'test'] as const).map((s) => program.#pictures[s].load(data[s]));
    await program.#session.run({
      feeds: loads.flatMap((l) => l.feeds),
      targets: [program.#variables.start, ...loads.flatMap((l) => l.targets)],
    });
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
    const [loss, correct] = await this.#session.run({
      feeds: [
        this.#feedIndices(this.#indices, indices),
        { to: this.#rate, type: DataType.float32, dims: [], data: Float32Array.of(rate) },
        { to: this.#step, type: DataType.int32, dims: [], data: Int32Array.of(step) },
      ],
      fetches: [this.#loss, this.#correct],
      targets: [this.#update],
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
      feeds: [this.#feedIndices(e.indices, indices)],
      fetches: [e.losses, e.predicted],
    });
    return { losses: new Float32Array(losses!), predicted: new Int32Array(predicted!) };
  }

  /** Every variable by name: weights, statistics and the optimizer's slots. */
  readonly read = () => readVariables(this.#session, this.#variables.all);
  readonly write = (values: ReadonlyMap<string, Float32Array>) =>
    writeVariables(this.#session, this.#variables.all, values);
  get shapes(): ReadonlyMap<string, readonly number[]> {
    return new Map(this.#variables.all.map((v) => [v.name, v.shape]));
  }

  close(): void {
    this.#session.close();
  }

  #feedIndices(to: Output, indices: Int32Array): Feed {
    return { to, type: DataType.int32, dims: [indices.length], data: indices };
  }
}

interface Net {
  readonly input: Value;
  readonly logits: Value;
  /** All that the logits need, inputs first. */
  readonly values: readonly Value[];
  readonly paths: ReadonlyMap<Value, string>;
}

/** The part of the graph that reaches the output; what does not is left out of training. */
function netOf({ input, output: classifier, flat }: Elaboration): Net {
  if (!input?.output || !classifier?.output)
    throw new Error('a graph with problems was given to the compiler');
  const logits = logitsOf(classifier.output);
  const paths = new Map(flat.flatMap((n) => n.own.map((v) => [v, n.path] as const)));
  return { input: input.output, logits, values: topological([logits]), paths };
}

/** Output 0: loss of each picture; output 1: softmax - one-hot. */
const crossEntropy = (graph: TfGraph, logits: Output, labels: Output): Operation =>
  graph.operation('SparseSoftmaxCrossEntropyWithLogits', 'loss/cross-entropy', [logits, labels]);

const predictions = (graph: TfGraph, logits: Output): Output =>
  graph.add('ArgMax', 'predicted', [logits, graph.int(1)], { output_type: I32 });

function countCorrect(graph: TfGraph, logits: Output, labels: Output): Output {
  const right = graph.add('Equal', 'correct', [predictions(graph, logits), labels]);
  const ones = graph.add('Cast', 'correct/ones', [right], {
    SrcT: { type: DataType.bool },
    DstT: { type: DataType.float32 },
  });
  return graph.add('Sum', 'correct/count', [ones, graph.ints([0])]);
}
