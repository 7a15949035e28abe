import { describe, expect, it } from 'vitest';
import { laneBeside } from './lanes';
import { nextTowards } from './neighbours';
import { wirePath, wireWidth } from './wire-path';

const node = { width: 184, height: 56 };
const ends = { source: node, target: node, side: true };

describe('the width of a wire', () => {
  it.each([
    [1, 1.4],
    [16, 2.4],
    [64, 3],
    [1024, 4],
    [4096, 4],
  ])('of %i channels is %f', (channels, width) => {
    expect(wireWidth([28, 28, channels])).toBe(width);
  });
  it('is the thinnest while the shape is not known', () => expect(wireWidth(undefined)).toBe(1.4));
});

describe('the way of a wire', () => {
  it('is straight between nodes in one column, its label beside it where it is short', () => {
    const path = wirePath({ ...ends, from: { x: 92, y: 56 }, to: { x: 92, y: 80 } });
    expect(path).toEqual({ d: 'M92 56C92 56 92 80 92 80', middle: { x: 92, y: 68 }, short: true });
  });

  it('leaves at the side and comes in at the side where the target stands higher, in the next column', () => {
    const { d } = wirePath({ ...ends, from: { x: 92, y: 616 }, to: { x: 372, y: 0 } });
    expect(d.startsWith('M184 588')).toBe(true);
    expect(d.endsWith('280 28')).toBe(true);
  });

  it('comes into a port from above where the target has several', () => {
    const { d } = wirePath({ ...ends, side: false, from: { x: 92, y: 616 }, to: { x: 372, y: 0 } });
    expect(d.endsWith('372 0')).toBe(true);
  });

  it('passes what stands between its ends', () => {
    const box = { x: 0, y: 100, width: 184, height: 56 };
    const lane = laneBeside({ x: 92, y: 56 }, { x: 92, y: 240 }, [box])!;
    expect(lane.x < -10 || lane.x > 194).toBe(true);
    expect(lane.top).toBeLessThan(100);
    expect(lane.bottom).toBeGreaterThan(156);
    expect(laneBeside({ x: 92, y: 56 }, { x: 92, y: 240 }, [])).toBeUndefined();
    expect(wirePath({ ...ends, from: { x: 92, y: 56 }, to: { x: 92, y: 240 }, lane }).middle.x).toBe(lane.x);
  });
});

describe('the next node in a direction', () => {
  const boxes = [
    { id: 'a', x: 0, y: 0, ...node },
    { id: 'b', x: 0, y: 80, ...node },
    { id: 'c', x: 220, y: 80, ...node },
    { id: 'd', x: 0, y: 160, ...node },
  ];
  it.each([
    ['a', { x: 0, y: 1 }, 'b'],
    ['b', { x: 1, y: 0 }, 'c'],
    ['c', { x: -1, y: 0 }, 'b'],
    ['d', { x: 0, y: -1 }, 'b'],
    ['a', { x: 0, y: -1 }, undefined],
  ])('from %s towards %o is %s', (start, way, next) => expect(nextTowards(boxes, start, way)).toBe(next));
});
