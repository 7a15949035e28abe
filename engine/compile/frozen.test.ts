import { expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { random, range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';
import { TrainingProgram } from './program';

const [COUNT, RATE] = [8, 0.01];
const next = random(3);
const pictures = Uint8Array.from({ length: COUNT * 36 }, () => Math.floor(256 * next()));
const split = { pictures, labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 3), count: COUNT };
const shape: [number, number, number] = [6, 6, 1];
const data: DataSet = {
  info: {
    id: 'noise',
    title: 'Noise',
    shape,
    classNames: ['a', 'b', 'c'],
    train: COUNT,
    test: COUNT,
    source: '',
  },
  train: split,
  test: split,
};
const net = elaborate(
  rowOf([
    ['input', { shape }],
    ['conv2d', { filters: 4 }],
    ['batch-norm'],
    ['activation', { function: 'tanh' }],
    ['flatten'],
    ['dense', { units: 3 }],
    ['output', { classes: 3 }],
  ]),
);
const FROZEN = ['n2/gamma', 'n2/beta', 'n2/running-mean', 'n2/running-variance'];

it('a frozen batch norm works in training as in use, and passes the gradient of that on', async () => {
  const settings = TrainingSettings.parse({
    ...{ batch: COUNT, weightDecay: 0, optimizer: { type: 'sgd', momentum: 0 } },
  });
  const program = await TrainingProgram.create(openTensorFlow(), net, settings, data, { frozen: FROZEN });
  const lossWith = async (kernel: Float32Array) => {
    await program.writeSome(new Map([['n1/kernel', kernel]]));
    const { losses } = await program.evaluate('test', range(COUNT));
    return losses.reduce((a, b) => a + b, 0) / COUNT;
  };
  try {
    const statistics = new Map(
      [
        [0.5, 2, -1, 1],
        [0.1, 0, 0.3, -0.2],
        [0.2, -0.1, 0, 0.4],
        [0.5, 2, 1, 3],
      ].map((values, i) => [FROZEN[i]!, Float32Array.from(values)]),
    );
    await program.writeSome(statistics);
    const before = (await program.read()).get('n1/kernel')!;
    const inUse = await lossWith(before);
    const { loss } = await program.step(range(COUNT), 1, RATE);
    expect(loss).toBeCloseTo(inUse, 5);
    const values = await program.read();
    for (const [name, kept] of statistics) expect(values.get(name), name).toEqual(kept);
    const slope = before.map((w, i) => (w - values.get('n1/kernel')![i]!) / RATE);
    const length = Math.hypot(...slope);
    // the other weights moved too: the slope is that of before, so those go back
    const start = await TrainingProgram.create(openTensorFlow(), net, settings, data, { frozen: FROZEN });
    await program.writeSome(new Map([...(await start.read())].filter(([name]) => name.startsWith('n5'))));
    start.close();
    const step = 0.01;
    const at = (sign: number) => lossWith(before.map((w, i) => w + (sign * step * slope[i]!) / length));
    const measured = ((await at(1)) - (await at(-1))) / (2 * step);
    expect(measured / length).toBeCloseTo(1, 2);
  } finally {
    program.close();
  }
});
