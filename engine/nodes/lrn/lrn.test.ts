import { expect, it } from 'vitest';
import { lower } from '../testing';

it('starts with the constants of AlexNet: k = 2, n = 5, alpha = 1e-4, beta = 0.75', () => {
  const { attrs, shape } = lower('lrn', {}, [55, 55, 96]);
  expect(attrs).toEqual({ radius: 2, bias: 2, alpha: 1e-4, beta: 0.75 }); // n = 2 * radius + 1
  expect(shape).toEqual([55, 55, 96]);
});
