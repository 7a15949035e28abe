import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../document';
import { insertNode } from './insert';

/** a -> b -> c in one column, 80 apart. */
const chain = (): GraphDocument => ({
  ...emptyDocument('chain'),
  nodes: Object.fromEntries(
    ['a', 'b', 'c'].map((id, i) => [id, { type: 'k', v: 1, params: {}, position: { x: 0, y: i * 80 } }]),
  ),
  edges: {
    e1: { from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'x' } },
    e2: { from: { node: 'b', port: 'out' }, to: { node: 'c', port: 'x2' } },
  },
});

describe('edge.insert', () => {
  it('splits the wire: source to the new node, new node to the old target and port', () => {
    const doc = insertNode.run(chain(), { edge: 'e2', type: 'conv', v: 3, params: { filters: 8 } });
    expect(doc.nodes['conv-1']).toMatchObject({ type: 'conv', v: 3, params: { filters: 8 } });
    expect(doc.edges['e2']).toEqual({ from: { node: 'b', port: 'out' }, to: { node: 'conv-1', port: 'x' } });
    expect(doc.edges['e-1']).toEqual({
      from: { node: 'conv-1', port: 'out' },
      to: { node: 'c', port: 'x2' },
    });
  });

  it('moves the target and what stands below down by one row when there is no room', () => {
    const doc = insertNode.run(chain(), { edge: 'e1', type: 'conv' });
    const y = Object.fromEntries(Object.entries(doc.nodes).map(([id, n]) => [id, n.position!.y]));
    expect(y).toEqual({ a: 0, 'conv-1': 80, b: 160, c: 240 });
  });

  it('stands beside what already stands half way', () => {
    const start = chain();
    const doc = insertNode.run(
      {
        ...start,
        edges: { ...start.edges, e3: { from: { node: 'a', port: 'out' }, to: { node: 'c', port: 'x1' } } },
      },
      { edge: 'e3', type: 'conv' },
    );
    expect(doc.nodes['conv-1']!.position).toEqual({ x: 220, y: 80 });
    expect(doc.nodes['c']!.position).toEqual({ x: 0, y: 160 });
  });

  it('puts a row of nodes on one wire', () => {
    const doc = insertNode.run(chain(), {
      edge: 'e1',
      type: 'pool',
      more: [{ type: 'dense', params: { units: 10 } }],
    });
    const ends = Object.values(doc.edges).map((e) => `${e.from.node} ${e.to.node}`);
    expect(ends).toEqual(['a pool-1', 'b c', 'pool-1 dense-1', 'dense-1 b']);
  });

  it('leaves the document as it is when the wire is not there', () => {
    const doc = chain();
    expect(insertNode.run(doc, { edge: 'e9', type: 'conv' })).toBe(doc);
  });
});
