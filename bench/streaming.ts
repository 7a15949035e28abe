import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
// The training step of ResNet-20 on pictures of 64×64, from memory and streamed from the disk. npm run bench:streaming
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { analyse } from '../engine/analysis/analyse';
import { fitDocument } from '../engine/analysis/fit-command';
import { TrainingProgram } from '../engine/compile/program';
import { closeData } from '../engine/data/catalogue';
import { pictures } from '../engine/data/pictures/pictures';
import { openDocument } from '../engine/graph/file';
import { random, range, shuffled } from '../engine/random';
import { openTensorFlow } from '../engine/tensorflow/runtime';

const [SIDE, BATCH, COUNT] = [64, 128, 4000];
const ROUNDS = 15;
const [file, stepsText = '4'] = process.argv.slice(2) as [string, string?];
const steps = Number(stepsText);

/** JPEGs of coloured noise, of two classes. */
async function write(folder: string): Promise<void> {
  const next = random(1);
  for (const label of ['a', 'b']) {
    await mkdir(join(folder, label));
    for (let i = 0; i < COUNT / 2; i++) {
      const rgba = Uint8Array.from({ length: SIDE * SIDE * 4 }, () => 256 * next());
      const bytes = await Transformer.fromRgbaPixels(rgba, SIDE, SIDE).jpeg(90);
      await writeFile(join(folder, label, `${i}.jpg`), bytes);
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'convloom-streaming-'));
await write(folder);
const choice = { set: 'pictures', folder };
const tf = openTensorFlow();
const opened = openDocument(readFileSync(file, 'utf8'));
const doc = fitDocument.run(
  {
    ...opened,
    training: {
      ...opened.training,
      batch: BATCH,
      augment: { ...opened.training.augment, crop: 4, flip: true },
    },
  },
  { shape: [SIDE, SIDE, 3], classes: 2 },
);
async function open(streamed: boolean) {
  process.env['CONVLOOM_PICTURES_MB'] = streamed ? '0.001' : '100000';
  const start = performance.now();
  const data = await pictures.load(choice);
  const opening = (performance.now() - start) / 1000;
  const program = await TrainingProgram.create(tf, analyse(doc).elaboration, doc.training, data);
  let epoch = 0;
  let order = new Int32Array(0);
  const step = async () => {
    if (order.length < BATCH) order = Int32Array.from(shuffled(range(data.train.count), 1, ++epoch));
    const [now, next] = [order.subarray(0, BATCH), order.subarray(BATCH)];
    await program.step(now, 1, 0, next);
    order = next as typeof order;
  };
  return { data, program, step, opening, times: [] as number[], work: [] as number[] };
}
const ways = [await open(false), await open(true)];
for (const way of ways) for (let i = 0; i < 3; i++) await way.step();
for (let round = 0; round < ROUNDS; round++) {
  for (const way of ways) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    for (let i = 0; i < steps; i++) await way.step();
    const { user, system } = process.cpuUsage(before);
    way.times.push((performance.now() - start) / steps);
    way.work.push((user + system) / 1000 / steps);
  }
}
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const [whole, streamed] = ways.map((w) => w.times) as [number[], number[]];
const report = {
  device: tf.device.name,
  openingSeconds: ways.map((w) => Number(w.opening.toFixed(2))),
  memoryMs: median(whole),
  streamedMs: median(streamed),
  ratio: median(streamed.map((t, i) => t / whole[i]!)),
  /** Of all threads, milliseconds a step: other programs on the machine hardly move it. */
  work: ways.map((w) => Math.round(median(w.work))),
  workRatio: median(ways[1]!.work.map((t, i) => t / ways[0]!.work[i]!)),
  rounds: streamed.map((t, i) => Number((t / whole[i]!).toFixed(3))),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
for (const { program, data } of ways) {
  program.close();
  closeData(data);
}
rmSync(folder, { recursive: true });
process.exit(0);
