import { expect, it } from 'vitest';
import { classReport } from '../engine/analysis/class-report';
import { classTable } from './class-table';

it('lists every class of a few, the means, and what was mixed up', () => {
  const matrix = [
    [90, 0, 10],
    [1, 99, 0],
    [20, 0, 0],
  ];
  expect(classTable(classReport(matrix, ['cat', 'dog', 'owl'])).split('\n')).toEqual([
    'class          precision   recall       F1  pictures',
    '─────────────  ─────────  ───────  ───────  ────────',
    'cat              81.08 %  90.00 %  85.31 %       100',
    'dog             100.00 %  99.00 %  99.50 %       100',
    'owl               0.00 %   0.00 %   0.00 %        20',
    'macro mean       60.36 %  63.00 %  61.60 %',
    'weighted mean    82.31 %  85.91 %  84.00 %',
    '',
    'balanced       63.00 %, the mean recall of the classes',
    'mixed up       owl as cat (20), cat as owl (10), dog as cat (1)',
  ]);
});

it('marks a class that is never predicted', () => {
  const text = classTable(
    classReport(
      [
        [3, 0],
        [2, 0],
      ],
      ['a', 'b'],
    ),
  );
  expect(text).toMatch(/^b .*0\.00 % +2 {2}never predicted$/m);
});

it('lists the five worst of many', () => {
  const matrix = Array.from({ length: 30 }, (_, t) =>
    Array.from({ length: 30 }, (_, p) => (t === p ? 100 - t : p === 0 ? t : 0)),
  );
  const lines = classTable(
    classReport(
      matrix,
      matrix.map((_, i) => `c${i}`),
    ),
  ).split('\n');
  expect(lines[0]).toBe('The 5 worst of 30 classes:');
  // class 0 takes the mistakes of all others: precision 100 in 535
  expect(lines.slice(3, 8).map((l) => l.split(' ')[0])).toEqual(['c0', 'c29', 'c28', 'c27', 'c26']);
});
