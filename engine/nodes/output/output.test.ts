import { describe, expect, it } from 'vitest';
import { lower } from '../testing';

describe('output', () => {
  it('gives a probability for each class', () => {
    expect(lower('output', {}, [10])).toMatchObject({ op: 'softmax', shape: [10] });
  });

  it('names both numbers where scores and classes differ, and what to set', () => {
    expect(() => lower('output', { classes: 10 }, [12])).toThrow(
      /12 scores come in for 10 classes.*units of the Dense before it to 10, or classes to 12/s,
    );
    expect(() => lower('output', { classes: 10 }, [1])).toThrow('Set units of the Dense before it to 10.');
  });

  it('asks for a Flatten where the scores are a map, and for a Dense where they are too many', () => {
    expect(() => lower('output', {}, [1, 1, 10])).toThrow('Put a Flatten before it.');
    expect(() => lower('output', {}, [7, 7, 64])).toThrow('Put a Flatten and a Dense of 10 units before it.');
  });
});
