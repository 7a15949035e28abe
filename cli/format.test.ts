import { describe, expect, it } from 'vitest';
import { bytes, count, duration, faultText, percent, printable, wrap } from './format';
import { distance, nearest } from './near';
import { table } from './table';

it('writes numbers as people read them', () => {
  expect([count(25_557_032), percent(0.9312), percent(0.99121, 2)]).toEqual([
    '25,557,032',
    '93.1 %',
    '99.12 %',
  ]);
  expect([0, 999, 28_000_000, 102_000_000, 7_100_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '28.0 MB',
    '102 MB',
    '7.1 GB',
  ]);
  expect([0, 42.4, 60, 72, 3600, 7500, Number.NaN].map(duration)).toEqual([
    '0 s',
    '42 s',
    '1 m',
    '1 m 12 s',
    '1 h',
    '2 h 5 m',
    '?',
  ]);
});

it('breaks long lines at spaces', () => {
  expect(wrap('aaa bbb ccc ddd', 7)).toBe('aaa bbb\nccc ddd');
  expect(wrap('short')).toBe('short');
});

it('prints a fault as what, where, why and what to do', () => {
  const fault = { code: 'a/b', what: 'What.', why: 'Why.', remedy: 'Do.', repairs: [] };
  expect(faultText({ ...fault, place: { node: 'conv1', param: 'kernel' } })).toBe(
    'What.\n  At:  conv1, kernel\n  Why: Why.\n  Fix: Do.',
  );
  expect(faultText({ ...fault, place: {} })).toBe('What.\n  Why: Why.\n  Fix: Do.');
});

it('lets no text move the cursor, rename the window or turn the direction of writing', () => {
  expect(printable('a\u001b[2Jb\u0007c\u009bd\u202ee\nf\tg')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde\nf\tg');
});

it('lines up columns, numbers to the right', () => {
  const rows = [
    { n: 'a', v: '1' },
    { n: 'bcd', v: '22' },
  ];
  const text = table(
    [
      { title: 'n', of: (r) => r.n },
      { title: 'v', of: (r) => r.v, right: true },
    ],
    rows,
  );
  expect(text).toBe('n     v\n───  ──\na     1\nbcd  22');
});

describe('nearest', () => {
  const names = ['lenet-5', 'resnet-20', 'resnet-50', 'vgg-d'];

  it('knows what a slip of the finger meant', () => {
    expect(['resnet20', 'ResNet-20', 'rsnet-50', 'lenet', 'vggd'].map((w) => nearest(w, names))).toEqual([
      ['resnet-20'],
      ['resnet-20'],
      ['resnet-50'],
      ['lenet-5'],
      ['vgg-d'],
    ]);
  });

  it('offers nothing for a word that is like none', () => {
    expect(nearest('my-own-file.json', names)).toEqual([]);
  });

  it('counts edits as Levenshtein does', () => {
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(distance('', 'abc')).toBe(3);
  });
});
