import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../graph/document';
import { documentOf } from '../graph/testing';
import { dissolveNodes, swapNodes } from './rewire';

const placed = (doc: GraphDocument): GraphDocument => ({
  ...doc,
  nodes: Object.fromEntries(
    Object.entries(doc.nodes).map(([id, n], i) => [id, { ...n, position: { x: 0, y: i * 80 } }]),
  ),
});
const net = placed(
  documentOf({
    in: ['input'],
    a: ['conv2d', { filters: 4 }, 'in'],
    b: ['batch-norm', {}, 'a'],
    c: ['activation', {}, 'b'],
    sum: ['add', {}, 'c', 'a'],
    cat: ['concat', {}, 'sum', 'in', 'b'],
    flat: ['flatten', {}, 'cat'],
    out: ['output', {}, 'flat'],
  }),
);
const ends = ({ edges }: GraphDocument) =>
  Object.values(edges)
    .map((e) => `${e.from.node} ${e.to.node}.${e.to.port}`)
    .sort();

describe('taking nodes out', () => {
  it('keeps the wire from the first input to all that was fed', () => {
    const next = dissolveNodes.run(net, { ids: ['b', 'c', 'gone'] });
    expect(Object.keys(next.nodes)).toEqual(['in', 'a', 'sum', 'cat', 'flat', 'out']);
    expect(ends(next)).toEqual(
      [
        'in a.x',
        'a sum.x1',
        'a sum.x2',
        'sum cat.x1',
        'in cat.x2',
        'a cat.x3',
        'cat flat.x',
        'flat out.x',
      ].sort(),
    );
    expect(dissolveNodes.run(net, { ids: ['gone'] })).toBe(net);
  });

  it('takes the first input as the kind lists it, not by the alphabet', () => {
    const gate = documentOf({ p: ['input'], q: ['conv2d'], cell: ['nas-cell'], z: ['flatten', {}, 'cell'] });
    const wire = (from: string, port: string) => ({
      from: { node: from, port: 'out' },
      to: { node: 'cell', port },
    });
    const edges = { ...gate.edges, e1: wire('p', 'previous'), e2: wire('q', 'x') };
    expect(ends(dissolveNodes.run({ ...gate, edges }, { ids: ['cell'] }))).toEqual(['q z.x']);
  });
});

describe('swapping two nodes', () => {
  const swap = (a: string, b: string, doc = net) => swapNodes.run(doc, { ids: [a, b] });

  it('exchanges wires and places, also of two in a row, and twice is nothing', () => {
    const next = swap('a', 'b');
    expect(ends(next)).toEqual(
      [
        'in b.x',
        'b a.x',
        'a c.x',
        'c sum.x1',
        'b sum.x2',
        'sum cat.x1',
        'in cat.x2',
        'a cat.x3',
        'cat flat.x',
        'flat out.x',
      ].sort(),
    );
    expect(next.nodes['a']!.position).toEqual(net.nodes['b']!.position);
    expect(next.nodes['a']!.params).toEqual({ filters: 4 });
    expect(swap('a', 'b', next)).toEqual(net);
  });

  it('brings wires to the ports of the other in their order', () => {
    const apart = {
      ...net,
      edges: Object.fromEntries(Object.entries(net.edges).filter(([id]) => !id.endsWith('x3'))),
    };
    expect(ends(swap('sum', 'cat', apart))).toContain('cat sum.x1');
    const single = documentOf({ p: ['input'], m: ['add'], k: ['conv2d', {}, 'p'], z: ['flatten', {}, 'k'] });
    expect(ends(swap('m', 'k', single))).toEqual(['m z.x', 'p m.x1']);
  });

  it('refuses where wires would find no port, and says which', () => {
    expect(() => swap('cat', 'a')).toThrow("3 wires lead to 'cat'");
    expect(() => swap('in', 'a')).toThrow("'in' has no input");
    expect(() => swap('flat', 'out')).toThrow("'out' is the end of the net");
    expect(swap('a', 'a')).toBe(net);
    expect(swap('a', 'gone')).toBe(net);
  });
});
