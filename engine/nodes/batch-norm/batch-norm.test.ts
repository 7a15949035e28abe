import { expect, it } from 'vitest';
import { costOfAll, lower, weightsOf } from '../testing';

it.each([[[14, 14, 32]], [[32]]])('has two learned and two tracked numbers a channel, on %j', (shape) => {
  const y = lower('batch-norm', {}, shape);
  expect(y.shape).toEqual(shape);
  expect(costOfAll(y).params).toEqual({ trainable: 64, nonTrainable: 64 });
});

it('starts as the identity, and decays none of its weights', () => {
  const weights = weightsOf(lower('batch-norm', {}, [8, 8, 4]));
  expect(weights.map((w) => [w.attrs.name, w.attrs.init, w.attrs.trainable, w.attrs.penalty.decay])).toEqual([
    ['gamma', 'ones', true, false],
    ['beta', 'zeros', true, false],
    ['running-mean', 'zeros', false, false],
    ['running-variance', 'ones', false, false],
  ]);
});
