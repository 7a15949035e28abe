import { readFileSync, writeFileSync } from 'node:fs';
// One training step of a template on noise: what it takes, beside what the analysis says it takes. Linux only.
import { analyse } from '../engine/analysis/analyse';
import { stepSeconds } from '../engine/analysis/prediction';
import { TrainingProgram } from '../engine/compile/program';
import type { DataSet } from '../engine/data/describe';
import { openDocument } from '../engine/graph/file';
import { TrainingSettings } from '../engine/graph/training';
import { size } from '../engine/ir/shape';
import { gpus } from '../engine/tensorflow/gpu';
import { openTensorFlow } from '../engine/tensorflow/runtime';

/** Bytes of noise, enough for one batch. */
function noise(shape: [number, number, number], classes: number, count: number): DataSet {
  const bytes = (n: number, most: number) =>
    Uint8Array.from({ length: n }, (_, i) => (i * 2654435761) % most);
  const split = {
    pictures: bytes(count * size(shape), 256),
    labels: bytes(count, Math.min(classes, 256)),
    count,
  };
  const classNames = Array.from({ length: classes }, (_, i) => String(i));
  const info = { id: 'noise', title: 'Noise', shape, classNames, train: count, test: count, source: '' };
  return { info, train: split, test: split };
}

const kilobytes = (key: string): number =>
  Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;

const [file, batchText, precision = 'float32', again] = process.argv.slice(2) as [
  string,
  string,
  string?,
  string?,
];
const batch = Number(batchText);
const opened = openDocument(readFileSync(file, 'utf8'));
const training = TrainingSettings.parse({
  ...opened.training,
  batch,
  precision,
  recompute: again === 'recompute',
});
const doc = { ...opened, training };
const analysis = analyse(doc);
const { input, output } = analysis.elaboration;
const shape = input!.output!.shape as [number, number, number];
const tf = openTensorFlow();
const onGpu = tf.device.kind === 'gpu';
/** Bytes in use: of the process, or of the first GPU. */
const inUse = (key: 'VmRSS' | 'VmHWM'): number => {
  const [first] = onGpu ? gpus() : [];
  return first ? first.total - first.free : kilobytes(key);
};
const data = noise(shape, output!.params!['classes'] as number, batch);
const before = inUse('VmRSS');
const program = await TrainingProgram.create(tf, analysis.elaboration, doc.training, data);
const indices = Int32Array.from({ length: batch }, (_, i) => i);
writeFileSync('/proc/self/clear_refs', '5'); // the peak counts from here
/** Five after the first, and of small nets as many as fill half a second: TensorFlow's first ones are slower. */
const seconds: number[] = [];
const began = performance.now();
for (let step = 1; step <= 6 || performance.now() - began < 500; step++) {
  const start = performance.now();
  await program.step(indices, step, 0);
  seconds.push((performance.now() - start) / 1000);
}
const bytes = inUse('VmHWM') - before;
const rest = seconds.slice(1).sort((a, b) => a - b);
const median = rest[rest.length >> 1];
const predicted = {
  bytes: analysis.memory.total,
  seconds: stepSeconds(analysis, batch, 1, training.recompute),
};
process.stdout.write(`${JSON.stringify({ measured: { bytes, seconds: median }, predicted })}\n`);
process.exit(0);
