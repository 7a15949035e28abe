import { describe, expect, it } from 'vitest';
import { costOfAll, lower } from '../testing';

const shortcut = { mode: 'shortcut', filters: 32, stride: 2 };

describe('zero-pad', () => {
  it('adds its pixels on each side', () => {
    const y = lower('zero-pad', { top: 1, bottom: 2, left: 3, right: 4 }, [8, 8, 3]);
    expect(y.shape).toEqual([11, 15, 3]);
    expect(y.attrs).toEqual({ before: [1, 3, 0], after: [2, 4, 0], mode: 'zeros' });
  });

  it('makes a shortcut of half the side and twice the channels, without a weight or a multiplication', () => {
    const y = lower('zero-pad', shortcut, [32, 32, 16]);
    expect(y.shape).toEqual([16, 16, 32]);
    expect(costOfAll(y)).toMatchObject({ params: { trainable: 0, nonTrainable: 0 }, macs: 0 });
  });

  it('puts all zero channels after those of the input', () => {
    expect(lower('zero-pad', shortcut, [32, 32, 16]).attrs).toEqual({
      before: [0, 0, 0],
      after: [0, 0, 16],
      mode: 'zeros',
    });
  });

  it('keeps ceil(side / stride) pixels, as the convolutions beside it do', () => {
    const residual = { filters: 32, kernel: 3, stride: 2, padding: 1 };
    for (const side of [1, 7, 8, 15]) {
      const given = [side, side, 16];
      expect(lower('zero-pad', shortcut, given).shape).toEqual(lower('conv2d', residual, given).shape);
    }
  });

  it('refuses to leave channels out', () => {
    expect(() => lower('zero-pad', shortcut, [8, 8, 64])).toThrow('Set filters to 64 or more');
  });
});
