import { describe, expect, it } from 'vitest';
import { rowOf } from '../graph/testing';
import { elaborate } from './elaborate';

/** Blocks of `count` residual units each, of 8 nodes. */
const rowOfRepeats = (...counts: readonly number[]) =>
  rowOf([
    ['input', { shape: [8, 8, 64] }],
    ...counts.map((count) => ['repeat', { block: 'residual', count }] as const),
    ['global-avg-pool'],
    ['output'],
  ]);
const codes = (doc: ReturnType<typeof rowOfRepeats>) => elaborate(doc).problems.map((p) => p.code);

describe('the layers that blocks may hold', () => {
  it('are counted over the whole document: two that are fine alone may be too much together', () => {
    expect(codes(rowOfRepeats(1000, 1000))).not.toContain('graph/too-large');
    const parts = rowOfRepeats(1000, 1000, 1000, 1000, 1000);
    expect(codes(parts).filter((c) => c === 'graph/too-large')).toHaveLength(1);
  });

  it('are the same after an edit as when the file is read afresh', () => {
    const small = rowOfRepeats(1000, 1000, 3, 3);
    expect(codes(small)).toEqual(codes(structuredClone(small)));
    const more = {
      ...small,
      nodes: { ...small.nodes, n1: rowOfRepeats(1000, 1000, 1000, 1000, 1000).nodes['n1']! },
    };
    const large = {
      ...more,
      nodes: Object.fromEntries(
        Object.entries(more.nodes).map(([id, n]) => [
          id,
          n.type === 'repeat' ? { ...n, params: { ...n.params, count: 1000 } } : n,
        ]),
      ),
    };
    expect(codes(large)).toEqual(codes(structuredClone(large)));
    expect(codes(small)).toEqual(codes(structuredClone(small)));
  });
});
