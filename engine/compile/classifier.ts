import type { Elaboration } from '../analysis/elaborate';
import { type Net, netOf } from '../analysis/net';
import { isOp, topological, type Value } from '../ir/ir';
import { size } from '../ir/shape';
import { type Output, TfGraph } from '../tensorflow/graph';
import { newSession, type TensorFlow } from '../tensorflow/runtime';
import type { TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';
import { emit } from './emit';
import { foldedNorms } from './fold';
import { nameOf } from './net';
import type { Pass } from './pass';
import { type Normalisation, normalise } from './pictures';
import type { Variable } from './variables';

/**
 * A trained net in use. Its weights are constants: norms are folded into the kernels before them, and kernels are laid
 * out once as the processor likes them.
 */
export class Classifier {
  readonly #session: TfSession;
  readonly #bytes: Output;
  readonly #scores: Output;
  /** In which a batch is computed side by side. */
  readonly #parts: number;

  private constructor(
    tf: TensorFlow,
    readonly net: Net,
    weights: ReadonlyMap<string, Float32Array>,
    normalisation: Normalisation,
  ) {
    const graph = new TfGraph(tf.c);
    this.#bytes = graph.placeholder('pictures', DataType.uint8, [-1, ...net.shape]);
    const x = normalise(graph, this.#bytes, normalisation);
    this.#scores = scoresOf(graph, net, x, weights);
    this.#session = newSession(tf, graph);
    this.#parts = tf.device.kind === 'cpu' && tf.config.intra === 1 ? tf.config.inter : 1;
  }

  /**
   * @param weights       by name, statistics too, as a checkpoint has them
   * @param normalisation that the net was trained with
   */
  static create(
    tf: TensorFlow,
    elaboration: Elaboration,
    weights: ReadonlyMap<string, Float32Array>,
    normalisation: Normalisation,
  ): Classifier {
    return new Classifier(tf, netOf(elaboration), weights, normalisation);
  }

  /** What goes into the softmax, [count, classes], of pictures as bytes, [count, ...shape]. */
  async scores(pictures: Uint8Array): Promise<Float32Array> {
    const length = size(this.net.shape);
    const count = pictures.length / length;
    const most = Math.ceil(count / this.#parts);
    const starts = Array.from({ length: Math.ceil(count / most) }, (_, i) => i * most);
    const parts = await Promise.all(
      starts.map((at) => this.#part(pictures.subarray(at * length, (at + most) * length))),
    );
    const classes = size(this.net.logits.shape);
    const all = new Float32Array(count * classes);
    parts.forEach((scores, i) => void all.set(scores, starts[i]! * classes));
    return all;
  }

  async #part(pictures: Uint8Array): Promise<Float32Array> {
    const { shape } = this.net;
    const dims = [pictures.length / size(shape), ...shape];
    const feeds = [{ to: this.#bytes, type: DataType.uint8, dims, data: pictures }];
    const [scores] = await this.#session.run({ feeds, fetches: [this.#scores] });
    return new Float32Array(scores!);
  }

  close(): void {
    this.#session.close();
  }
}

function scoresOf(graph: TfGraph, net: Net, x: Output, weights: ReadonlyMap<string, Float32Array>): Output {
  const values = topological([net.logits]);
  const numbersOf = (w: Value<'weight'>) => weights.get(nameOf(net, w))!;
  const { kernels, biases } = foldedNorms(values, numbersOf);
  const constant = (v: Value, data: Float32Array) =>
    graph.tensor(`${net.paths.get(v)}/constant`, data, v.shape);
  const made = new Map<Value, Output>([[net.input, x]]);
  const variables = new Map<Value, Variable>();
  const seed = graph.ints([0, 0]);
  const pass: Pass = {
    ...{ graph, training: false, variables, paths: net.paths, seed, made },
    updates: [],
    relus: [],
  };
  const dropped = new Set([...biases.keys()].flatMap((norm) => norm.inputs.slice(1)));
  for (const v of values) {
    const bias = biases.get(v);
    if (bias) {
      const shift = graph.tensor(`${net.paths.get(v)}/shift`, bias, [bias.length]);
      made.set(v, graph.add('BiasAdd', `infer/${net.paths.get(v)}/bias`, [made.get(v.inputs[0]!)!, shift]));
    } else if (isOp(v, 'weight')) {
      if (!dropped.has(v)) made.set(v, constant(v, kernels.get(v) ?? numbersOf(v)));
    } else emit(pass, [v]);
  }
  return made.get(net.logits)!;
}
