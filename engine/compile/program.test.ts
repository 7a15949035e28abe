import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { random, range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';
import { measureSplit, scoreOf } from '../train/evaluate';
import type { TrainEvent } from '../train/events';
import { TrainingProgram } from './program';

const MB = 2 ** 20;
const rss = (): number => process.memoryUsage().rss / MB;
const BATCH = 16;

function noise(count: number, seed: number) {
  const next = random(seed);
  const bytes = (n: number, most: number) => Uint8Array.from({ length: n }, () => Math.floor(most * next()));
  return { pictures: bytes(count * 12 * 12 * 3, 256), labels: bytes(count, 4), count };
}
const classNames = ['a', 'b', 'c', 'd'];
const info = { id: 'noise', title: 'Noise', shape: [12, 12, 3] as [number, number, number], classNames };
const data: DataSet = {
  info: { ...info, train: 64, test: 20, source: '' },
  train: noise(64, 1),
  test: noise(20, 2),
};
const settings = (more: object = {}) => TrainingSettings.parse({ batch: BATCH, ...more });

const { nodes, edges } = rowOf([
  ['input', { shape: [12, 12, 3] }],
  ['conv2d', { filters: 8, dilation: 2 }],
  ['batch-norm'],
  ['activation'],
  ['lrn'],
  ['residual', { filters: 16, stride: 2 }],
  ['dropout', { rate: 0.3 }],
  ['global-avg-pool'],
  ['dense', { units: 4 }],
  ['output', { classes: 4 }],
]);
const create = (more: object = {}) =>
  TrainingProgram.create(openTensorFlow(), elaborate({ nodes, edges }), settings(more), data);

let program: TrainingProgram;
beforeAll(async () => {
  program = await create({ augment: { flip: true, crop: 2 } });
});
afterAll(() => program.close());
const batch = (at: number): Int32Array => range(64).subarray((at * BATCH) % 64, ((at * BATCH) % 64) + BATCH);

describe('a training program', () => {
  it('starts every variable from the seed and its own name', async () => {
    const same = await create();
    const other = await create({ seed: 2 });
    const [a, b] = [await same.read(), await other.read()];
    expect((await program.read()).get('n1/kernel')).toEqual(a.get('n1/kernel'));
    expect(a.get('n1/kernel')).not.toEqual(b.get('n1/kernel'));
    expect(a.get('n5/conv1/kernel')).not.toEqual(a.get('n5/conv2/kernel')!.subarray(0, 8 * 9 * 16));
    same.close();
    other.close();
  });

  it('starts kernels as He et al. have it, norms at one, biases at zero', async () => {
    const values = await program.read();
    const kernel = values.get('n5/conv2/kernel')!;
    const variance = kernel.reduce((s, x) => s + x * x, 0) / kernel.length;
    expect(variance / (2 / (9 * 16))).toBeCloseTo(1, 0);
    expect([...values.get('n2/gamma')!]).toEqual(Array(8).fill(1));
    expect([...values.get('n8/bias')!]).toEqual(Array(4).fill(0));
  });

  it('reads back what is written', async () => {
    const values = await program.read();
    const moved = new Map([...values].map(([name, v], i) => [name, v.map((x) => x + i)]));
    await program.write(moved);
    expect(await program.read()).toEqual(moved);
    await program.write(values);
  });

  it('refuses values of another net, by the name of the first that does not fit', async () => {
    const values = new Map(await program.read());
    values.delete('n2/beta');
    await expect(program.write(values)).rejects.toMatchObject({ code: 'checkpoint/mismatch' });
    await expect(program.write(values)).rejects.toThrow('n2/beta');
  });

  it('measures the same whatever the size of the batch', async () => {
    const whole = await program.evaluate('test', range(20));
    for (const [from, to] of [
      [0, 7],
      [7, 8],
      [8, 20],
    ] as const) {
      const part = await program.evaluate('test', range(20).subarray(from, to));
      part.losses.forEach((loss, i) => {
        expect(loss).toBeCloseTo(whole.losses[from + i]!, 5);
      });
      expect(part.predicted).toEqual(whole.predicted.subarray(from, to));
    }
  });

  it('gives the mean loss and the confusion of a split, in batches of any size', async () => {
    const { losses, predicted } = await program.evaluate('test', range(20));
    const truth = { labels: data.test.labels, classes: 4 };
    const measured = (await resultOf(measureSplit(program, 'test', truth, range(20), 7, always(true))))!;
    expect(measured.loss).toBeCloseTo(losses.reduce((a, b) => a + b) / 20, 5);
    const right = predicted.filter((p, i) => p === data.test.labels[i]).length;
    expect(scoreOf(measured).accuracy).toBe(right / 20);
    measured.confusion.forEach((row, label) => {
      const count = data.test.labels.filter((l) => l === label).length;
      expect(row.reduce((a, b) => a + b)).toBe(count);
    });
    expect(await resultOf(measureSplit(program, 'test', truth, range(20), 7, always(false)))).toBeNull();
  });

  it('measures without dropout and without a change of anything', async () => {
    const before = await program.read();
    const first = await program.evaluate('train', range(30));
    expect(await program.evaluate('train', range(30))).toEqual(first);
    expect(await program.read()).toEqual(before);
  });

  it('comes to the same weights from the same state, step after step', async () => {
    const start = await program.read();
    const run = async () => {
      await program.write(start);
      const losses = [];
      for (let n = 1; n <= 5; n++) losses.push((await program.step(batch(n), n, 0.05)).loss);
      return { losses, values: await program.read() };
    };
    expect(await run()).toEqual(await run());
  });

  it('comes down with the loss', async () => {
    const losses: number[] = [];
    for (let n = 1; n <= 60; n++) losses.push((await program.step(batch(n), n, 0.05)).loss);
    const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)));
  });

  it('holds its memory over 300 steps', async () => {
    const steps = async (count: number) => {
      for (let n = 1; n <= count; n++) await program.step(batch(n), n, 0.001);
    };
    await steps(60);
    const before = rss();
    await steps(300);
    expect(rss() - before).toBeLessThan(10);
  });

  it('gives its memory back when it is closed', async () => {
    const once = async () => {
      const p = await create();
      await p.step(batch(0), 1, 0.01);
      p.close();
    };
    for (let i = 0; i < 5; i++) await once();
    const before = rss();
    for (let i = 0; i < 15; i++) await once();
    expect(rss() - before).toBeLessThan(20);
  });
});

const always = (answer: boolean) =>
  async function* (): AsyncGenerator<TrainEvent, boolean> {
    yield { type: 'state', state: 'testing' };
    return answer;
  };
/** What a generator returns at its end. */
async function resultOf<T>(events: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await events.next();
  while (!next.done) next = await events.next();
  return next.value;
}
