import { describe, expect, it } from 'vitest';
import { lower } from '../testing';

// Both poolings slide the same window.
describe.each(['max-pool', 'avg-pool'])('%s', (type) => {
  const shape = (side: number, params: Record<string, unknown>) => lower(type, params, [side, side, 8]).shape;

  it.each([
    [28, {}, 14],
    [7, {}, 3],
    [7, { padding: 'same' }, 4],
    [55, { kernel: 3 }, 27], // AlexNet's overlapping pool
    [112, { kernel: 3, padding: 1 }, 56], // ResNet
    [112, { kernel: 3, padding: 'same' }, 56], // GoogLeNet
    [28, { kernel: 3, stride: 1, padding: 'same' }, 28], // inside an inception module
    [7, { kernel: 7, stride: 1 }, 1], // GoogLeNet's last
    [14, { kernel: 5, stride: 3 }, 4], // before its auxiliary classifiers
  ])('takes a side of %i by %j to %i and keeps the channels', (side, params, expected) => {
    expect(shape(side, params)).toEqual([expected, expected, 8]);
  });

  it('refuses padding in which a whole window could lie, and names what works', () => {
    expect(() => shape(8, { kernel: 2, padding: 2 })).toThrow('Set padding to 1 or less.');
    expect(() => shape(8, { kernel: [3, 1], padding: 1 })).toThrow('Set padding to 0.');
    expect(shape(8, { kernel: 2, padding: 1 })).toEqual([5, 5, 8]);
  });
});

it('counts padding in the mean only when asked', () => {
  const pooled = (params: Record<string, unknown>) => lower('avg-pool', params, [8, 8, 1]).attrs;
  expect(pooled({ padding: 'same' })).toMatchObject({ countPadding: false });
  expect(pooled({ padding: 'same', countPadding: true })).toMatchObject({ countPadding: true });
});
