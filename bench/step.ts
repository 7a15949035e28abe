import { readFileSync } from 'node:fs';
import { elaborate } from '../engine/analysis/elaborate';
import { TrainingProgram } from '../engine/compile/program';
import type { DataSet } from '../engine/data/describe';
import { GraphDocument } from '../engine/graph/document';
import { size } from '../engine/ir/shape';
import { openTensorFlow, type TensorFlow } from '../engine/tensorflow/runtime';

/** A node of bench/nets.mjs. */
interface BenchNode {
  readonly id: string;
  readonly op: keyof typeof kinds;
  readonly from: readonly string[];
  readonly filters?: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly zeros?: number;
  readonly units?: number;
}
interface Task {
  readonly net: {
    readonly id: string;
    readonly input: [number, number, number];
    readonly classes: number;
    readonly nodes: readonly BenchNode[];
  };
  readonly batch: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly data: string;
  readonly firstWeights: string;
}

/** Our node kind and parameters for each of the benchmark's. */
const kinds = {
  convolution: (n: BenchNode) => ({
    type: 'conv2d',
    params: {
      filters: n.filters,
      kernel: n.kernel,
      stride: n.stride,
      padding: ((n.kernel ?? 1) - 1) / 2,
      bias: false,
    },
  }),
  batchNorm: () => ({ type: 'batch-norm', params: {} }),
  relu: () => ({ type: 'activation', params: { function: 'relu' } }),
  add: () => ({ type: 'add', params: {} }),
  subsample: (n: BenchNode, channels: number) => ({
    type: 'zero-pad',
    params: { mode: 'shortcut', stride: n.stride, filters: channels + (n.zeros ?? 0) },
  }),
  globalAveragePool: () => ({ type: 'global-avg-pool', params: {} }),
  dense: (n: BenchNode) => ({ type: 'dense', params: { units: n.units } }),
};

/** The benchmark's net as a document of the app. */
function documentOf({ net, batch, learningRate, momentum }: Task): GraphDocument {
  const nodes: Record<string, unknown> = { input: { type: 'input', params: { shape: net.input } } };
  const edges: Record<string, unknown> = {};
  const channels = new Map<string, number>([['input', net.input[2]]]);
  for (const node of net.nodes) {
    const before = channels.get(node.from[0]!)!;
    nodes[node.id] = kinds[node.op](node, before);
    channels.set(node.id, node.filters ?? before + (node.zeros ?? 0));
    node.from.forEach((from, i) => {
      const port = node.from.length > 1 ? `x${i + 1}` : 'x';
      edges[`${node.id}-${i}`] = { from: { node: from, port: 'out' }, to: { node: node.id, port } };
    });
  }
  nodes['output'] = { type: 'output', params: { classes: net.classes } };
  edges['output-0'] = {
    from: { node: net.nodes.at(-1)!.id, port: 'out' },
    to: { node: 'output', port: 'x' },
  };
  const training = {
    batch,
    rate: learningRate,
    weightDecay: 0,
    optimizer: { type: 'sgd', momentum },
    schedule: { type: 'constant' },
  };
  return GraphDocument.parse({ format: 'convloom', version: 2, name: net.id, nodes, edges, training });
}

/** One record a picture: a byte for the class, then height x width x channels bytes. */
function readData({ net, data }: Task): DataSet {
  const bytes = readFileSync(data);
  const length = size(net.input);
  const count = bytes.length / (length + 1);
  const split = { pictures: new Uint8Array(count * length), labels: new Uint8Array(count), count };
  for (let i = 0; i < count; i++) {
    const at = i * (length + 1);
    split.labels[i] = bytes[at]!;
    split.pictures.set(bytes.subarray(at + 1, at + 1 + length), i * length);
  }
  const classNames = Array.from({ length: net.classes }, (_, i) => String(i));
  const info = {
    id: 'bench',
    title: 'Bench',
    shape: net.input,
    classNames,
    train: count,
    test: 1,
    source: 'made',
  };
  const test = { pictures: split.pictures.slice(0, length), labels: split.labels.slice(0, 1), count: 1 };
  return { info, train: split, test };
}

/** The file of first weights over the trainable variables, in the order of the nodes. */
async function setWeights(program: TrainingProgram, file: string): Promise<void> {
  const bytes = readFileSync(file);
  const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const values = await program.read();
  let at = 0;
  for (const v of program.variables.filter((x) => x.trainable)) {
    values.set(v.name, floats.slice(at, at + size(v.shape)));
    at += size(v.shape);
  }
  if (at !== floats.length) throw new Error(`${floats.length} first weights for ${at} parameters`);
  await program.write(values);
}

export const loadRuntime = (): TensorFlow => openTensorFlow();

/** What the peer protocol asks for: a step on batch `i`, wrapped around at the end of the data. */
export async function prepare(tf: TensorFlow, task: Task) {
  const doc = documentOf(task);
  const data = readData(task);
  const channels = task.net.input[2];
  const bytes = Array<number>(channels).fill(127.5); // to -1..1, as the other peers do
  const scale = { mean: bytes, deviation: bytes };
  const program = await TrainingProgram.create(tf, elaborate(doc), doc.training, data, scale);
  await setWeights(program, task.firstWeights);
  const batches = Math.floor(data.train.count / task.batch);
  const indicesOf = (i: number) =>
    Int32Array.from({ length: task.batch }, (_, k) => (i % batches) * task.batch + k);
  return {
    about: { TensorFlow: tf.version, device: tf.device.name },
    trainableParameters: program.variables.filter((v) => v.trainable).reduce((n, v) => n + size(v.shape), 0),
    step: async (i: number) => (await program.step(indicesOf(i), i + 1, task.learningRate)).loss,
    close: () => program.close(),
  };
}
