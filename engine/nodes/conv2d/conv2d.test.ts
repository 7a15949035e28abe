import { describe, expect, it } from 'vitest';
import { isOp, topological } from '../../ir/ir';
import { input } from '../../ir/ops';
import { chain, costOfAll, lower, weightsOf } from '../testing';
import { conv2d } from './conv2d';

const shapeOf = (side: number, params: Record<string, unknown>) =>
  lower('conv2d', { filters: 8, ...params }, [side, side, 4]).shape.slice(0, 2);
const padsOf = (side: number, params: Record<string, unknown>) =>
  topological([lower('conv2d', params, [side, side, 4])]).find((v) => isOp(v, 'conv2d'))!.attrs;
const params = (p: Record<string, unknown>, channels: number) =>
  costOfAll(lower('conv2d', p, [32, 32, channels])).params.trainable;

describe('conv2d', () => {
  it.each([
    [224, { kernel: 7, stride: 2, padding: 3 }, 112], // ResNet's first
    [227, { kernel: 11, stride: 4, padding: 'valid' }, 55], // AlexNet's first
    [224, { kernel: 11, stride: 4, padding: 2 }, 55],
    [28, { kernel: 5, padding: 'valid' }, 24], // LeNet-5
    [7, { kernel: 3, dilation: 2, padding: 'valid' }, 3],
    [7, { kernel: 3, dilation: 2, padding: 'same' }, 7],
    [7, { kernel: 2, stride: 2, padding: 'valid' }, 3],
    [7, { kernel: 2, stride: 2, padding: 'same' }, 4],
  ] as const)('takes a side of %i by %j to %i', (side, p, expected) => {
    expect(shapeOf(side, p)).toEqual([expected, expected]);
  });

  it('pads at stride 2 by one pixel at the end, where same padding is uneven', () => {
    expect(padsOf(28, { kernel: 3, stride: 2 })).toMatchObject({ pads: [0, 1, 0, 1] });
    expect(padsOf(27, { kernel: 3, stride: 2 })).toMatchObject({ pads: [1, 1, 1, 1] });
  });

  it('takes sizes of its own for height and width', () => {
    const y = lower('conv2d', { filters: 8, kernel: [1, 7], stride: [1, 2], padding: [0, 3] }, [17, 17, 4]);
    expect(y.shape).toEqual([17, 9, 8]);
  });

  it('has 18 C² weights in two 3×3 and 25 C² in the 5×5 that sees as much', () => {
    const C = 64;
    const three = { filters: C, kernel: 3, bias: false };
    const two = chain(
      [32, 32, C],
      [
        ['conv2d', three],
        ['conv2d', three],
      ],
    );
    expect(costOfAll(two).params.trainable).toBe(18 * C ** 2);
    expect(params({ filters: C, kernel: 5, bias: false }, C)).toBe(25 * C ** 2);
  });

  it('has 27 C² weights in three 3×3 and 49 C² in the 7×7 (VGG, section 2.3)', () => {
    expect(3 * params({ filters: 512, kernel: 3, bias: false }, 512)).toBe(27 * 512 ** 2);
    expect(params({ filters: 512, kernel: 7, bias: false }, 512)).toBe(49 * 512 ** 2);
  });

  it('has in 2 groups half the weights, but all its biases', () => {
    expect(params({ filters: 256, kernel: 5 }, 96)).toBe(25 * 96 * 256 + 256);
    expect(params({ filters: 256, kernel: 5, groups: 2 }, 96)).toBe(25 * 48 * 256 + 256); // AlexNet's second
  });

  it('costs its weights once at every pixel of the output', () => {
    const cost = costOfAll(lower('conv2d', { filters: 64, kernel: 7, stride: 2, padding: 3 }, [224, 224, 3]));
    expect(cost.macs).toBe(112 * 112 * 7 * 7 * 3 * 64); // 118 M
  });

  it('decays its kernel and not its bias', () => {
    const weights = weightsOf(lower('conv2d', {}, [8, 8, 3]));
    expect(weights.map((w) => [w.attrs.name, w.attrs.penalty.decay])).toEqual([
      ['kernel', true],
      ['bias', false],
    ]);
  });

  it('names a number of groups that divides channels and filters both', () => {
    const p = conv2d.params.parse({ filters: 8, groups: 4 });
    expect(() => conv2d.lower([input([8, 8, 6])], p)).toThrow('Set groups to 2.');
    expect(lower('conv2d', { filters: 8, groups: 2 }, [8, 8, 6]).shape).toEqual([8, 8, 8]);
  });

  it('names the largest kernel that fits a map, with its gaps', () => {
    const p = { kernel: 5, dilation: 3, padding: 'valid' };
    expect(() => lower('conv2d', p, [10, 12, 3])).toThrow(
      /13×13 does not fit a map of 10×12.*kernel to 4 or less/s,
    );
    expect(lower('conv2d', { ...p, kernel: 4 }, [10, 12, 3]).shape.slice(0, 2)).toEqual([1, 3]);
  });

  it('refuses a vector', () => {
    expect(() => lower('conv2d', {}, [100])).toThrow('it got 100');
  });
});
