import { describe, expect, it } from 'vitest';
import { crosses, insideLoop, loopTouches, pickedBy } from './stroke';

const p = (x: number, y: number) => ({ x, y });
const box = (x: number, y: number, width = 20, height = 10) => ({ x, y, width, height });
const square = [p(0, 0), p(100, 0), p(100, 100), p(0, 100)];
/** A loop open at the top like a U: its middle is outside. */
const horseshoe = [p(0, 0), p(30, 0), p(30, 70), p(70, 70), p(70, 0), p(100, 0), p(100, 100), p(0, 100)];

describe('a stroke', () => {
  it('crosses a line between its ends, and not beside or behind them', () => {
    const line = [p(0, 0), p(50, 50), p(50, 200)];
    expect(crosses(p(0, 40), p(40, 0), line)).toBe(true);
    expect(crosses(p(40, 100), p(60, 100), line)).toBe(true);
    expect(crosses(p(51, 0), p(51, 300), line)).toBe(false);
    expect(crosses(p(0, 300), p(100, 300), line)).toBe(false);
    // it ends on the line
    expect(crosses(p(0, 100), p(50, 100), line)).toBe(true);
  });
});

describe('a loop', () => {
  it('has an inside, also where it is bent', () => {
    expect(insideLoop(p(50, 50), square)).toBe(true);
    expect(insideLoop(p(150, 50), square)).toBe(false);
    expect(insideLoop(p(50, 30), horseshoe)).toBe(false);
    expect(insideLoop(p(50, 90), horseshoe)).toBe(true);
  });

  it('touches a box by a corner, by crossing it, and by lying in it', () => {
    expect(loopTouches(square, box(95, 95))).toBe(true);
    expect(loopTouches(square, box(-50, 40, 300))).toBe(true);
    expect(loopTouches(square, box(-100, -100, 400, 400))).toBe(true);
    expect(loopTouches(horseshoe, box(40, 20))).toBe(false);
    expect(loopTouches(square, box(200, 0))).toBe(false);
    expect(loopTouches([p(0, 0), p(100, 100)], box(10, 10))).toBe(false);
  });

  it('takes an open block only whole, and then not its inside', () => {
    const boxes = [
      { id: 'block', frame: true, ...box(10, 10, 200, 80) },
      { id: 'block/a', frame: false, ...box(20, 20) },
      { id: 'b', frame: false, ...box(50, 95) },
    ];
    expect(pickedBy(square, boxes)).toEqual(['block/a', 'b']);
    const large = square.map(({ x, y }) => p(3 * x, y));
    expect(pickedBy(large, boxes)).toEqual(['block', 'b']);
  });
});
