import { expect, it } from 'vitest';
import { CARD, placeCard } from './place';

const WINDOW = { width: 1440, height: 900 };
const box = (left: number, top: number, width: number, height: number) => ({
  ...{ left, top, width, height },
  ...{ right: left + width, bottom: top + height },
});

it.each([
  ['a card of the canvas', box(600, 200, 184, 56), WINDOW],
  ['the palette', box(0, 48, 232, 600), WINDOW],
  ['the inspector', box(1144, 48, 296, 600), WINDOW],
  ['the totals', box(380, 600, 740, 32), WINDOW],
  ['the count of problems', box(1060, 600, 80, 24), WINDOW],
  ['the button that runs', box(1360, 8, 70, 32), WINDOW],
  ['the dock', box(0, 680, 1440, 220), WINDOW],
  ['the dock of a window at 200 %', box(0, 366, 720, 84), { width: 720, height: 450 }],
])('stands beside %s, on the window and not over it', (_, at, window) => {
  const { left, top } = placeCard(at, window);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(left + CARD.width).toBeLessThanOrEqual(window.width);
  expect(top + CARD.height).toBeLessThanOrEqual(window.height);
  const apart =
    left >= at.right || left + CARD.width <= at.left || top >= at.bottom || top + CARD.height <= at.top;
  expect(apart).toBe(true);
});

it('stands in the corner when there is nothing to stand beside', () => {
  expect(placeCard(undefined, WINDOW)).toEqual({ left: 12, top: 900 - CARD.height - 12 });
});
