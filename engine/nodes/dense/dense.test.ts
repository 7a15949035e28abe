import { describe, expect, it } from 'vitest';
import { costOfAll, lower } from '../testing';

describe('dense', () => {
  it('has inputs · units weights and a bias a unit', () => {
    const cost = costOfAll(lower('dense', { units: 4096 }, [9216])); // AlexNet's sixth layer
    expect(cost.params.trainable).toBe(9216 * 4096 + 4096);
    expect(cost.macs).toBe(9216 * 4096);
  });

  it('asks for a Flatten before it where a map comes in', () => {
    expect(() => lower('dense', {}, [6, 6, 256])).toThrow(
      'Put a Flatten before it, which makes a vector of 9216.',
    );
  });
});
