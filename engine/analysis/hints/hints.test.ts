import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph/document';
import { openDocument } from '../../graph/file';
import { rowOf } from '../../graph/testing';
import { analyse } from '../analyse';
import { groupNodes } from '../blocks/group';
import { repaired } from '../testing';
import { hintsOf } from './hints';

const input = ['input', { shape: [32, 32, 3] }] as const;
const ends = [['global-avg-pool'], ['dense', { units: 10 }], ['output']] as const;
const hints = (doc: GraphDocument) => hintsOf(doc, analyse(doc));
const codes = (doc: GraphDocument) => hints(doc).map((h) => h.code);

/** The net with the first repair of its hint `code` carried out. */
function mended(doc: GraphDocument, code: string): GraphDocument {
  const found = hints(doc).find((h) => h.code === code)!;
  return repaired(doc, found.repairs[0]!);
}

describe.each([
  [
    'hint/bias-before-norm',
    rowOf([input, ['conv2d', { bias: true }], ['batch-norm'], ['activation'], ...ends]),
  ],
  ['hint/activation-twice', rowOf([input, ['conv2d'], ['activation'], ['activation'], ...ends])],
  [
    'hint/softmax-twice',
    rowOf([
      ...([input, ['global-avg-pool'], ['dense', { units: 10 }]] as const),
      ...([['activation', { function: 'softmax' }], ['output']] as const),
    ]),
  ],
  [
    'hint/relu-before-output',
    rowOf([input, ['global-avg-pool'], ['dense', { units: 10 }], ['activation'], ['output']]),
  ],
  ['hint/dropout-before-norm', rowOf([input, ['conv2d'], ['dropout'], ['batch-norm'], ...ends])],
  ['hint/remainder', rowOf([input, ['max-pool', { kernel: 3, stride: 2 }], ...ends])],
  ['hint/remainder', rowOf([input, ['conv2d', { kernel: 3, stride: 2, padding: 'valid' }], ...ends])],
  [
    'hint/kernel-past-map',
    rowOf([['input', { shape: [8, 8, 3] }], ['max-pool', { kernel: 8, stride: 8 }], ['conv2d'], ...ends]),
  ],
  [
    'hint/weights-in-one',
    rowOf([
      input,
      ['conv2d', { filters: 16 }],
      ['activation'],
      ['flatten'],
      ['dense', { units: 10 }],
      ['output'],
    ]),
  ],
  [
    'hint/macs-in-one',
    rowOf([
      ...([
        input,
        ['conv2d', { filters: 64, kernel: 5 }],
        ['conv2d', { filters: 64 }],
        ['max-pool'],
      ] as const),
      ...([['conv2d', { filters: 8 }], ['conv2d', { filters: 8 }], ...ends] as const),
    ]),
  ],
] as const)('%s', (code, doc) => {
  it('is told at a node of the net, with reason and remedy', () => {
    const found = hints(doc).filter((h) => h.code === code);
    expect(found).toHaveLength(1);
    const [{ what, why, remedy, place, severity }] = found as [(typeof found)[number]];
    for (const text of [what, why, remedy]) expect(text).toMatch(/^\S.*[.]$/);
    expect(severity).toBe('hint');
    expect(Object.keys(doc.nodes)).toContain(place.node);
    expect(analyse(doc).problems).toEqual([]);
  });

  it('is gone after its repair, and the net still works', () => {
    const next = mended(doc, code);
    expect(codes(next)).not.toContain(code);
    expect(analyse(next).problems).toEqual([]);
  });
});

describe('a field past the picture', () => {
  const deep = (stride: number) =>
    rowOf([
      ['input', { shape: [16, 16, 3] }],
      ['conv2d', { stride, filters: 8 }],
      ...Array.from({ length: 5 }, () => ['conv2d', { filters: 8 }] as const),
      ...ends,
    ]);

  it('names the layers that see nothing new', () => {
    const found = hints(deep(2)).find((h) => h.code === 'hint/field-past-picture')!;
    // 3, then 4 more pixels a layer: 3, 7, 11, 15, 19; the sixth convolution reads a field of 19
    expect(found.what).toMatch(/^From '.*' on 1 layer sees/);
    expect(found.repairs[0]!.label).toMatch(/stride/);
  });

  it('is gone where an early stride is taken away', () => {
    expect(codes(mended(deep(2), 'hint/field-past-picture'))).not.toContain('hint/field-past-picture');
  });
});

it('finds nothing to better in a small net that is as it should be', () => {
  const net = rowOf([
    ...([
      input,
      ['conv2d', { bias: false }],
      ['batch-norm'],
      ['activation'],
      ['conv2d', { bias: false }],
    ] as const),
    ...([['batch-norm'], ['activation'], ...ends] as const),
  ]);
  expect(codes(net)).toEqual([]);
});

it('says it of many layers in one hint, whose repair mends all', () => {
  const pair = [['conv2d', { bias: true }], ['batch-norm'], ['activation']] as const;
  const net = rowOf([input, ...pair, ...pair, ...pair, ...ends]);
  expect(codes(net).filter((c) => c === 'hint/bias-before-norm')).toHaveLength(1);
  expect(codes(mended(net, 'hint/bias-before-norm'))).not.toContain('hint/bias-before-norm');
});

const FOLDER = new URL('../../../assets/templates/', import.meta.url);
const templates = readdirSync(FOLDER).map((file) =>
  openDocument(readFileSync(new URL(file, FOLDER), 'utf8')),
);

it('mends every template by every repair that it offers', () => {
  for (const doc of templates)
    for (const { code, repairs } of hints(doc))
      for (const repair of repairs) {
        const next = repaired(doc, repair);
        expect(next, `${doc.name}: ${code}`).not.toBe(doc);
        expect(analyse(next).problems, `${doc.name}: ${code}: ${repair.label}`).toEqual([]);
      }
});

it('mends what lies inside of a group, at its place', () => {
  const net = rowOf([input, ['conv2d', { bias: true }], ['batch-norm'], ['activation'], ...ends]);
  const ids = Object.keys(net.nodes).slice(1, 4);
  const grouped = groupNodes.run(net, { path: '', ids });
  const found = hints(grouped).find((h) => h.code === 'hint/bias-before-norm')!;
  expect(found.place.node).toContain('/');
  const next = repaired(grouped, found.repairs[0]!);
  expect(codes(next)).toEqual(codes(net).filter((c) => c !== 'hint/bias-before-norm'));
  expect(Object.keys(next.nodes)).toEqual(Object.keys(grouped.nodes));
});
