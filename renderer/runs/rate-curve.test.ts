import { expect, it } from 'vitest';
import { rateAtEpoch } from '../../engine/graph/schedule';
import { ratePath } from './rate-curve';

const run = { rate: 0.1, epochs: 10 };

it('warms up from zero, then follows the cosine to zero', () => {
  const settings = { ...run, schedule: { type: 'cosine', warmup: 2 } as const };
  expect([0, 1, 2, 6, 10].map((e) => Number(rateAtEpoch(e, settings).toFixed(6)))).toEqual([
    0, 0.05, 0.1, 0.05, 0,
  ]);
});

it('cuts by steps that count from the start of the run', () => {
  const settings = { ...run, schedule: { type: 'step', warmup: 1, every: 4, factor: 0.1 } as const };
  expect([3.9, 4, 8].map((e) => Number(rateAtEpoch(e, settings).toFixed(6)))).toEqual([0.1, 0.01, 0.001]);
});

it('stays where it is', () => {
  const settings = { ...run, schedule: { type: 'constant', warmup: 0 } as const };
  expect([0, 5, 10].map((e) => rateAtEpoch(e, settings))).toEqual([0.1, 0.1, 0.1]);
  expect(ratePath(settings, 100, 20)).toMatch(/^M0\.0 0\.0L.*L100\.0 0\.0$/);
});
