import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { arrange } from './layout';
import { firstFree, placeMissing } from './place-missing';

function graph(...links: readonly string[]): GraphDocument {
  const ids = [...new Set(links.flatMap((l) => l.split('>')))];
  const edges = links.map((l, i) => {
    const [from, to] = l.split('>');
    return [`e${i}`, { from: { node: from!, port: 'out' }, to: { node: to!, port: `x${i}` } }] as const;
  });
  return {
    ...emptyDocument('t'),
    nodes: Object.fromEntries(ids.map((id) => [id, { type: 'k', v: 1, params: {} }])),
    edges: Object.fromEntries(edges),
  };
}
const chain = (n: number): GraphDocument =>
  graph(...Array.from({ length: n - 1 }, (_, i) => `n${i}>n${i + 1}`));

describe('arranging a net', () => {
  it('stands a short chain in one column, 80 pixels a row', () => {
    expect([...arrange(chain(4)).values()]).toEqual([0, 80, 160, 240].map((y) => ({ x: 0, y })));
  });

  it('stands the 16 nodes of ResNet-20 in two columns of eight, each from the top down', () => {
    const places = arrange(chain(16));
    expect(places.get('n7')).toEqual({ x: 0, y: 560 });
    expect(places.get('n8')).toEqual({ x: 280, y: 0 });
    expect(places.get('n15')).toEqual({ x: 280, y: 560 });
  });

  it('stands 110 layers about as wide as high', () => {
    const all = [...arrange(chain(110)).values()];
    const [width, height] = [Math.max(...all.map((p) => p.x)) + 184, Math.max(...all.map((p) => p.y)) + 56];
    expect(width / height).toBeGreaterThan(1.1);
    expect(width / height).toBeLessThan(2);
  });

  it('stands two branches side by side, and cuts a long net only where one wire leads on', () => {
    const links = Array.from({ length: 6 }, (_, i) => [
      `a${i}>l${i}`,
      `a${i}>r${i}`,
      `l${i}>b${i}`,
      `r${i}>b${i}`,
      `b${i}>a${i + 1}`,
    ]);
    const doc = graph(...links.flat());
    const places = arrange(doc);
    for (let i = 0; i < 6; i++) {
      expect(places.get(`l${i}`)!.y).toBe(places.get(`r${i}`)!.y);
      expect(places.get(`b${i}`)!.y).toBeGreaterThan(places.get(`a${i}`)!.y);
    }
    expect(new Set([...places.values()].map((p) => p.y)).size).toBeLessThan(12);
  });

  it('puts every node on the grid and no two on one place', () => {
    const places = [...arrange(graph('a>b', 'a>c', 'b>d', 'c>d', 'x>y')).values()];
    expect(places.every((p) => p.x % 20 === 0 && p.y % 20 === 0)).toBe(true);
    expect(new Set(places.map((p) => `${p.x} ${p.y}`)).size).toBe(places.length);
  });

  it('places one new node below its source and moves no other', () => {
    const doc = chain(3);
    const at = arrange(doc);
    for (const id of ['n0', 'n1']) doc.nodes[id] = { ...doc.nodes[id]!, position: at.get(id)! };
    expect([...placeMissing(doc)]).toEqual([['n2', { x: 0, y: 160 }]]);
  });

  it('leaves a document alone that has all places', () => {
    const doc = chain(2);
    for (const id of ['n0', 'n1']) doc.nodes[id] = { ...doc.nodes[id]!, position: { x: 0, y: 0 } };
    expect(placeMissing(doc).size).toBe(0);
  });

  it('goes to the right where a place is taken', () => {
    expect(firstFree({ x: 0, y: 0 }, [{ x: 0, y: 0 }])).toEqual({ x: 220, y: 0 });
  });
});
