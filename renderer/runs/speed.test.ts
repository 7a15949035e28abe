// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { expectSpeed, learnSlowness, learnSpeed, slownessHere } from './speed';

beforeEach(() => {
  localStorage.clear();
  expectSpeed(null);
});

it('learns from a run how much slower this device is than predicted', () => {
  expectSpeed(0.001);
  learnSpeed('CPU · 2 threads', 500);
  expect(slownessHere('CPU · 2 threads')).toBeCloseTo(2, 9);
});

it('learns the same from a probe', () => {
  learnSlowness('GPU', 0.02);
  expect(slownessHere('GPU')).toBe(0.02);
});

it('claims nothing of a device it has not seen, or before any run', () => {
  expect(slownessHere('CPU · 2 threads')).toBeUndefined();
  learnSlowness('CPU · 2 threads', 1);
  expect(slownessHere('GPU')).toBeUndefined();
});

it('learns nothing from a run whose net it does not know', () => {
  learnSpeed('CPU · 2 threads', 500);
  expect(slownessHere('CPU · 2 threads')).toBeUndefined();
});
