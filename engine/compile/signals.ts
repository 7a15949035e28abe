import type { Net } from '../analysis/net';
import type { Op, Value } from '../ir/ir';
import type { Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import type { Variable } from './variables';

/** What a layer does on one batch; null where it has no such thing. */
export interface LayerSignals {
  readonly path: string;
  /** Length of the gradient of its kernel, and of the kernel itself. */
  readonly gradient: number | null;
  readonly weight: number | null;
  /** Mean and deviation of its result, over the batch. */
  readonly mean: number;
  readonly deviation: number;
  /** Share of the channels that are zero for every picture; of a ReLU. */
  readonly dead: number | null;
}

/** The parts of a training step that signals are taken from. */
export interface Observed {
  readonly graph: TfGraph;
  readonly net: Net;
  readonly made: ReadonlyMap<Value, Output>;
  readonly weights: ReadonlyMap<Value, Variable>;
  /** Of the loss with respect to each trainable variable. */
  readonly gradients: ReadonlyMap<Variable, Output>;
}

const RECTIFIERS: ReadonlySet<Op> = new Set<Op>(['relu', 'relu6']);
const F32 = { type: DataType.float32 };
const FIELDS = 5;
/** For a field that a layer does not have. */
const NONE = -1;

/** Of every layer its last value, and its kernel if it has one, in the order of the net. */
function layersOf({ net, weights }: Pick<Observed, 'net' | 'weights'>) {
  const layers = new Map<string, { last?: Value; kernel?: Variable }>();
  for (const value of net.values) {
    const path = net.paths.get(value);
    if (path === undefined) continue;
    const layer = layers.get(path) ?? {};
    layers.set(path, layer);
    const variable = weights.get(value);
    if (!variable) {
      // a value moves to the end with its layer's last one
      layer.last = value;
    } else if (variable.trainable && variable.shape.length > 1) layer.kernel = variable;
  }
  return [...layers].filter(([, { last }]) => last !== undefined);
}

/**
 * Signals of every layer on the batch that is fed, without moving a weight. The operations are added to the graph when
 * they are first asked for: a run that never looks pays nothing.
 */
export class SignalGraph {
  readonly #paths: readonly string[];
  /** float [layers * 5] */
  readonly output: Output;

  constructor({ graph, net, made, weights, gradients }: Observed) {
    const layers = layersOf({ net, weights });
    this.#paths = layers.map(([path]) => path);
    const none = graph.float(NONE);
    const length = (x: Output, name: string) =>
      graph.add('Sqrt', `${name}/length`, [
        graph.add('Mul', `${name}/square`, [graph.add('L2Loss', `${name}/half`, [x]), graph.float(2)]),
      ]);
    const numbers = layers.flatMap(([path, { last, kernel }]) => {
      const name = `signals/${path}`;
      const gradient = kernel && gradients.get(kernel);
      const x = made.get(last!)!;
      const { mean, deviation } = momentsOf(graph, x, name);
      return [
        gradient ? length(gradient, `${name}/gradient`) : none,
        kernel ? length(kernel.read, `${name}/weight`) : none,
        ...[mean, deviation],
        RECTIFIERS.has(last!.op) ? deadShare(graph, x, last!.shape.length, name) : none,
      ];
    });
    this.output = graph.add('Pack', 'signals', [numbers]);
  }

  read(numbers: Float32Array): readonly LayerSignals[] {
    const some = (x: number) => (x === NONE ? null : x);
    return this.#paths.map((path, i) => {
      const [gradient, weight, mean, deviation, dead] = numbers.subarray(i * FIELDS, (i + 1) * FIELDS);
      const own = { gradient: some(gradient!), weight: some(weight!), dead: some(dead!) };
      return { path, ...own, mean: mean!, deviation: deviation! };
    });
  }
}

/** Over everything; two passes, so that a mean far from zero costs no digits. */
function momentsOf(graph: TfGraph, x: Output, name: string) {
  const flat = graph.add('Reshape', `${name}/flat`, [x, graph.ints([-1])]);
  const over = graph.ints([0]);
  const mean = graph.add('Mean', `${name}/mean`, [flat, over]);
  const centred = graph.add('Sub', `${name}/centred`, [flat, mean]);
  const squares = graph.add('Square', `${name}/squares`, [centred]);
  const variance = graph.add('Mean', `${name}/variance`, [squares, over]);
  return { mean, deviation: graph.add('Sqrt', `${name}/deviation`, [variance]) };
}

/** @param rank of the value, the batch left out: the last axis is the channels */
function deadShare(graph: TfGraph, x: Output, rank: number, name: string): Output {
  const axes = graph.ints(Array.from({ length: rank }, (_, i) => i));
  const most = graph.add('Max', `${name}/most`, [x, axes]);
  const zero = graph.add('LessEqual', `${name}/zero`, [most, graph.float(0)]);
  const ones = graph.add('Cast', `${name}/ones`, [zero], { SrcT: { type: DataType.bool }, DstT: F32 });
  return graph.add('Mean', `${name}/dead`, [ones, graph.ints([0])]);
}

/** Where numbers first stopped being finite: forwards in the results, then backwards in the gradients. */
export function firstFault(
  layers: readonly LayerSignals[],
): { path: string; in: 'result' | 'gradient' } | undefined {
  const result = layers.find(({ mean, deviation }) => !Number.isFinite(mean) || !Number.isFinite(deviation));
  if (result) return { path: result.path, in: 'result' };
  const gradient = [...layers].reverse().find((l) => l.gradient !== null && !Number.isFinite(l.gradient));
  return gradient && { path: gradient.path, in: 'gradient' };
}
