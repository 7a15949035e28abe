import { expect, it } from 'vitest';
import { appendStep, keepUntil, newMean, newSteps } from './steps';

const run = (steps: number, memory = 10) => {
  const s = newSteps(memory, 4);
  for (let step = 1; step <= steps; step++) appendStep(s, { step, loss: 1 / step, accuracy: 1 - 1 / step });
  return s;
};

it('starts a smoothed curve at the first value, not at zero', () => {
  const mean = newMean(50);
  expect(mean.next(2.3)).toBeCloseTo(2.3, 12);
});

it('smooths a constant to itself and weights the past by e^(-k/memory)', () => {
  const constant = newMean(7);
  for (let i = 0; i < 40; i++) expect(constant.next(3)).toBeCloseTo(3, 12);

  const mean = newMean(2);
  mean.next(1);
  const keep = Math.exp(-1 / 2);
  expect(mean.next(5)).toBeCloseTo((keep * 1 + 5) / (keep + 1), 12);
});

it('follows the steep start of a run, and is calm later on', () => {
  const start = newMean(50);
  let last = 0;
  for (let step = 1; step <= 40; step++) last = start.next(4 * Math.exp(-step / 10));
  expect(last).toBeLessThan(0.25); // the value itself is 0.07; a memory of 50 from the start would say 1.2

  const calm = newMean(50);
  for (let i = 0; i < 800; i++) last = calm.next(i % 2);
  expect(Math.abs(last - 0.5)).toBeLessThan(0.02);
});

it('leaves out what is not finite', () => {
  const mean = newMean(5);
  mean.next(1);
  expect(mean.next(Number.NaN)).toBeCloseTo(1, 12);
  expect(mean.next(Number.POSITIVE_INFINITY)).toBeCloseTo(1, 12);
});

it('grows, and keeps every value', () => {
  const s = run(1000);
  expect(s.length).toBe(1000);
  expect(s.step[999]).toBe(1000);
  expect(s.raw.loss[499]).toBeCloseTo(1 / 500, 6);
});

it('leaves out steps that it has already', () => {
  const s = run(10);
  appendStep(s, { step: 10, loss: 9, accuracy: 9 });
  appendStep(s, { step: 4, loss: 9, accuracy: 9 });
  expect(s.length).toBe(10);
  expect(s.raw.loss[9]).toBeCloseTo(0.1, 6);
});

it('goes back to a checkpoint as if the later steps had not been', () => {
  const back = keepUntil(run(100), 40, 10);
  const straight = run(40);
  expect(back.length).toBe(40);
  expect(back.smooth.loss[39]).toBeCloseTo(straight.smooth.loss[39]!, 6);
});
