import { describe, expect, it } from 'vitest';
import { isOp, type Pads, topological, type Value } from '../ir/ir';
import * as ops from '../ir/ops';
import { size } from '../ir/shape';
import { nodeKinds } from '../nodes/catalogue';
import { lower } from '../nodes/testing';
import { casesOf } from './cases-testing';
import { allOps, moments, oracle } from './oracle-testing';
import { compute, difference, numbersFor } from './testing';

/** Largest difference over the largest value of a result. 32-bit floats carry 6e-8; sums of 1,000 terms lose more. */
const TOLERANCE = 1e-5;
const BATCH = 3;
const CASES = 20;

/** The worst difference between the emitter and the oracle over `roots`. */
async function worst(roots: readonly Value[], training: boolean, seed = 1): Promise<readonly number[]> {
  const numbers = numbersFor(roots, BATCH, seed);
  const { outputs } = await compute(roots, numbers, { training, batch: BATCH });
  const expected = oracle(roots, numbers, { training, batch: BATCH });
  return outputs.map((o, i) => difference(o, expected[i]!));
}
const opsOf = (roots: readonly Value[]) => new Set(topological(roots).map((v) => v.op));

describe.each(nodeKinds)('$type agrees with TensorFlow.js', (node) => {
  const cases = casesOf(node, CASES);
  const drops = (root: Value) => topological([root]).some((v) => isOp(v, 'dropout') && v.attrs.rate > 0);

  it('has cases', () => expect(cases.length).toBeGreaterThan(0));

  it.each([
    ['in use', false],
    ['in training', true],
  ])(
    '%s',
    async (_, training) => {
      // batch norm after batch norm over a handful of values makes rounding large
      const limit = node.kind === 'layer' ? TOLERANCE : training ? 1e-3 : 3 * TOLERANCE;
      const tried = cases.filter((c) => !training || !drops(c.root));
      const found = await worst(
        tried.map((c) => c.root),
        training,
      );
      const wrong = tried.flatMap((c, i) => (found[i]! <= limit ? [] : [`${c.words}: ${found[i]}`]));
      expect(wrong).toEqual([]);
      // a module of Inception v4 has a million weights, and the oracle is plain JavaScript
    },
    120_000,
  );
});

describe('windows agree with TensorFlow.js', () => {
  const on = (type: string, params: Record<string, unknown>, ...shape: number[]) =>
    lower(type, params, shape);

  it.each([
    ['a convolution with unequal strides', on('conv2d', { filters: 5, stride: [2, 3] }, 9, 11, 3)],
    [
      'a convolution with same padding, one pixel more at the end',
      on('conv2d', { filters: 3, stride: 2 }, 8, 8, 2),
    ],
    ['a convolution with pads that have no name', on('conv2d', { filters: 3, padding: [2, 1] }, 7, 6, 2)],
    ['a dilated convolution', on('conv2d', { filters: 4, dilation: [2, 3] }, 13, 12, 3)],
    ['a dilated convolution with a stride', on('conv2d', { filters: 4, dilation: 2, stride: 2 }, 13, 12, 3)],
    ['a grouped convolution', on('conv2d', { filters: 12, groups: 4 }, 7, 7, 8)],
    [
      'a grouped, dilated, strided one',
      on('conv2d', { filters: 6, groups: 3, dilation: 2, stride: 2 }, 11, 9, 6),
    ],
    ['a group for each channel', on('conv2d', { filters: 10, groups: 5 }, 7, 7, 5)],
    ['a stride above the kernel', on('conv2d', { filters: 3, kernel: 1, stride: 3 }, 8, 7, 4)],
    ['a depthwise one', on('depthwise-conv2d', { multiplier: 3 }, 7, 9, 4)],
    ['a depthwise one with unequal strides', on('depthwise-conv2d', { stride: [2, 1] }, 9, 8, 4)],
    [
      'a depthwise one with unequal strides, valid',
      on('depthwise-conv2d', { stride: [1, 3], padding: 'valid' }, 9, 10, 4),
    ],
    [
      'a depthwise one with unequal strides and pads',
      on('depthwise-conv2d', { stride: [3, 2], padding: [0, 2] }, 10, 9, 2),
    ],
    ['a dilated depthwise one', on('depthwise-conv2d', { dilation: 2, multiplier: 2 }, 9, 9, 3)],
    ['a depthwise one, dilated unequally', on('depthwise-conv2d', { dilation: [1, 3] }, 9, 11, 3)],
    ['a depthwise one, dilated and strided', on('depthwise-conv2d', { dilation: 2, stride: 2 }, 11, 12, 3)],
    ['a max pool with pads', on('max-pool', { kernel: 3, stride: 2, padding: 1 }, 9, 9, 3)],
    [
      'a max pool with unequal everything',
      on('max-pool', { kernel: [3, 2], stride: [2, 1], padding: [1, 0] }, 8, 7, 3),
    ],
    ['a mean that leaves padding out', on('avg-pool', { kernel: 3, stride: 2, padding: 1 }, 8, 9, 2)],
    [
      'a mean that counts padding',
      on('avg-pool', { kernel: 3, stride: 2, padding: 1, countPadding: true }, 8, 9, 2),
    ],
    [
      'a mean, same, that counts padding',
      on('avg-pool', { kernel: 3, padding: 'same', countPadding: true }, 8, 9, 2),
    ],
    ['a mean, same, uneven', on('avg-pool', { kernel: [2, 3], stride: 2, padding: 'same' }, 7, 8, 2)],
    ['AlexNet’s normalisation', on('lrn', {}, 5, 5, 16)],
    ['a normalisation of wide radius', on('lrn', { radius: 9, alpha: 1, beta: 1.5, bias: 0.5 }, 4, 4, 7)],
  ])('%s', async (_, root) => {
    const [a] = await worst([root], false);
    const [b] = await worst([root], true);
    expect(Math.max(a!, b!)).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe('primitive ops agree with TensorFlow.js', () => {
  const map = ops.input([5, 7, 3]);
  const pads: Pads = [2, 0, 1, 3];
  const kernel = ops.weight('kernel', [3, 2, 3, 4], 'he');
  const roots = {
    'uneven pads of a convolution': ops.conv2d(map, kernel, {
      stride: [1, 2],
      pads,
      dilation: [1, 1],
      groups: 1,
    }),
    'uneven pads of a max pool': ops.maxPool(map, { kernel: [3, 4], stride: [1, 1], pads: [2, 0, 1, 3] }),
    'uneven pads of a mean': ops.avgPool(map, { kernel: [3, 4], stride: [2, 1], pads }, false),
    'pads of channels': ops.pad(map, [0, 1, 2], [1, 0, 1]),
    'pads of a vector': ops.pad(ops.input([4]), [1], [2]),
    'every other channel': ops.stride(map, [2, 3, 2]),
    'every other pixel': ops.stride(map, [2, 3, 1]),
    'every third of a vector': ops.stride(ops.input([8]), [3]),
    'stacked rows': ops.concat([map, ops.input([2, 7, 3])], 0),
    'stacked columns': ops.concat([map, ops.input([5, 1, 3]), map], 1),
    'a vector spread over pixels, added': ops.add(map, ops.weight('a', [3], 'ones')),
    'a vector spread over pixels, multiplied': ops.mul(map, ops.weight('a', [3], 'ones')),
    'a value used twice': ops.add(ops.relu(map), ops.relu(map)),
    'softmax of a map': ops.softmax(map),
    'a power of e': ops.exp(ops.scale(map, 0.5)),
    'one over a value': ops.reciprocal(ops.shift(ops.relu(map), 1)),
    'scale by a negative factor': ops.scale(map, -1.5),
  };

  it.each(Object.entries(roots))('%s', async (_, root) => {
    expect((await worst([root], false))[0]).toBeLessThanOrEqual(TOLERANCE);
  });

  it('leaves no op out', () => {
    const seen = opsOf([
      ...Object.values(roots),
      // a few more than are computed: some ops stand behind a choice of many
      ...nodeKinds.flatMap((n) => casesOf(n, 2 * CASES).map((c) => c.root)),
    ]);
    expect([...seen].sort()).toEqual([...allOps].sort());
  });
});

describe('batch norm in training', () => {
  const run = async (shape: number[], params: Record<string, unknown> = {}, batch = BATCH) => {
    const root = lower('batch-norm', params, shape);
    const numbers = numbersFor([root], batch, 3);
    const { after } = await compute([root], numbers, { training: true, batch });
    const [x, , , mean, variance] = root.inputs as readonly [Value, Value, Value, Value, Value];
    return {
      before: [numbers.get(mean)!, numbers.get(variance)!] as const,
      found: [after.get(mean)!, after.get(variance)!] as const,
      batch: moments(numbers.get(x)!, shape.at(-1)!),
    };
  };

  // FusedBatchNorm tracks the unbiased variance, the biased one times n / (n - 1), n = batch × pixels, while it
  // normalises by the biased one. PyTorch does the same; Keras' unfused form tracks the biased one.
  it.each([
    ['a map', [5, 4, 6], 0.9],
    ['a vector', [7], 0.99],
    ['no memory', [3, 3, 2], 0],
  ])('moves the running mean and the unbiased variance of %s', async (_, shape, momentum) => {
    const { before, found, batch } = await run(shape, { momentum });
    const unbiased = batch.count / (batch.count - 1);
    const moved = (old: Float32Array, now: number[]) =>
      old.map((o, c) => momentum * o + (1 - momentum) * now[c]!);
    expect(difference(found[0], moved(before[0], batch.mean))).toBeLessThan(1e-6);
    const variance = batch.variance.map((v) => v * unbiased);
    expect(difference(found[1], moved(before[1], variance))).toBeLessThan(1e-6);
  });

  it('stays finite for a batch of one value', async () => {
    const { found } = await run([4], {}, 1);
    for (const f of found) expect(f.every(Number.isFinite)).toBe(true);
  });
});

describe('dropout', () => {
  const root = lower('dropout', { rate: 0.3 }, [8, 8, 16]);
  const numbers = numbersFor([root], BATCH, 1);
  const x = numbers.get(root.inputs[0]!)!;
  const run = async (step: number, training = true) =>
    (await compute([root], numbers, { training, batch: BATCH, step })).outputs[0]!;

  it('zeroes a share of the values in training and scales up the rest', async () => {
    const y = await run(1);
    const zeros = y.filter((v) => v === 0).length;
    expect(zeros / size([BATCH, 8, 8, 16])).toBeCloseTo(0.3, 1);
    for (const [i, v] of y.entries()) if (v !== 0) expect(v / x[i]!).toBeCloseTo(1 / 0.7, 5);
  });

  it('drops others in the next step, and the same in the same step', async () => {
    const [a, again, b] = [await run(1), await run(1), await run(2)];
    expect(again).toEqual(a);
    expect(b).not.toEqual(a);
  });

  it('drops other values in another node of the same net', async () => {
    const shared = ops.input([100]);
    const two = [ops.dropout(shared, 0.5), ops.dropout(shared, 0.5)];
    const { outputs } = await compute(two, numbersFor(two, BATCH, 1), { training: true, batch: BATCH });
    expect(outputs[0]).not.toEqual(outputs[1]);
  });

  it('lets everything through in use', async () => {
    expect(await run(1, false)).toEqual(x);
  });
});
