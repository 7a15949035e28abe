import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import { netOf } from '../analysis/net';
import type { DataSet } from '../data/describe';
import { rowOf } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { isOp } from '../ir/ir';
import { random, range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';
import { Classifier } from './classifier';
import { foldedNorms } from './fold';
import { TrainingProgram } from './program';

const [SIDE, COUNT] = [12, 16];
const next = random(11);
const split = {
  pictures: Uint8Array.from({ length: COUNT * SIDE * SIDE * 3 }, () => Math.floor(256 * next())),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 4),
  count: COUNT,
};
const info = { id: 'noise', title: 'Noise', shape: [SIDE, SIDE, 3] as [number, number, number] };
const data: DataSet = {
  info: { ...info, classNames: ['a', 'b', 'c', 'd'], train: COUNT, test: COUNT, source: '' },
  train: split,
  test: split,
};
const normalisation = { mean: [120, 128, 136], deviation: [60, 64, 68] };
const net = rowOf([
  ['input', { shape: [SIDE, SIDE, 3] }],
  ['conv2d', { filters: 8 }],
  ['batch-norm'],
  ['activation'],
  ['batch-norm', { scale: false }],
  ['inverted-residual', { filters: 8 }],
  ['residual', { filters: 16, stride: 2 }],
  ['residual', { filters: 16, unit: 'full-preact' }],
  ['dropout'],
  ['global-avg-pool'],
  ['dense', { units: 4 }],
  ['output', { classes: 4 }],
]);

describe('a net in use', () => {
  it('gives the losses and classes that the program measures which trained it', async () => {
    const elaboration = elaborate(net);
    const settings = TrainingSettings.parse({ batch: 8 });
    const tf = openTensorFlow();
    const program = await TrainingProgram.create(tf, elaboration, settings, data, { normalisation });
    // steps move statistics, so that every norm has something to fold
    for (let step = 1; step <= 5; step++) await program.step(range(COUNT).subarray(0, 8), step, 0.05);
    const { losses, predicted } = await program.evaluate('test', range(COUNT));
    const classifier = Classifier.create(tf, elaboration, await program.read(), normalisation);
    const scores = await classifier.scores(split.pictures);
    for (let i = 0; i < COUNT; i++) {
      const row = [...scores.subarray(4 * i, 4 * i + 4)];
      const loss = Math.log(row.reduce((s, x) => s + Math.exp(x), 0)) - row[i % 4]!;
      expect(loss).toBeCloseTo(losses[i]!, 4);
      expect(row.indexOf(Math.max(...row))).toBe(predicted[i]);
    }
    // cores that take a part of the batch each, the last a smaller one
    const apart = { ...tf, config: { ...tf.config, intra: 1, inter: 3 } };
    const shared = Classifier.create(apart, elaboration, await program.read(), normalisation);
    const again = await shared.scores(split.pictures);
    expect(again).toHaveLength(scores.length);
    again.forEach((score, i) => void expect(score).toBeCloseTo(scores[i]!, 4));
    shared.close();
    classifier.close();
    program.close();
  });

  it('folds the norms that stand behind a convolution, and no others', () => {
    const { values, paths } = netOf(elaborate(net));
    const { biases } = foldedNorms(values, (w) =>
      new Float32Array(w.shape.reduce((a, b) => a * b, 1)).fill(1),
    );
    const norms = values.filter((v) => isOp(v, 'batchNorm'));
    const left = norms.filter((v) => !biases.has(v)).map((v) => paths.get(v));
    expect(left).toContain('n4');
    expect(left.every((path) => norms.some((n) => paths.get(n) === path && !isConv(n.inputs[0]!.op)))).toBe(
      true,
    );
    expect(biases.size).toBeGreaterThan(5);
  });
});

const isConv = (op: string): boolean => op === 'conv2d' || op === 'depthwiseConv2d';
