import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { elaborate } from '../engine/analysis/elaborate';
import { Classifier } from '../engine/compile/classifier';
import { TrainingProgram } from '../engine/compile/program';
import type { DataSet } from '../engine/data/describe';
import { size } from '../engine/ir/shape';
import { openTensorFlow, type TensorFlow } from '../engine/tensorflow/runtime';
import { type BenchNet, documentOf } from './document';

export { sgemmPeak } from './sgemm';

interface Task {
  readonly net: BenchNet;
  readonly momentum: number;
  readonly precision?: 'float32' | 'mixed';
  readonly recompute?: boolean;
  readonly data: string;
  readonly firstWeights: string;
}

/** One record a picture: a byte for the class, then its bytes, channels last. */
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
  const info = {
    id: 'bench',
    title: 'Bench',
    shape: net.input as [number, number, number], // four of a video: the step asks for their product only
    classNames: Array.from({ length: net.classes }, (_, i) => String(i)),
    train: count,
    test: 1,
    source: 'made',
  };
  const test = { pictures: split.pictures.slice(0, length), labels: split.labels.slice(0, 1), count: 1 };
  return { info, train: split, test };
}

/** Bytes of first weights that are in memory at once: what sets a net up is no part of what training it takes. */
const PIECE = 2 ** 24;

/** The file of first weights into the trainable variables, in the order of the nodes. */
async function setWeights(program: TrainingProgram, { net, firstWeights }: Task): Promise<void> {
  const trainable = program.variables.filter((v) => v.trainable);
  const ordered = net.nodes.flatMap(({ id }) => trainable.filter(({ name }) => name.startsWith(`${id}/`)));
  const parameters = ordered.reduce((sum, v) => sum + size(v.shape), 0);
  const file = openSync(firstWeights, 'r');
  const floats = fstatSync(file).size / 4;
  if (parameters !== floats) throw new Error(`${floats} first weights for ${parameters} parameters`);
  let piece = new Map<string, Float32Array>();
  let bytes = 0;
  for (const [i, v] of ordered.entries()) {
    const values = new Float32Array(size(v.shape));
    readSync(file, values);
    piece.set(v.name, values);
    bytes += values.byteLength;
    if (bytes < PIECE && i + 1 < ordered.length) continue;
    await program.writeSome(piece);
    piece = new Map();
    bytes = 0;
  }
  closeSync(file);
}

export const loadRuntime = (): TensorFlow => openTensorFlow();
/** The same for nets in use. */
export const loadForUse = (): TensorFlow => openTensorFlow(process.cwd(), 'batch');

/** The net with its first weights, its data, and the batches that rounds go through again and again. */
async function programOf(tf: TensorFlow, task: Task) {
  const { batch, input } = task.net;
  const { net, momentum, precision = 'float32', recompute = false } = task;
  const doc = documentOf(net, momentum, { precision, recompute });
  const data = readData(task);
  const bytes = Array<number>(input.at(-1)!).fill(127.5); // to -1..1, as the other peers do
  const scale = { mean: bytes, deviation: bytes };
  const elaboration = elaborate(doc);
  const program = await TrainingProgram.create(tf, elaboration, doc.training, data, { normalisation: scale });
  await setWeights(program, task);
  const batches = Math.floor(data.train.count / batch);
  const indicesOf = (i: number) => Int32Array.from({ length: batch }, (_, k) => (i % batches) * batch + k);
  const trainable = program.variables.filter((v) => v.trainable);
  const answers = {
    about: { TensorFlow: tf.version, device: tf.device.name },
    trainableParameters: trainable.reduce((n, v) => n + size(v.shape), 0),
    close: () => program.close(),
  };
  return { program, indicesOf, answers, data, scale, elaboration };
}

/** What the peer protocol asks for: a training step on batch `i`, wrapped around at the end of the data. */
export async function prepare(tf: TensorFlow, task: Task) {
  const { program, indicesOf, answers } = await programOf(tf, task);
  const { learningRate } = task.net;
  return {
    ...answers,
    step: async (i: number) => (await program.step(indicesOf(i), i + 1, learningRate)).loss,
  };
}

/** The same of the net in use, its weights constant: the mean loss of batch `i`. */
export async function prepareUse(tf: TensorFlow, task: Task) {
  const { program, indicesOf, answers, data, scale, elaboration } = await programOf(tf, task);
  const classifier = Classifier.create(tf, elaboration, await program.read(), scale);
  program.close();
  const [length, classes] = [size(task.net.input), task.net.classes];
  const step = async (i: number) => {
    const indices = indicesOf(i);
    const [first] = indices as unknown as [number];
    const pictures = data.train.pictures.subarray(first * length, (first + indices.length) * length);
    const scores = await classifier.scores(pictures);
    let sum = 0;
    for (let k = 0; k < indices.length; k++) {
      const row = scores.subarray(k * classes, (k + 1) * classes);
      const most = row.reduce((a, b) => Math.max(a, b));
      const whole = row.reduce((a, b) => a + Math.exp(b - most), 0);
      sum += most + Math.log(whole) - row[data.train.labels[first + k]!]!;
    }
    return sum / indices.length;
  };
  return { ...answers, close: () => classifier.close(), step };
}
