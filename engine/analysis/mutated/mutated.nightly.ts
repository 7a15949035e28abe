import { expect, it } from 'vitest';
import { SECOND, tryMutated } from './trial-testing';

it('10,000 documents with a few faults are opened or refused as they should be', () => {
  const { opened, refused } = tryMutated(0, 10_000, SECOND);
  console.info(`${opened} opened, ${refused} refused`);
  expect(opened + refused).toBe(10_000);
});
