import { describe, expect, it } from 'vitest';
import { portOrder, wiresPast } from './bypass';
import { documentOf } from './testing';

const none = () => undefined;
const ends = (
  edges: Readonly<Record<string, { from: { node: string }; to: { node: string; port: string } }>>,
) => Object.values(edges).map((e) => `${e.from.node} ${e.to.node}.${e.to.port}`);

describe('wires past nodes', () => {
  const { edges } = documentOf({
    a: ['k'],
    b: ['k', {}, 'a'],
    c: ['k', {}, 'b'],
    d: ['k', {}, 'c'],
    sum: ['k', {}, 'a', 'd'],
  });

  it('lead from what comes before a row of them to all that came after', () => {
    expect(ends(wiresPast(edges, new Set(['b', 'c']), none).edges)).toEqual([
      'a d.x',
      'a sum.x1',
      'd sum.x2',
    ]);
  });

  it('keep their ids, and are the same objects where nothing changes', () => {
    const past = wiresPast(edges, new Set(['b']), none).edges;
    expect(past['b-c-x']).toEqual({ from: { node: 'a', port: 'out' }, to: { node: 'c', port: 'x' } });
    expect(past['c-d-x']).toBe(edges['c-d-x']);
  });

  it('take the first wired input, x2 before x10, or as the kind lists them', () => {
    const merge = documentOf({ a: ['k'], b: ['k'] }).edges;
    const wired = {
      ...merge,
      late: { from: { node: 'a', port: 'out' }, to: { node: 'm', port: 'x10' } },
      early: { from: { node: 'b', port: 'out' }, to: { node: 'm', port: 'x2' } },
      on: { from: { node: 'm', port: 'out' }, to: { node: 'z', port: 'x' } },
    };
    expect(ends(wiresPast(wired, new Set(['m']), none).edges)).toEqual(['b z.x']);
    expect(ends(wiresPast(wired, new Set(['m']), () => ['x10', 'x2']).edges)).toEqual(['a z.x']);
    expect(['x10', 'x2', 'x1'].sort(portOrder())).toEqual(['x1', 'x2', 'x10']);
  });

  it('end where nothing comes in, and where skipped nodes go round in a circle', () => {
    expect(ends(wiresPast(edges, new Set(['a']), none).edges)).not.toContain('a b.x');
    const circle = {
      e1: { from: { node: 'p', port: 'out' }, to: { node: 'q', port: 'x' } },
      e2: { from: { node: 'q', port: 'out' }, to: { node: 'p', port: 'x' } },
      e3: { from: { node: 'q', port: 'out' }, to: { node: 'z', port: 'x' } },
    };
    expect(wiresPast(circle, new Set(['p', 'q']), none).edges).toEqual({});
    // a circle through one node would feed itself
    expect(ends(wiresPast(circle, new Set(['q']), none).edges)).toEqual(['p z.x']);
  });
});
