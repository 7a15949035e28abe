import { describe, expect, it } from 'vitest';
import { SECOND, tryMutated } from './trial-testing';

describe('a document with a few faults', () => {
  it('is opened, analysed, changed and saved, or refused with its place and in words, and hangs nowhere', () => {
    const { opened, refused } = tryMutated(0, 400, 8 * SECOND);
    expect(opened).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });
});
