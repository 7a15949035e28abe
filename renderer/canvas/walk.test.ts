import { describe, expect, it } from 'vitest';
import { walk } from './walk';

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 184, height: 56 });
/** a forks to b, c and d; b and c join in sum. `near` stands right below a, and no wire leads there. */
const boxes = [
  box('a', 0, 0),
  box('near', 0, 80),
  box('b', -40, 200),
  box('c', 200, 200),
  box('d', 500, 240),
  box('sum', 100, 300),
];
const wire = (source: string, target: string) => ({ source, target });
const wires = [wire('a', 'b'), wire('a', 'c'), wire('a', 'd'), wire('b', 'sum'), wire('c', 'sum')];
const go = (start: string, x: number, y: number) => walk(boxes, wires, start, { x, y });

describe('arrow keys between nodes', () => {
  it('go down along the straightest wire and not to what merely stands near, and up again', () => {
    expect(go('a', 0, 1)).toBe('b');
    expect(go('c', 0, 1)).toBe('sum');
    expect(go('d', 0, -1)).toBe('a');
    expect(go('sum', 0, -1)).toBe('c');
  });

  it('go left and right to nodes with a source or target in common, one by one', () => {
    expect(go('b', 1, 0)).toBe('c');
    expect(go('c', 1, 0)).toBe('d');
    expect(go('d', -1, 0)).toBe('c');
  });

  it('go by place where no wire leads', () => {
    expect(go('near', 0, 1)).toBe('b');
    expect(go('near', 0, -1)).toBe('a');
    expect(walk(boxes, wires, 'gone', { x: 0, y: 1 })).toBeUndefined();
  });

  it('stay out of a frame from its own wires to its inside', () => {
    const inner = [...boxes, box('b/x', -30, 220)];
    expect(walk(inner, [wire('b', 'b/x'), ...wires], 'b', { x: 0, y: 1 })).toBe('sum');
  });
});
