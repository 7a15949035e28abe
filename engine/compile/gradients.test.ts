import { describe, expect, it } from 'vitest';
import { isOp, topological, type Value } from '../ir/ir';
import { findKind, nodeKinds } from '../nodes/catalogue';
import { fieldsOf } from '../nodes/fields';
import { lower } from '../nodes/testing';
import type { Output } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import { casesOf } from './cases-testing';
import { spareConcats } from './spare';
import { feedStep, feedsOf, gaussians, type Numbers, numbersFor, type Rig, rig } from './testing';

const BATCH = 2;
/** Entries that are moved, of each input and weight. */
const ENTRIES = 12;
const MOVE = 2e-3;
/** Change of slope within a move, above which an entry stands at a kink. A kink falsifies by half of it. */
const BEND = 0.015;
/** Share of the largest gradient. Results carry 6e-8, and a difference of two over 2 × MOVE a hundred times that. */
const TOLERANCE = 1e-2;

interface Leaf {
  readonly value: Value;
  readonly at: Output;
}
const leavesOf = (r: Rig): readonly Leaf[] => [
  ...[...r.inputs].map(([value, at]) => ({ value, at })),
  ...[...r.variables].flatMap(([value, v]) => (v.trainable ? [{ value, at: v.read }] : [])),
];

/** Loss: the results weighed by fixed random numbers and summed, in 64 bits. */
async function lossOf(r: Rig, numbers: Numbers, weights: Float32Array): Promise<number> {
  const feeds = [...feedsOf(r, numbers, BATCH, true), feedStep(r, 1)];
  const [bytes] = await r.session.run({ feeds, fetches: r.outputs });
  return new Float32Array(bytes!).reduce((sum, y, i) => sum + y * weights[i]!, 0);
}

/** dL/dx of each leaf, by the backward pass as training builds it. */
async function backward(
  r: Rig,
  leaves: readonly Leaf[],
  numbers: Numbers,
  weights: Float32Array,
  dims: number[],
) {
  const dy = r.graph.placeholder('dy', DataType.float32, dims);
  const { made: gradients, added } = r.graph.watch(() =>
    r.graph.gradients(
      [r.outputs[0]!],
      [dy],
      leaves.map((l) => l.at),
    ),
  );
  r.graph.spareReluInputs(r.pass.relus);
  spareConcats(r.pass, added);
  const feeds = [...feedsOf(r, numbers, BATCH, true), feedStep(r, 1)];
  const fetches = gradients.map((g) => r.graph.add('Identity', 'gradient', [g]));
  const bytes = await r.session.run({
    feeds: [...feeds, { to: dy, type: DataType.float32, dims, data: weights }],
    fetches,
  });
  return bytes.map((b) => new Float32Array(b));
}

function withMoved(numbers: Numbers, value: Value, at: number, by: number): Numbers {
  const data = numbers.get(value)!.slice();
  data[at]! += by;
  return new Map([...numbers, [value, data]]);
}

const largest = (xs: Float32Array): number => xs.reduce((m, x) => Math.max(m, Math.abs(x)), 0);

/**
 * Compares the backward pass with central differences, at up to ENTRIES numbers of each input and weight.
 * An entry whose slopes to the left and to the right differ stands at a kink (ReLU, max) and tells nothing.
 */
async function check(root: Value, training: boolean) {
  const r = rig([root], training, BATCH);
  try {
    const numbers = numbersFor([root], BATCH, 11);
    const dims = [BATCH, ...root.shape];
    const weights = gaussians(
      dims.reduce((n, d) => n * d, 1),
      9,
    );
    const leaves = leavesOf(r);
    const found = await backward(r, leaves, numbers, weights, dims);
    const most = Math.max(...found.map(largest));
    const here = await lossOf(r, numbers, weights);
    const result = { worst: 0, compared: 0, kinks: 0 };
    for (const [i, { value }] of leaves.entries()) {
      const data = numbers.get(value)!;
      // where dropout took all, or a norm left nothing, slopes are zero on both sides
      const scale = Math.max(largest(found[i]!), most / 20, 1e-6);
      const stride = Math.max(1, Math.floor(data.length / ENTRIES));
      for (let at = 0; at < data.length; at += stride) {
        const moved = (by: number) => lossOf(r, withMoved(numbers, value, at, by), weights);
        const [up, down] = [await moved(MOVE), await moved(-MOVE)];
        const bend = Math.abs(up - 2 * here + down) / MOVE / scale;
        if (bend > BEND) result.kinks++;
        else {
          result.compared++;
          const error = Math.abs((up - down) / (2 * MOVE) - found[i]![at]!) / scale;
          result.worst = Math.max(result.worst, Number.isNaN(error) ? 1 : error);
        }
      }
    }
    return result;
  } finally {
    r.session.close();
  }
}

async function expectAgreement(root: Value, words: string, tolerance = TOLERANCE): Promise<void> {
  for (const training of [true, false]) {
    const { worst, compared, kinks } = await check(root, training);
    expect(worst, words).toBeLessThan(tolerance);
    const leaves = topological([root]).some((v) => v.op === 'input' || v.op === 'weight');
    if (leaves) expect(compared, `${words}: ${kinks} kinks`).toBeGreaterThan(kinks);
  }
}

// the large blocks take ten seconds on an idle machine
describe('gradients agree with central differences', { timeout: 120_000 }, () => {
  it.each(nodeKinds.map((n) => [n.type, n] as const))('of %s', async (_, node) => {
    const tolerance = node.kind === 'composite' ? 6 * TOLERANCE : TOLERANCE; // rounding adds up in deep ones
    for (const { words, root } of casesOf(node, 5, 5)) await expectAgreement(root, words, tolerance);
  });

  const field = fieldsOf(findKind('activation')!.params).find((f) => f.name === 'function')!;
  const functions = field.control === 'choice' ? field.options : [];
  it.each(functions)('of the activation %s, with what it learns', async (name) => {
    await expectAgreement(lower('activation', { function: name }, [3, 3, 4]), name);
  });

  it.each([
    ['a grouped convolution', 'conv2d', { filters: 6, groups: 3 }],
    ['a dilated one', 'conv2d', { filters: 3, dilation: 2 }],
    ['a grouped, dilated, strided one', 'conv2d', { filters: 6, groups: 2, dilation: 2, stride: 2 }],
    ['one with pads that have no name', 'conv2d', { filters: 3, padding: [2, 0], stride: 2 }],
    ['a depthwise one with unequal strides', 'depthwise-conv2d', { stride: [2, 1], multiplier: 2 }],
    ['a dilated depthwise one', 'depthwise-conv2d', { dilation: 2 }],
    ['a padded max pool', 'max-pool', { kernel: 3, stride: 2, padding: 1 }],
    ['a padded mean', 'avg-pool', { kernel: 3, stride: 2, padding: 1 }],
    ['a padded mean that counts padding', 'avg-pool', { kernel: 3, padding: 'same', countPadding: true }],
    ['a zero-pad shortcut', 'zero-pad', { mode: 'shortcut', filters: 9, stride: 2 }],
    ['a residual block with a projection', 'residual', { filters: 4, stride: 2, shortcut: 'projection' }],
    [
      'a transposed one with groups and extra',
      'conv-transpose2d',
      { filters: 6, groups: 3, extra: 1, dilation: 2 },
    ],
    ['a mirrored border', 'conv2d', { filters: 3, padMode: 'reflect' }],
    ['a border gone round', 'conv2d', { filters: 3, padMode: 'circular', padding: 2 }],
    ['a repeated border', 'depthwise-conv2d', { padMode: 'replicate' }],
    ['unequal bins', 'adaptive-pool', { size: [4, 5] }],
    ['a smooth enlargement', 'upsample', { method: 'bilinear', factor: [3, 2] }],
    [
      'a pool that is rounded up',
      'avg-pool',
      { kernel: 3, stride: 2, padding: 1, ceil: true, countPadding: true },
    ],
    ['a pre-activated bottleneck', 'residual', { filters: 8, form: 'bottleneck', unit: 'full-preact' }],
  ])('of %s', async (words, type, params) => {
    await expectAgreement(lower(type, params, [7, 6, 6]), words);
  });

  it('tells no gradient of running statistics: training moves them otherwise', () => {
    const root = lower('batch-norm', {}, [2, 2, 3]);
    const statistics = root.inputs.filter((v) => isOp(v, 'weight') && !v.attrs.trainable);
    expect(statistics).toHaveLength(2);
  });
});
