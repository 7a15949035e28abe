import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import { netOf } from '../analysis/net';
import { segmentsOf } from '../analysis/segments';
import type { DataSet } from '../data/describe';
import { documentOf, rowOf, type Spec } from '../graph/testing';
import { TrainingSettings } from '../graph/training';
import { size } from '../ir/shape';
import { random, range } from '../random';
import type { CApi } from '../tensorflow/c-api';
import { openTensorFlow, type TensorFlow } from '../tensorflow/runtime';
import { TrainingProgram } from './program';

const [SIDE, BATCH] = [16, 8];
const next = random(3);
const split = {
  pictures: Uint8Array.from({ length: 2 * BATCH * SIDE * SIDE * 3 }, () => Math.floor(256 * next())),
  labels: Uint8Array.from({ length: 2 * BATCH }, (_, i) => i % 4),
  count: 2 * BATCH,
};
const info = { id: 'noise', title: 'Noise', shape: [SIDE, SIDE, 3] as [number, number, number] };
const data: DataSet = {
  info: { ...info, classNames: ['a', 'b', 'c', 'd'], train: split.count, test: split.count, source: '' },
  train: split,
  test: split,
};

type Layer = Parameters<typeof rowOf>[0][number];
const whole = (middle: readonly Layer[]) =>
  rowOf([
    ['input', { shape: [SIDE, SIDE, 3] }],
    ...middle,
    ['global-avg-pool'],
    ['dense', { units: 4 }],
    ['output', { classes: 4 }],
  ]);

const hashOf = (v: Float32Array): string => createHash('sha256').update(v).digest('hex');

/** Losses and variables after three steps. */
async function trained({ nodes, edges }: ReturnType<typeof rowOf>, more: object, tf = openTensorFlow()) {
  const settings = TrainingSettings.parse({ batch: BATCH, rate: 0.05, ...more });
  const program = await TrainingProgram.create(tf, elaborate({ nodes, edges }), settings, data);
  const losses: number[] = [];
  for (let step = 1; step <= 3; step++)
    losses.push(
      (
        await program.step(
          range(2 * BATCH)
            .subarray((step % 2) * BATCH)
            .subarray(0, BATCH),
          step,
          0.05,
        )
      ).loss,
    );
  const values = [...(await program.read())].map(([name, v]) => [name, hashOf(v)]);
  program.close();
  return { losses, values };
}

const mixed: readonly Layer[] = [
  ['conv2d', { filters: 8 }],
  ['batch-norm'],
  ['activation'],
  ['residual', { filters: 8 }],
  ['residual', { filters: 16, stride: 2 }],
  ['dropout', { rate: 0.3 }],
  ['dense-block', { layers: 3, growth: 4 }],
  ['squeeze-excite', { ratio: 4 }],
  ['conv2d', { filters: 8, dilation: 2 }],
  ['lrn'],
  ['inverted-residual', { filters: 8 }],
  ['max-pool'],
];
const withHead: Spec = {
  in: ['input', { shape: [SIDE, SIDE, 3] }],
  c1: ['conv2d', { filters: 8 }, 'in'],
  a1: ['activation', {}, 'c1'],
  c2: ['conv2d', { filters: 8 }, 'a1'],
  a2: ['activation', {}, 'c2'],
  head: ['auxiliary-classifier', { classes: 4 }, 'a2'],
  c3: ['conv2d', { filters: 8 }, 'a2'],
  a3: ['activation', {}, 'c3'],
  c4: ['conv2d', { filters: 8 }, 'a3'],
  pool: ['global-avg-pool', {}, 'c4'],
  fc: ['dense', { units: 4 }, 'pool'],
  out: ['output', { classes: 4 }, 'fc'],
};

describe('layers computed again in the backward pass', () => {
  it.each([
    ['blocks of many kinds', whole(mixed), {}],
    ['an auxiliary classifier', documentOf(withHead), {}],
    [
      'a gathered batch and Adam',
      whole(mixed.slice(0, 5)),
      { accumulate: 2, batch: 4, optimizer: { type: 'adam' } },
    ],
  ])('change no bit of a training with %s', async (_, doc, more) => {
    const plain = await trained(doc, more);
    expect(await trained(doc, { ...more, recompute: true })).toEqual(plain);
    expect(new Set(plain.losses).size).toBe(3);
  });
});

describe('concatenations made again in the backward pass', () => {
  const dense = whole([
    ['conv2d', { filters: 8 }],
    ['dense-block', { layers: 3, growth: 4 }],
    ['inception', {}],
    ['dense-block', { layers: 2, growth: 4 }],
  ]);
  // each operation is made only as it is finished: their names tell what the graph came to
  const watched = (tf: TensorFlow, names: string[]): TensorFlow => {
    const newOperation = Object.assign((...args: Parameters<CApi['newOperation']>) => {
      names.push(String(args[2]));
      return tf.c.newOperation(...args);
    }, tf.c.newOperation);
    return { ...tf, c: { ...tf.c, newOperation } };
  };

  it('change no bit of a training, and stand for each one that is read there', async () => {
    const names: string[] = [];
    const spared = await trained(dense, {}, watched(openTensorFlow(), names));
    // where segments are computed again the first concatenations are read there
    expect(spared).toEqual(await trained(dense, { recompute: true }));
    const joins = netOf(elaborate(dense)).values.filter((v) => v.op === 'concat');
    expect(names.filter((n) => n.startsWith('spared/concat'))).toHaveLength(joins.length - 1); // pooled at the end
  });
});

describe('segments of a net', () => {
  const segments = (middle: readonly Layer[]) => {
    const net = netOf(elaborate(whole(middle)));
    return { net, found: segmentsOf(net) };
  };

  it('hold every value once, in order, each beginning where the one before ends', () => {
    const { net, found } = segments(mixed);
    expect(found.flatMap((s) => s.values)).toEqual(net.values);
    expect(found.map((s) => s.input)).toEqual([net.input, ...found.slice(0, -1).map((s) => s.output)]);
    expect(found.at(-1)!.output).toBe(net.logits);
    expect(found.length).toBeGreaterThan(2);
  });

  it('are about the square root of the layers in a net of equal ones', () => {
    const { found } = segments(Array.from({ length: 64 }, () => ['conv2d', { filters: 8, bias: false }]));
    expect(found.length).toBeGreaterThanOrEqual(7);
    expect(found.length).toBeLessThanOrEqual(10);
    const sizes = found.slice(1, -1).map((s) => s.values.reduce((n, v) => n + size(v.shape), 0));
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.5);
  });

  it('end only where nothing passes by', () => {
    const { net, found } = segments(Array.from({ length: 6 }, () => ['residual', { filters: 8 }] as const));
    for (const { values, output, input } of found) {
      const outside = net.values.filter((v) => !values.includes(v));
      const read = values.filter((v) => outside.some((o) => o.inputs.includes(v)));
      expect(read.filter((v) => v !== output)).toEqual([]);
      expect(
        values.flatMap((v) => v.inputs).filter((v) => v.op !== 'weight' && outside.includes(v)),
      ).toSatisfy((list: unknown[]) => list.every((v) => v === input));
    }
  });
});
