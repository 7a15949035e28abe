import { describe, expect, it } from 'vitest';
import { between, grown, inverted, ofSameKind, withDownstream, withUpstream } from './select';
import { documentOf } from './testing';

/** in → a → b → sum → out, and a → c → sum; d stands alone. */
const { nodes, edges: records } = documentOf({
  in: ['input'],
  a: ['conv2d', {}, 'in'],
  b: ['conv2d', {}, 'a'],
  c: ['batch-norm', {}, 'a'],
  sum: ['add', {}, 'b', 'c'],
  out: ['output', {}, 'sum'],
  d: ['conv2d'],
});
const edges = Object.values(records);

describe('a selection', () => {
  it('takes in all of the kinds that are in it', () => {
    expect(ofSameKind(nodes, ['b'])).toEqual(['a', 'b', 'd']);
    expect(ofSameKind(nodes, ['b', 'c', 'gone'])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on to all that comes after or before, from each of its nodes', () => {
    expect(withDownstream(nodes, ['c', 'd'], edges)).toEqual(['c', 'sum', 'out', 'd']);
    expect(withUpstream(nodes, ['b'], edges)).toEqual(['in', 'a', 'b']);
  });

  it('takes every path between two nodes, whichever comes first', () => {
    for (const [x, y] of [
      ['a', 'sum'],
      ['sum', 'a'],
    ] as const)
      expect(between(nodes, x, y, edges)).toEqual(['a', 'b', 'c', 'sum']);
    expect(between(nodes, 'b', 'c', edges)).toEqual([]);
  });

  it('turns into the rest, and grows by one wire', () => {
    expect(inverted(nodes, ['in', 'a', 'b'])).toEqual(['c', 'sum', 'out', 'd']);
    expect(grown(nodes, ['b'], edges)).toEqual(['a', 'b', 'sum']);
  });
});
