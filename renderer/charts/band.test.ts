import { expect, it } from 'vitest';
import { alignedBand, bandData } from './band';
import { appendStep, newSteps } from './steps';

/** Constant, so that the running mean is the value itself. */
const run = (value: number, steps: number, validation: number) => {
  const s = newSteps(10, 4);
  for (let step = 1; step <= steps; step++) appendStep(s, { step, loss: value, accuracy: 0 });
  return { steps: s, marks: [{ x: 1.25, value: validation }] };
};

it('gives the mean of the runs and one deviation around it, on one axis of epochs', () => {
  const data = bandData([run(1, 4, 10), run(2, 4, 10), run(3, 2, 13)], 'loss', 2);
  expect(data.x).toEqual([0.5, 1, 1.25, 1.5, 2]);
  expect(data.train.mean).toEqual([2, 2, null, 1.5, 1.5]);
  expect(data.train.low[0]).toBeCloseTo(1, 6); // deviation of 1, 2, 3 is 1
  expect(data.train.high[4]).toBeCloseTo(1.5 + Math.SQRT1_2, 6); // of 1 and 2
  expect(data.validation.mean).toEqual([null, null, 11, null, null]);
  expect(data.runs[2]).toEqual([3, 3, null, null, null]);
  expect(alignedBand(data)).toHaveLength(10);
});

it('draws long runs with few points, the last one among them', () => {
  const { x } = bandData([run(1, 1000, 1)], 'loss', 100, 50);
  expect(x.length).toBeLessThanOrEqual(51);
  expect(x.at(-1)).toBe(10);
});

it('has nothing to draw of no runs', () => {
  expect(bandData([], 'loss', 1).x).toEqual([]);
});
