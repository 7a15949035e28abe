import { describe, expect, it } from 'vitest';
import { RunControl } from './control';
import { suggestedOf, sweepRates } from './sweep';
import { stripes, tinyNet } from './testing';

describe('the sweep of rates', () => {
  it('suggests the rate at which the loss falls fastest', () => {
    const rates = Array.from({ length: 60 }, (_, i) => 10 ** (-6 + i / 10));
    // flat to 1e-3, down along a smooth step in the middle of 1e-2, up behind 1e-1
    const loss = (rate: number) => 2 - 1 / (1 + (0.01 / rate) ** 2) + Math.max(0, Math.log10(rate / 0.1)) * 4;
    const suggested = suggestedOf(rates.map((rate) => ({ rate, loss: loss(rate) })))!;
    expect(suggested).toBeGreaterThan(0.005);
    expect(suggested).toBeLessThan(0.02);
  });

  it('suggests none where the loss only grows', () => {
    expect(suggestedOf(Array.from({ length: 20 }, (_, i) => ({ rate: i + 1, loss: i })))).toBeNull();
  });

  it('grows the rate until the loss grows, and finds a rate that trains', async () => {
    const doc = tinyNet(await stripes(), { augment: {} });
    const { points, suggested } = await sweepRates(doc, new RunControl());
    expect(points.length).toBeGreaterThan(60);
    expect(points[0]!.rate).toBe(1e-6);
    expect(points.every((p, i) => i === 0 || p.rate > points[i - 1]!.rate)).toBe(true);
    expect(suggested).toBeGreaterThan(1e-4);
    expect(suggested).toBeLessThanOrEqual(1);
  });
});
