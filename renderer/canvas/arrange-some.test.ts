import { describe, expect, it } from 'vitest';
import { documentOf } from '../../engine/graph/testing';
import { arrangeSome } from './arrange-some';
import { arrange } from './layout';

const net = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  a: ['conv2d', {}, 'in'],
  b: ['conv2d', {}, 'a'],
  c: ['conv2d', {}, 'a'],
  add: ['add', {}, 'b', 'c'],
  out: ['output', {}, 'add'],
});
const place = (at: Record<string, readonly [number, number]>) => ({
  ...net,
  nodes: Object.fromEntries(
    Object.entries(net.nodes).map(([id, n]) => {
      const [x, y] = at[id] ?? [2000, 2000];
      return [id, { ...n, position: { x, y } }];
    }),
  ),
});

describe('arranging some nodes', () => {
  it('moves only them, and keeps their middle', () => {
    const doc = place({ a: [0, 400], b: [600, 0], c: [-600, 100], add: [0, -400] });
    const places = arrangeSome(doc, ['a', 'b', 'c', 'add']);
    expect([...places.keys()]).toEqual(['a', 'b', 'c', 'add']);
    const ys = [...places.values()].map((p) => p.y);
    const xs = [...places.values()].map((p) => p.x);
    expect(Math.abs((Math.min(...ys) + Math.max(...ys)) / 2)).toBeLessThanOrEqual(20);
    expect(Math.abs((Math.min(...xs) + Math.max(...xs)) / 2)).toBeLessThanOrEqual(20);
    expect(places.get('add')!.y).toBeGreaterThan(places.get('b')!.y);
  });

  it('goes aside where another node stands in the middle', () => {
    const doc = place({ a: [0, 0], b: [0, 200], in: [40, 100] });
    const places = arrangeSome(doc, ['a', 'b']);
    for (const p of places.values())
      expect(Math.abs(p.x - 40) >= 184 || Math.abs(p.y - 100) >= 56, `${p.x} ${p.y}`).toBe(true);
  });

  it('has nothing to do for a single node', () => {
    expect(arrangeSome(place({}), ['a']).size).toBe(0);
  });
});

describe('arranging to the right', () => {
  const places = arrange({ ...net, layout: { open: [], direction: 'right' } });
  it('stands sources left of users, and branches above each other', () => {
    const order = ['in', 'a', 'b', 'add', 'out'].map((id) => places.get(id)!.x);
    expect(order).toEqual([...order].sort((p, q) => p - q));
    expect(new Set(order).size).toBe(5);
    expect(places.get('b')!.x).toBe(places.get('c')!.x);
    expect(places.get('b')!.y).toBeLessThan(places.get('c')!.y);
  });
});
