import { expect, it } from 'vitest';
import { spread, spreadOfRuns } from './spread';

it('gives mean, sample deviation and limits', () => {
  // numpy 2: np.std([2, 4, 4, 4, 5, 5, 7, 9], ddof=1) = 2.138089935299395
  const found = spread([2, 4, 4, 4, 5, 5, 7, 9])!;
  expect(found).toMatchObject({ count: 8, mean: 5, min: 2, max: 9 });
  expect(found.deviation).toBeCloseTo(2.138089935299395, 12);
});

it('has no deviation of one figure, and nothing to say of none', () => {
  expect(spread([0.5])).toEqual({ count: 1, mean: 0.5, deviation: null, min: 0.5, max: 0.5 });
  expect(spread([])).toBeNull();
});

it('leaves out runs that did not end', () => {
  const runs = [
    { result: { test: { accuracy: 0.9, loss: 0.2 }, seconds: 10 } },
    { result: null },
    { result: { test: { accuracy: 0.8, loss: 0.4 }, seconds: 12 } },
  ];
  expect(spreadOfRuns(runs).accuracy).toMatchObject({ count: 2, min: 0.8, max: 0.9 });
  expect(spreadOfRuns(runs).loss!.mean).toBeCloseTo(0.3, 12);
  expect(spreadOfRuns(runs).seconds!.mean).toBe(11);
});
