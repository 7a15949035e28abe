import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { elaborate } from '../../analysis/elaborate';
import type { DataSet } from '../../data/describe';
import { rowOf } from '../../graph/testing';
import { OptimizerSettings } from '../../graph/training';
import { openTensorFlow, type TensorFlow } from '../../tensorflow/runtime';
import { TrainingProgram } from '../program';
import { difference } from '../testing';

type Weights = Readonly<Record<string, readonly number[]>>;
interface Case {
  readonly reference: string;
  readonly optimizer: OptimizerSettings;
  readonly weightDecay: number;
  readonly rates: readonly number[];
  /** Where the other library has another convention, which the case keeps clear of. */
  readonly differs?: string;
  /** Of the batch, before the update. */
  readonly losses: readonly number[];
  /** After the last step. */
  readonly weights: Weights;
}
interface Reference {
  readonly pictures: readonly number[];
  readonly labels: readonly number[];
  readonly weights: Weights;
  readonly batch: number;
  readonly cases: readonly Case[];
}

/** Made by scripts/reference/optimizers.py, which computes in 64 bits. */
const file = new URL('../../../scripts/reference/optimizers.json', import.meta.url);
const reference: Reference = JSON.parse(readFileSync(file, 'utf8'));
const TOLERANCE = 1e-5;

const NODES = { conv: 'n1', dense: 'n4' };
/** conv/kernel as our net names it. */
const ours = (name: string): string => name.replace(/^\w+/, (node) => NODES[node as keyof typeof NODES]);

function pictures(): DataSet {
  const { labels, pictures } = reference;
  const split = {
    pictures: Uint8Array.from(pictures),
    labels: Uint8Array.from(labels),
    count: labels.length,
  };
  const info = { id: 'bytes', title: 'Bytes', shape: [5, 5, 1] as [number, number, number], source: '' };
  const classNames = ['a', 'b', 'c', 'd'];
  return { info: { ...info, classNames, train: split.count, test: split.count }, train: split, test: split };
}

function program(tf: TensorFlow, { optimizer, weightDecay }: Case): Promise<TrainingProgram> {
  const doc = rowOf(
    [
      ['input', { shape: [5, 5, 1] }],
      ['conv2d', { filters: 2, kernel: 3, padding: 'valid' }],
      ['activation', { function: 'tanh' }],
      ['flatten'],
      ['dense', { units: 4 }],
      ['output', { classes: 4 }],
    ],
    { batch: reference.batch, optimizer, weightDecay },
  );
  const scale = { mean: [127.5], deviation: [127.5] };
  return TrainingProgram.create(tf, elaborate(doc), doc.training, pictures(), { normalisation: scale });
}

/** The same steps on the same batches by our own program. */
async function run(tf: TensorFlow, of: Case) {
  const { batch, weights, labels } = reference;
  const made = await program(tf, of);
  try {
    const values = await made.read();
    for (const [name, w] of Object.entries(weights)) values.set(ours(name), Float32Array.from(w));
    await made.write(values);
    const losses: number[] = [];
    for (const [i, rate] of of.rates.entries()) {
      const indices = Int32Array.from({ length: batch }, (_, k) => (i * batch + k) % labels.length);
      losses.push((await made.step(indices, i + 1, rate)).loss);
    }
    return { losses, weights: await made.read() };
  } finally {
    made.close();
  }
}

let tf: TensorFlow;
beforeAll(() => {
  tf = openTensorFlow();
});

it.each(reference.cases.map((c) => [c.reference, JSON.stringify(c.optimizer), c] as const))(
  'gives the losses and weights of %s under %s',
  async (_, __, of) => {
    const { losses, weights } = await run(tf, of);
    const worst = Math.max(...losses.map((loss, i) => Math.abs(loss / of.losses[i]! - 1)));
    expect(worst, 'losses').toBeLessThan(TOLERANCE);
    for (const [name, w] of Object.entries(of.weights)) {
      const found = weights.get(ours(name))!;
      expect(difference(found, Float32Array.from(w)), name).toBeLessThan(TOLERANCE);
      expect(difference(found, Float32Array.from(reference.weights[name]!)), `${name} moved`).toBeGreaterThan(
        0.01,
      );
    }
  },
);

it('compares every optimizer that there is', () => {
  const compared = new Set(reference.cases.map(({ optimizer }) => optimizer.type));
  const types = OptimizerSettings.options.map((o) => o.shape.type.value);
  expect([...compared].sort()).toEqual([...types].sort());
});
