// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { expectSpeed, learnSpeed, predictSeconds } from './speed';

beforeEach(() => {
  localStorage.clear();
  expectSpeed(null);
});

it('predicts the time of another net from the speed of the last run', () => {
  expectSpeed(1e6);
  learnSpeed('CPU · 2 threads', 500);
  expect(predictSeconds('CPU · 2 threads', 1e6, 5000)).toBeCloseTo(10, 9);
  expect(predictSeconds('CPU · 2 threads', 4e6, 5000)).toBeCloseTo(40, 9);
});

it('claims nothing for a device it has not seen, or before any run', () => {
  expect(predictSeconds('CPU · 2 threads', 1e6, 5000)).toBeNull();
  expectSpeed(1e6);
  learnSpeed('CPU · 2 threads', 500);
  expect(predictSeconds('GPU', 1e6, 5000)).toBeNull();
});

it('learns nothing from a run whose net it does not know', () => {
  learnSpeed('CPU · 2 threads', 500);
  expect(predictSeconds('CPU · 2 threads', 1e6, 5000)).toBeNull();
});
