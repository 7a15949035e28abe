import { readFileSync } from 'node:fs';
import { elaborate } from '../engine/analysis/elaborate';
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

/** The file of first weights over the trainable variables, in the order of the nodes. */
async function setWeights(program: TrainingProgram, { net, firstWeights }: Task): Promise<void> {
  const bytes = readFileSync(firstWeights);
  const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const values = await program.read();
  const trainable = program.variables.filter((v) => v.trainable);
  let at = 0;
  for (const { id } of net.nodes) {
    for (const v of trainable.filter(({ name }) => name.startsWith(`${id}/`))) {
      values.set(v.name, floats.slice(at, at + size(v.shape)));
      at += size(v.shape);
    }
  }
  if (at !== floats.length) throw new Error(`${floats.length} first weights for ${at} parameters`);
  await program.write(values);
}

export const loadRuntime = (): TensorFlow => openTensorFlow();

/** What the peer protocol asks for: a step on batch `i`, wrapped around at the end of the data. */
export async function prepare(tf: TensorFlow, task: Task) {
  const { batch, learningRate, input } = task.net;
  const doc = documentOf(task.net, task.momentum, task.precision);
  const data = readData(task);
  const bytes = Array<number>(input.at(-1)!).fill(127.5); // to -1..1, as the other peers do
  const scale = { mean: bytes, deviation: bytes };
  const program = await TrainingProgram.create(tf, elaborate(doc), doc.training, data, {
    normalisation: scale,
  });
  await setWeights(program, task);
  const batches = Math.floor(data.train.count / batch);
  const indicesOf = (i: number) => Int32Array.from({ length: batch }, (_, k) => (i % batches) * batch + k);
  return {
    about: { TensorFlow: tf.version, device: tf.device.name },
    trainableParameters: program.variables.filter((v) => v.trainable).reduce((n, v) => n + size(v.shape), 0),
    step: async (i: number) => (await program.step(indicesOf(i), i + 1, learningRate)).loss,
    close: () => program.close(),
  };
}
