import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { random, range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';
import { mixOf } from './mixing';
import { TrainingProgram } from './program';
import { difference } from './testing';

const [SIDE, CLASSES, BATCH, SEED, RATE] = [4, 3, 6, 5, 0.5];
const PIXELS = SIDE * SIDE;
const next = random(1);
const count = 2 * BATCH;
const pictures = Uint8Array.from({ length: count * PIXELS }, () => Math.floor(256 * next()));
/** Class 0 is three times as frequent as the others. */
const labels = Uint8Array.from({ length: count }, (_, i) => Math.max(0, (i % 5) - 2));
const split = { pictures, labels, count };
const info = { id: 'noise', title: 'Noise', shape: [SIDE, SIDE, 1] as [number, number, number] };
const data: DataSet = {
  info: { ...info, classNames: ['a', 'b', 'c'], train: count, test: count, source: '' },
  train: split,
  test: split,
};
const { nodes, edges } = rowOf([
  ['input', { shape: [SIDE, SIDE, 1] }],
  ['flatten'],
  ['dense', { units: CLASSES }],
  ['output', { classes: CLASSES }],
]);
const PLAIN = { mean: [128], deviation: [64] };
const batches = [range(count).subarray(0, BATCH), range(count).subarray(BATCH)] as const;

/** Kernel and bias after steps over the batches in turn, by TensorFlow. */
async function trained(more: object, steps = 1) {
  const settings = TrainingSettings.parse({
    ...{ batch: BATCH, seed: SEED, weightDecay: 0, optimizer: { type: 'sgd', momentum: 0 } },
    ...more,
  });
  const net = elaborate({ nodes, edges });
  const program = await TrainingProgram.create(openTensorFlow(), net, settings, data, {
    normalisation: PLAIN,
  });
  try {
    const start = await program.read();
    const all = settings.accumulate === 1 ? batches : [range(count), range(count)];
    const losses: number[] = [];
    for (let step = 1; step <= steps; step++)
      losses.push((await program.step(all[(step - 1) % 2]!, step, RATE)).loss);
    const values = await program.read();
    const { losses: measured } = await program.evaluate('test', range(count));
    return { start, values, losses, measured, settings };
  } finally {
    program.close();
  }
}

interface Example {
  readonly x: readonly number[];
  readonly target: readonly number[];
  readonly counts: number;
}
type Weights = { kernel: number[]; bias: number[] };
const weightsOf = (values: ReadonlyMap<string, Float32Array>): Weights => ({
  kernel: [...values.get('n2/kernel')!],
  bias: [...values.get('n2/bias')!],
});
const pixels = (i: number): number[] =>
  [...pictures.subarray(i * PIXELS, (i + 1) * PIXELS)].map((b) => (b - 128) / 64);
const oneHot = (i: number): number[] => Array.from({ length: CLASSES }, (_, k) => Number(labels[i] === k));
const examples = (indices: Int32Array, change: (e: Example, i: number) => Partial<Example> = () => ({})) =>
  [...indices].map((index) => {
    const plain = { x: pixels(index), target: oneHot(index), counts: 1 };
    return { ...plain, ...change(plain, index) };
  });

/** Softmax regression in 64 bits: mean loss and gradient, written down by hand. */
function regression({ kernel, bias }: Weights, batch: readonly Example[]) {
  const gradient: Weights = { kernel: kernel.map(() => 0), bias: bias.map(() => 0) };
  let loss = 0;
  for (const { x, target, counts } of batch) {
    const scores = bias.map((b, k) => x.reduce((s, v, j) => s + v * kernel[j * CLASSES + k]!, b));
    const total = Math.log(scores.reduce((s, v) => s + Math.exp(v), 0));
    for (let k = 0; k < CLASSES; k++) {
      const share = Math.exp(scores[k]! - total);
      loss -= (counts * target[k]! * (scores[k]! - total)) / batch.length;
      const slope = (counts * (share - target[k]!)) / batch.length;
      gradient.bias[k]! += slope;
      for (const [j, v] of x.entries()) gradient.kernel[j * CLASSES + k]! += slope * v;
    }
  }
  return { loss, gradient };
}

function moved(w: Weights, g: Weights): Weights {
  const take = (a: number[], b: number[]) => a.map((v, i) => v - RATE * b[i]!);
  return { kernel: take(w.kernel, g.kernel), bias: take(w.bias, g.bias) };
}

function expectWeights(found: Weights, expected: Weights): void {
  expect(difference(Float32Array.from(found.kernel), Float32Array.from(expected.kernel))).toBeLessThan(1e-5);
  expect(difference(Float32Array.from(found.bias), Float32Array.from(expected.bias))).toBeLessThan(1e-5);
}

describe.each<[string, object, Parameters<typeof examples>[1]]>([
  ['nothing', {}, () => ({})],
  [
    'label smoothing',
    { loss: { smoothing: 0.2 } },
    ({ target }) => ({ target: target.map((t) => 0.8 * t + 0.2 / CLASSES) }),
  ],
  [
    'a number for each class',
    { loss: { classes: [2, 1, 0.5] } },
    (_, i) => ({ counts: [2, 1, 0.5][labels[i]!]! }),
  ],
  [
    'balanced classes',
    { loss: { classes: 'balanced' } },
    (_, i) => ({ counts: count / (CLASSES * labels.filter((l) => l === labels[i]).length) }),
  ],
  ...(['mixup', 'cutmix'] as const).map(
    (how) =>
      [
        how,
        { augment: { [how]: 0.7 } },
        ({ x, target }: Example, i: number) => {
          const augment = { mixup: 0, cutmix: 0, [how]: 0.7, flip: false, crop: 0 };
          const [inside, top, bottom, left, right, all] = mixOf(augment, [SIDE, SIDE], SEED, 1);
          const other = BATCH - 1 - i;
          const part = (j: number) => {
            const [row, column] = [Math.floor(j / SIDE), j % SIDE];
            return row >= top && row < bottom && column >= left && column < right ? inside : 0;
          };
          return {
            x: x.map((v, j) => v + part(j) * (pixels(other)[j]! - v)),
            target: target.map((t, k) => t + all * (oneHot(other)[k]! - t)),
          };
        },
      ] as [string, object, Parameters<typeof examples>[1]],
  ),
])('a step with %s', (_, more, change) => {
  it('has the loss and the gradient of the closed form', async () => {
    const { start, values, losses } = await trained(more);
    const { loss, gradient } = regression(weightsOf(start), examples(batches[0], change));
    expect(losses[0]).toBeCloseTo(loss, 5);
    expectWeights(weightsOf(values), moved(weightsOf(start), gradient));
  });
});

describe('clipping', () => {
  const scaled = (g: Weights, by: (v: number) => number): Weights => ({
    kernel: g.kernel.map(by),
    bias: g.bias.map(by),
  });

  it('makes the gradient of all weights together no longer than the norm', async () => {
    const { start, values } = await trained({ clip: { norm: 0.1 } });
    const { gradient } = regression(weightsOf(start), examples(batches[0]));
    const length = Math.hypot(...gradient.kernel, ...gradient.bias);
    expect(length).toBeGreaterThan(0.1);
    expectWeights(
      weightsOf(values),
      moved(
        weightsOf(start),
        scaled(gradient, (v) => (0.1 * v) / length),
      ),
    );
  });

  it('leaves a shorter one alone', async () => {
    expect((await trained({ clip: { norm: 1e3 } })).values).toEqual((await trained({})).values);
  });

  it('keeps each number within the bound', async () => {
    const { start, values } = await trained({ clip: { value: 0.05 } });
    const { gradient } = regression(weightsOf(start), examples(batches[0]));
    const bounded = scaled(gradient, (v) => Math.max(-0.05, Math.min(0.05, v)));
    expectWeights(weightsOf(values), moved(weightsOf(start), bounded));
  });
});

it('gathers gradients: two batches of six make the step of one of twelve', async () => {
  const gathered = await trained({ accumulate: 2 }, 2);
  let weights = weightsOf(gathered.start);
  for (const loss of gathered.losses) {
    const step = regression(weights, examples(range(count)));
    expect(loss).toBeCloseTo(step.loss, 4);
    weights = moved(weights, step.gradient);
  }
  expectWeights(weightsOf(gathered.values), weights);
  expect([...gathered.values.keys()]).toEqual([...gathered.start.keys()]);
});

it('learns the same in mixed precision, to two digits, and the same bit by bit when run again', async () => {
  const [plain, mixed, again] = [
    await trained({}, 12),
    await trained({ precision: 'mixed' }, 12),
    await trained({ precision: 'mixed' }, 12),
  ];
  expect(again.losses).toEqual(mixed.losses);
  mixed.losses.forEach((loss, i) => {
    expect(Math.abs(loss / plain.losses[i]! - 1)).toBeLessThan(0.02);
  });
  expect(difference(mixed.values.get('n2/kernel')!, plain.values.get('n2/kernel')!)).toBeLessThan(0.02);
});

it('measures with the running average of the weights', async () => {
  const steps = 4;
  const { values, measured, start } = await trained({ average: 0.3 }, steps);
  let weights = weightsOf(start);
  let average = weights;
  for (let step = 1; step <= steps; step++) {
    weights = moved(weights, regression(weights, examples(batches[(step - 1) % 2]!)).gradient);
    const kept = Math.min(0.3, (step - 1) / (step + 8));
    const mean = (a: number[], w: number[]) => a.map((v, i) => kept * v + (1 - kept) * w[i]!);
    average = { kernel: mean(average.kernel, weights.kernel), bias: mean(average.bias, weights.bias) };
  }
  expectWeights(weightsOf(values), weights);
  const each = [...range(count)].map((i) => regression(average, examples(Int32Array.of(i))).loss);
  expect(difference(measured, Float32Array.from(each))).toBeLessThan(1e-4);
});

it('mixes the same way for the same seed and draw, and over time by half', () => {
  const augment = { mixup: 1, cutmix: 0, flip: false, crop: 0 };
  expect(mixOf(augment, [8, 8], 1, 2)).toEqual(mixOf(augment, [8, 8], 1, 2));
  const shares = Array.from({ length: 500 }, (_, i) => mixOf(augment, [8, 8], 1, i)[5]);
  expect(shares.reduce((a, b) => a + b, 0) / 500).toBeCloseTo(0.5, 1);
});
