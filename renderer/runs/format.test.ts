import { expect, it } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatLoss,
  formatPercent,
  formatSetting,
  formatSpeed,
  formatWhen,
} from './format';

it.each([
  [0, '0 s'],
  [0.2, 'under 1 s'],
  [42.4, '42 s'],
  [59.6, '1 m'],
  [72, '1 m 12 s'],
  [3599.6, '1 h'],
  [7500, '2 h 5 m'],
  [86_400, '1 d'],
  [3 * 86_400 + 4 * 3600, '3 d 4 h'],
  [Number.NaN, '–'],
  [-1, '–'],
])('writes %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it.each([
  [0.9841, '98.4 %'],
  [1, '100.0 %'],
  [0.99999, '99.9 %'],
  [0, '0.0 %'],
])('writes the share %d as %s, and 100 % only where nothing is wrong', (share, text) =>
  expect(formatPercent(share)).toBe(text),
);

it.each([
  [2.297, '2.30'],
  [0.2119, '0.212'],
  [0.01234, '0.0123'],
  [0.000041, '4.1e-5'],
  [0, '0.00'],
  [12345, '1.2e+4'],
])('writes the loss %d as %s', (loss, text) => expect(formatLoss(loss)).toBe(text));

it('writes counts, settings and speeds', () => {
  expect(formatCount(2914)).toBe('2,914');
  expect([0.1, 0.0316227, 1e-7, 0.00015, 0].map(formatSetting)).toEqual([
    '0.1',
    '0.03162',
    '1e-7',
    '1.5e-4',
    '0',
  ]);
  expect(formatSpeed(561.2)).toBe('561 images/s');
  expect(formatSpeed(4.23)).toBe('4.2 images/s');
});

it('writes when a run was started as a person would', () => {
  const now = new Date(2026, 4, 7, 15, 0);
  expect(formatWhen(new Date(2026, 4, 7, 9, 5).toISOString(), now)).toBe('today 09:05');
  expect(formatWhen(new Date(2026, 4, 6, 23, 59).toISOString(), now)).toBe('yesterday 23:59');
  expect(formatWhen(new Date(2026, 0, 5, 14, 2).toISOString(), now)).toBe('5 Jan 14:02');
  expect(formatWhen(new Date(2024, 0, 5, 14, 2).toISOString(), now)).toBe('5 Jan 2024');
  expect(formatWhen('no date', now)).toBe('no date');
});
