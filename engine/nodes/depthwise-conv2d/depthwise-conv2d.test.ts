import { expect, it } from 'vitest';
import { chain, costOfAll, lower, weightsOf } from '../testing';

it('has one kernel a channel, and mixes none', () => {
  const y = lower('depthwise-conv2d', {}, [14, 14, 512]);
  expect(y.shape).toEqual([14, 14, 512]);
  const cost = costOfAll(y);
  expect(cost.params.trainable).toBe(9 * 512 + 512);
  expect(cost.macs).toBe(14 * 14 * 9 * 512);
});

it('gives multiplier channels for each that comes in', () => {
  const y = lower('depthwise-conv2d', { multiplier: 4, stride: 2, bias: false }, [15, 15, 3]);
  expect(y.shape).toEqual([8, 8, 12]);
  expect(weightsOf(y).map((w) => w.shape)).toEqual([[3, 3, 3, 4]]);
});

it('costs with a 1×1 a share 1/N + 1/9 of the 3×3 convolution (MobileNets, section 3.1)', () => {
  const N = 512;
  const separable = chain([14, 14, N], [['depthwise-conv2d'], ['conv2d', { filters: N, kernel: 1 }]]);
  const full = lower('conv2d', { filters: N, kernel: 3 }, [14, 14, N]);
  expect(costOfAll(separable).macs / costOfAll(full).macs).toBeCloseTo(1 / N + 1 / 9, 12);
});
