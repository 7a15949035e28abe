import { describe, expect, it } from 'vitest';
import { random, range, shuffled, splitOf } from './random';

describe('random numbers', () => {
  it('lie evenly in [0, 1), and are the same for the same seeds', () => {
    const draw = (...seeds: number[]) => Array.from({ length: 10_000 }, random(...seeds));
    const numbers = draw(1, 2);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((x) => Math.floor(x * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1);
    }
    expect(draw(1, 2)).toEqual(numbers);
    expect(draw(2, 1)).not.toEqual(numbers);
  });
});

describe('a shuffle', () => {
  it('leaves nothing out, and is another for each epoch', () => {
    const [one, two] = [shuffled(range(500), 7, 1), shuffled(range(500), 7, 2)];
    expect([...one].sort((a, b) => a - b)).toEqual([...range(500)]);
    expect(one).not.toEqual(two);
    expect(shuffled(range(500), 7, 1)).toEqual(one);
  });
});

describe('the validation split', () => {
  it('shares no picture with what is trained on, and leaves none out', () => {
    const { training, validation } = splitOf(1000, 100, 7);
    expect(validation).toHaveLength(100);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...range(1000)]);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(splitOf(1000, 100, 7)).toEqual(splitOf(1000, 100, 7));
    expect(splitOf(1000, 100, 8).validation).not.toEqual(splitOf(1000, 100, 7).validation);
  });
});
