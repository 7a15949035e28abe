import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../document';
import { alignNodes, distributeNodes, type Line } from './arrange';

const at = (places: Readonly<Record<string, readonly [number, number] | undefined>>): GraphDocument => ({
  ...emptyDocument('t'),
  nodes: Object.fromEntries(
    Object.entries(places).map(([id, p]) => [
      id,
      { type: 'k', v: 1, params: {}, ...(p && { position: { x: p[0], y: p[1] } }) },
    ]),
  ),
});
const doc = at({ a: [0, 0], b: [220, 75], c: [500, 400], far: [900, 900], bare: undefined });
const ids = ['a', 'b', 'c', 'bare', 'gone'];
const along = (d: GraphDocument, axis: 'x' | 'y') =>
  ['a', 'b', 'c'].map((id) => d.nodes[id]!.position![axis]);

describe('aligning', () => {
  it.each<[Line, number]>([
    ['left', 0],
    ['centre', 260],
    ['right', 500],
    ['top', 0],
    ['middle', 200],
    ['bottom', 400],
  ])('to %s brings all to one line of the grid, and leaves the other axis and the rest', (line, value) => {
    const next = alignNodes.run(doc, { ids, line });
    const axis = ['left', 'centre', 'right'].includes(line) ? 'x' : 'y';
    expect(along(next, axis)).toEqual([value, value, value]);
    expect(along(next, axis === 'x' ? 'y' : 'x')).toEqual(along(doc, axis === 'x' ? 'y' : 'x'));
    expect(next.nodes['far']).toBe(doc.nodes['far']);
    expect(next.nodes['bare']).toBe(doc.nodes['bare']);
    expect(alignNodes.run(next, { ids, line })).toBe(next);
  });

  it('takes two nodes or more', () => {
    expect(alignNodes.run(doc, { ids: ['b', 'b', 'bare'], line: 'top' })).toBe(doc);
  });
});

describe('distributing', () => {
  it('gives even distances between the outermost, on the grid, by where nodes stand and not by how they are listed', () => {
    const next = distributeNodes.run(doc, { ids: ['c', 'far', 'b', 'a'], axis: 'x' });
    expect(along(next, 'x')).toEqual([0, 300, 600]);
    expect(next.nodes['a']).toBe(doc.nodes['a']);
    expect(next.nodes['far']).toBe(doc.nodes['far']);
  });

  it('takes three nodes or more', () => {
    expect(distributeNodes.run(doc, { ids: ['a', 'c'], axis: 'y' })).toBe(doc);
  });
});
