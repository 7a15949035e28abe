import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { random, range } from '../random';
import { TfGraph } from '../tensorflow/graph';
import { openTensorFlow, type TensorFlow } from '../tensorflow/runtime';
import { TrainingProgram } from './program';
import { sharing } from './replicas';
import { difference } from './testing';

const [SIDE, BATCH, RATE, STEPS] = [6, 12, 0.1, 4];
const next = random(7);
const count = 2 * BATCH;
const split = {
  pictures: Uint8Array.from({ length: count * SIDE * SIDE }, () => Math.floor(256 * next())),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
  count,
};
const info = { id: 'noise', title: 'Noise', shape: [SIDE, SIDE, 1] as [number, number, number] };
const data: DataSet = {
  info: { ...info, classNames: ['a', 'b', 'c'], train: count, test: count, source: '' },
  train: split,
  test: split,
};
const normalisation = { mean: [128], deviation: [64] };

/** This machine with so many virtual CPU devices: TensorFlow splits the work as it would between GPUs. */
function virtual(devices: number): TensorFlow {
  const tf = openTensorFlow();
  const names = Array.from({ length: devices }, (_, i) => `/device:CPU:${i}`);
  return { ...tf, config: { ...tf.config, devices: { CPU: devices } }, devices: names };
}

type Layer = Parameters<typeof rowOf>[0][number];
async function trained(tf: TensorFlow, middle: readonly Layer[], more: object = {}) {
  const { nodes, edges } = rowOf([
    ['input', { shape: [SIDE, SIDE, 1] }],
    ['conv2d', { filters: 4, kernel: [3, 3] }],
    ...middle,
    ['activation', { function: 'relu' }],
    ['flatten'],
    ['dense', { units: 3 }],
    ['output', { classes: 3 }],
  ]);
  const settings = TrainingSettings.parse({ batch: BATCH, weightDecay: 0.01, ...more });
  const program = await TrainingProgram.create(tf, elaborate({ nodes, edges }), settings, data, {
    normalisation,
  });
  try {
    const before = await program.read();
    const steps: { loss: number; correct: number }[] = [];
    for (let step = 1; step <= STEPS; step++) {
      steps.push(
        await program.step(
          range(count)
            .subarray((step % 2) * BATCH)
            .subarray(0, BATCH),
          step,
          RATE,
        ),
      );
    }
    return { before, steps, values: await program.read() };
  } finally {
    program.close();
  }
}

describe.each([2, 3, 4])('%i devices', (devices) => {
  it.each<[string, object]>([
    ['plainly', {}],
    [
      'with smoothed targets and mixed pictures',
      { loss: { smoothing: 0.1 }, augment: { cutmix: 1, flip: true } },
    ],
    [
      'with a number for each class and a shorter gradient',
      { loss: { classes: [2, 1, 1] }, clip: { norm: 0.5 } },
    ],
  ])('take the step that one takes, %s', async (_, more) => {
    const [one, several] = [await trained(virtual(1), [], more), await trained(virtual(devices), [], more)];
    several.steps.forEach(({ loss, correct }, i) => {
      expect(loss).toBeCloseTo(one.steps[i]!.loss, 5);
      expect(correct).toBe(one.steps[i]!.correct);
    });
    for (const [name, value] of one.values)
      expect(difference(several.values.get(name)!, value)).toBeLessThan(1e-5);
  });
});

describe('batch norm on two devices', () => {
  it('moves its running mean by the mean of both parts: that of the whole batch', async () => {
    const bn: readonly Layer[] = [['batch-norm', {}]];
    const settings = { rate: 1e-6 };
    const [one, two] = [await trained(virtual(1), bn, settings), await trained(virtual(2), bn, settings)];
    const name = [...one.values.keys()].find((n) => n.endsWith('running-mean'))!;
    // after the first step the weights differ: the parts are normalised each by themselves
    expect(difference(two.values.get(name)!, one.values.get(name)!)).toBeLessThan(0.05);
    expect(two.steps[0]!.loss).not.toBe(one.steps[0]!.loss);
  });

  it('comes to the same bits each time', async () => {
    const bn: readonly Layer[] = [
      ['batch-norm', {}],
      ['dropout', { rate: 0.3 }],
    ];
    const [first, again] = [await trained(virtual(2), bn), await trained(virtual(2), bn)];
    expect(again).toEqual(first);
  });
});

it('operations are placed on their device, and those made before and after are not', () => {
  const { c } = openTensorFlow();
  const graph = new TfGraph(c);
  const add = (name: string) => graph.operation('Neg', name, [graph.float(1)]);
  const before = add('before');
  const [placed, other] = [
    graph.onDevice('/device:CPU:1', () => add('x')),
    graph.onDevice('/device:CPU:2', () => add('y')),
  ];
  const devices = [before, placed, other, add('after')].map((o) => c.operationDevice(o.pointer) as string);
  expect(devices.map((d) => d.slice(-5))).toEqual(['', 'CPU:1', 'CPU:2', '']);
  graph.delete();
});

it('a batch is shared among as many devices as divide it', () => {
  const four = ['a', 'b', 'c', 'd'];
  expect(sharing(four, 128)).toEqual(four);
  expect(sharing(four, 126)).toEqual(['a', 'b', 'c']);
  expect(sharing(four, 127)).toEqual(['a']);
});
