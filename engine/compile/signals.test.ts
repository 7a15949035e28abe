import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { random, range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';
import { TrainingProgram } from './program';
import { firstFault, type LayerSignals } from './signals';

const [SIDE, BATCH, RATE] = [4, 12, 0.25];
const next = random(3);
const pictures = Uint8Array.from({ length: BATCH * SIDE * SIDE }, () => Math.floor(256 * next()));
const split = { pictures, labels: Uint8Array.from({ length: BATCH }, (_, i) => i % 3), count: BATCH };
const info = { id: 'noise', title: 'Noise', shape: [SIDE, SIDE, 1] as [number, number, number] };
const data: DataSet = {
  info: { ...info, classNames: ['a', 'b', 'c'], train: BATCH, test: BATCH, source: '' },
  train: split,
  test: split,
};
// n1 flatten, n2 dense, n3 ReLU, n4 dense
const { nodes, edges } = rowOf([
  ['input', { shape: [SIDE, SIDE, 1] }],
  ['flatten'],
  ['dense', { units: 8 }],
  ['activation', { function: 'relu' }],
  ['dense', { units: 3 }],
  ['output', { classes: 3 }],
]);
const settings = TrainingSettings.parse({
  ...{ batch: BATCH, weightDecay: 0, optimizer: { type: 'sgd', momentum: 0 } },
});
const normalisation = { mean: [128], deviation: [64] };
const batch = range(BATCH);
let program: TrainingProgram;
beforeAll(async () => {
  const net = elaborate({ nodes, edges });
  program = await TrainingProgram.create(openTensorFlow(), net, settings, data, { normalisation });
});
afterAll(() => program.close());

const of = (layers: readonly LayerSignals[], path: string) => layers.find((l) => l.path === path)!;
const length = (xs: Iterable<number>) => Math.sqrt([...xs].reduce((sum, x) => sum + x * x, 0));

/** The result of the ReLU in 64 bits, a row a picture. */
function rectified(values: ReadonlyMap<string, Float32Array>): number[][] {
  const [kernel, bias] = [values.get('n2/kernel')!, values.get('n2/bias')!];
  return Array.from({ length: BATCH }, (_, i) => {
    const x = [...pictures.subarray(i * 16, (i + 1) * 16)].map((b) => (b - 128) / 64);
    return [...bias].map((b, k) =>
      Math.max(
        0,
        x.reduce((sum, v, j) => sum + v * kernel[j * 8 + k]!, b),
      ),
    );
  });
}

describe('the signals of a net', () => {
  it('are the lengths of gradient and kernel, and mean, deviation and dead share of the result', async () => {
    const bias = Float32Array.from({ length: 8 }, (_, k) => (k === 5 ? -100 : 0.1)); // one unit never fires
    await program.writeSome(new Map([['n2/bias', bias]]));
    const before = await program.read();
    const layers = await program.signals(batch, 1);
    expect(layers.map((l) => l.path)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
    const relu = rectified(before).flat();
    const mean = relu.reduce((a, b) => a + b) / relu.length;
    expect(of(layers, 'n3').mean).toBeCloseTo(mean, 5);
    expect(of(layers, 'n3').deviation).toBeCloseTo(
      length(relu.map((r) => r - mean)) / Math.sqrt(relu.length),
      5,
    );
    expect(of(layers, 'n3')).toMatchObject({ dead: 1 / 8, gradient: null, weight: null });
    expect(of(layers, 'n2').weight).toBeCloseTo(length(before.get('n2/kernel')!), 5);
    expect(of(layers, 'n2').dead).toBeNull();
  });

  it('have the gradient that the step then takes, and move nothing themselves', async () => {
    const before = await program.read();
    const layers = await program.signals(batch, 1);
    expect(await program.read()).toEqual(before);
    await program.step(batch, 1, RATE);
    const after = await program.kernels();
    expect([...after.keys()]).toEqual(['n2/kernel', 'n4/kernel']);
    for (const path of ['n2', 'n4']) {
      const [old, now] = [before.get(`${path}/kernel`)!, after.get(`${path}/kernel`)!];
      expect(of(layers, path).gradient! * RATE).toBeCloseTo(length(now.map((w, i) => w - old[i]!)), 5);
    }
  });

  it('name the first layer whose result is no number, and the step moves no weight', async () => {
    const before = await program.read();
    const broken = before.get('n4/bias')!.map(() => Number.POSITIVE_INFINITY);
    await program.writeSome(new Map([['n4/bias', broken]]));
    const { loss } = await program.step(batch, 1, RATE);
    expect(Number.isFinite(loss)).toBe(false);
    expect((await program.kernels()).get('n2/kernel')).toEqual(before.get('n2/kernel'));
    expect(firstFault(await program.signals(batch, 1))).toEqual({ path: 'n4', in: 'result' });
    await program.write(before);
    expect(firstFault(await program.signals(batch, 1))).toBeUndefined();
  });
});

it('a fault of the gradients is that of the last layer that has one, as they come from behind', () => {
  const layer = (path: string, gradient: number) => ({
    ...{ path, gradient, weight: 1, mean: 0, deviation: 1, dead: null },
  });
  const layers = [layer('a', Number.NaN), layer('b', Number.POSITIVE_INFINITY), layer('c', 1)];
  expect(firstFault(layers)).toEqual({ path: 'b', in: 'gradient' });
});
