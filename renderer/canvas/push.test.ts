import { describe, expect, it } from 'vitest';
import { pulledBack, pushAside } from './push';

const at = (places: Record<string, readonly [number, number]>) =>
  new Map(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }]));
const frame = { width: 264, height: 456 };

describe('room for open blocks', () => {
  it('changes nothing while all are folded', () => {
    const places = at({ a: [0, 0], b: [0, 80] });
    expect(pushAside(places, new Map())).toBe(places);
  });

  it('keeps the middle of the block, and moves what is below and to the right', () => {
    const moved = pushAside(
      at({ a: [0, 0], block: [0, 80], below: [0, 160], right: [280, 0] }),
      new Map([['block', frame]]),
    );
    expect(moved.get('a')).toEqual({ x: 0, y: 0 });
    expect(moved.get('block')).toEqual({ x: -40, y: 80 });
    expect(moved.get('below')).toEqual({ x: 0, y: 560 });
    expect(moved.get('right')).toEqual({ x: 320, y: 0 });
  });

  it('adds up in a column, and not across columns', () => {
    const open = new Map([
      ['a', frame],
      ['b', frame],
    ]);
    const moved = pushAside(at({ a: [0, 0], b: [0, 80], c: [0, 160], d: [280, 160] }), open);
    expect(moved.get('c')!.y).toBe(160 + 800);
    expect(moved.get('d')).toEqual({ x: 320, y: 160 });
  });

  it('moves what follows by a wire down too, wherever it stands', () => {
    const moved = pushAside(at({ a: [0, 0], b: [220, 80] }), new Map([['a', frame]]), [['a', 'b']]);
    expect(moved.get('b')!.y).toBe(480);
  });

  it('lets no two overlap that did not before', () => {
    const places: Record<string, readonly [number, number]> = {};
    for (let i = 0; i < 30; i++)
      places[`n${i}`] = [(i % 5) * 200 + (i % 3) * 7, Math.floor(i / 5) * 60 + (i % 4)];
    const open = new Map([
      ['n2', frame],
      ['n6', frame],
      ['n13', { width: 864, height: 600 }],
      ['n17', frame],
    ]);
    const moved = pushAside(at(places), open);
    const size = (id: string) => open.get(id) ?? { width: 184, height: 56 };
    for (const [a, p] of moved) {
      for (const [b, q] of moved) {
        if (a >= b) continue;
        const [s, t] = [size(a), size(b)];
        const over =
          p.x < q.x + t.width && q.x < p.x + s.width && p.y < q.y + t.height && q.y < p.y + s.height;
        expect(over && `${a} over ${b}`).toBe(false);
      }
    }
  });

  it('gives a place that is drawn where it was dropped, below and beside open blocks', () => {
    const places = at({ a: [0, 0], block: [0, 80], below: [0, 160], right: [280, 0] });
    const open = new Map([['block', frame]]);
    for (const [x, y] of [
      [20, 700],
      [400, 40],
      [0, 600],
      [-300, 300],
      [340, 900],
    ]) {
      const own = pulledBack(places, open, [], { x: x!, y: y! });
      expect(pushAside(new Map([...places, ['new', own]]), open).get('new')).toEqual({ x, y });
    }
    expect(pulledBack(places, open, [], { x: 120, y: 200 }, 'block')).toEqual({ x: 160, y: 200 });
    expect(pulledBack(places, new Map(), [], { x: 7, y: 9 })).toEqual({ x: 7, y: 9 });
  });
});
