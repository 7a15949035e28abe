import { expect, it } from 'vitest';
import { UserError } from '../errors';
import { requireClasses, requireRoom } from './limits';

const faultOf = (run: () => void) => {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.toFault();
  }
  return undefined;
};

it('takes what fits twice into the memory', () => {
  expect(
    faultOf(() => requireRoom({ train: 50_000, test: 10_000, shape: [32, 32, 3] }, '/data', 1e9)),
  ).toBeUndefined();
});

it('refuses what does not, with its figures and a size that fits', () => {
  const fault = faultOf(() => requireRoom({ train: 9000, test: 1000, shape: [224, 224, 3] }, '/data', 1e9));
  expect(fault).toMatchObject({ code: 'data/too-large', what: '10,000 pictures of 224×224×3 are 1.5 GB.' });
  expect(fault!.why).toContain('1.5 GB twice');
  expect(fault!.remedy).toBe('Make the pictures 129×129 or smaller, or take 3,321 of them.');
});

it('refuses a split that one array cannot hold', () => {
  const fault = faultOf(() => requireRoom({ train: 20_000, test: 10, shape: [224, 224, 3] }, '/data', 1e12));
  expect(fault!.why).toContain('2,147,483,647 bytes; the larger one has 3,010,560,000');
});

it('refuses more classes than a byte can count, and fewer than two', () => {
  expect(faultOf(() => requireClasses(256, '/data'))).toBeUndefined();
  expect(faultOf(() => requireClasses(257, '/data'))?.code).toBe('data/classes');
  expect(faultOf(() => requireClasses(1, '/data'))?.code).toBe('data/one-class');
});
