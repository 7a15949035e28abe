import { describe, expect, it } from 'vitest';
import { topological } from '../../ir/ir';
import { costOfAll, lower } from '../testing';

const input3a = [28, 28, 192];

describe('inception', () => {
  it('is 3a of GoogLeNet by default: 28×28×256, 163,696 parameters, 128 M multiply-accumulates', () => {
    const y = lower('inception', {}, input3a);
    const kernels = 192 * 64 + 192 * 96 + 9 * 96 * 128 + 192 * 16 + 25 * 16 * 32 + 192 * 32;
    const biases = 64 + 96 + 128 + 16 + 32 + 32;
    expect(kernels + biases).toBe(163_696);
    expect(y.shape).toEqual([28, 28, 256]);
    expect(costOfAll(y)).toMatchObject({
      params: { trainable: kernels + biases, nonTrainable: 0 },
      macs: 28 * 28 * kernels,
    });
    expect(Math.round((28 * 28 * kernels) / 1e6)).toBe(128); // as table 1 prints
  });

  it('costs 2.4 times as much in its naive form, which also passes every pooled channel on', () => {
    const y = lower('inception', { form: 'naive' }, input3a);
    const kernels = 192 * 64 + 9 * 192 * 128 + 25 * 192 * 32;
    expect(y.shape).toEqual([28, 28, 64 + 128 + 32 + 192]);
    expect(costOfAll(y)).toMatchObject({
      params: { trainable: kernels + 64 + 128 + 32 },
      macs: 28 * 28 * kernels,
    });
    expect(Math.round((28 * 28 * kernels) / 1e6)).toBe(303);
  });

  it('grows without bound when naive modules follow each other', () => {
    const [, , channels] = lower(
      'inception',
      { form: 'naive' },
      lower('inception', { form: 'naive' }, input3a).shape,
    ).shape;
    expect(channels).toBe(192 + 2 * (64 + 128 + 32));
  });

  it('joins 1×1, 3×3, 5×5 and pool projection in the order of table 1', () => {
    const y = lower('inception', {}, input3a);
    expect(y.op).toBe('concat');
    expect(y.inputs.map((v) => v.shape[2])).toEqual([64, 128, 32, 32]);
  });

  it('follows each of its 6 convolutions by a ReLU, with no batch norm', () => {
    const ops = topological([lower('inception', {}, input3a)]).map((v) => v.op);
    const count = (op: string) => ops.filter((o) => o === op).length;
    expect([count('conv2d'), count('relu'), count('batchNorm')]).toEqual([6, 6, 0]);
  });
});
