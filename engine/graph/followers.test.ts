import { expect, it } from 'vitest';
import { countFollowers } from './followers';
import { documentOf } from './testing';

it('counts in how many nets a kind follows another, not how often', () => {
  const deep = documentOf({
    a: ['conv2d', {}],
    b: ['activation', {}, 'a'],
    c: ['conv2d', {}, 'b'],
    d: ['activation', {}, 'c'],
  });
  const small = documentOf({ a: ['conv2d', {}], b: ['batch-norm', {}, 'a'] });
  expect(countFollowers([deep, small])).toEqual({
    conv2d: { activation: 1, 'batch-norm': 1 },
    activation: { conv2d: 1 },
  });
});
