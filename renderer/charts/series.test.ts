import { expect, it } from 'vitest';
import { accuracyRange, curveData, decimate, epochOf, focusSpan, lossRange } from './series';
import { appendStep, newSteps } from './steps';

const wave = (n: number) =>
  Float32Array.from({ length: n }, (_, i) => Math.sin(i / 37) + (i === 777 ? 50 : 0) - (i === 4321 ? 60 : 0));

it('counts steps in epochs', () => {
  expect(epochOf(430, 430)).toBe(1);
  expect(epochOf(215, 430)).toBe(0.5);
  expect(epochOf(3, 0)).toBe(3);
});

it('draws short series whole', () => {
  expect(decimate([3, 1, 2], 3, 100)).toEqual([0, 1, 2]);
});

it('keeps the extremes and the last value of a long series, in order', () => {
  const values = wave(10_000);
  const kept = decimate(values, values.length, 300);
  expect(kept.length).toBeLessThanOrEqual(601);
  expect(kept).toContain(777);
  expect(kept).toContain(4321);
  expect(kept.at(-1)).toBe(9999);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
});

it('keeps the points it has drawn when the series grows a little', () => {
  const values = wave(10_000);
  const before = decimate(values, 9_000, 300);
  const after = decimate(values, 9_100, 300);
  expect(after.slice(0, 500)).toEqual(before.slice(0, 500));
});

it('joins steps and validation scores on one axis of epochs', () => {
  const steps = newSteps(1e-9);
  for (let step = 1; step <= 4; step++) appendStep(steps, { step, loss: step, accuracy: 0 });
  const marks = [
    { x: 1, value: 20 },
    { x: 1.75, value: 30 },
    { x: 9, value: 40 },
  ];
  expect(curveData(steps, 'loss', { stepsPerEpoch: 2, marks })).toEqual([
    [0.5, 1, 1.5, 1.75, 2, 9],
    [1, 2, 3, null, 4, null],
    [1, 2, 3, null, 4, null],
    [null, 20, null, 30, null, 40],
  ]);
});

it('shows what came after the first fall once there is enough of it', () => {
  const y = Array.from({ length: 200 }, (_, i) => (i < 4 ? 100 : 1 - i / 1000));
  const x = y.map((_, i) => i);
  const none = y.map(() => null);
  expect(focusSpan([x, y, y, none])![1]).toBeLessThan(1);
  expect(focusSpan([x.slice(0, 20), y.slice(0, 20), y.slice(0, 20), none])![1]).toBe(100);
  expect(focusSpan([[], [], [], []])).toBeNull();
});

it('frames losses from zero and accuracies up to one', () => {
  expect(lossRange([0.2, 2.3])[0]).toBe(0);
  expect(lossRange([2.2, 2.3])[0]).toBeGreaterThan(2);
  expect(accuracyRange([0.1, 0.98])[1]).toBe(1);
  expect(accuracyRange([0.1, 0.2])[1]).toBeLessThan(0.5);
  expect(lossRange(null)).toEqual([0, 1]);
});
