// What the canvas bench does in the window: pans, zooms, drags of a hundred nodes, and typing.
import { framesDuring, viewOf } from './canvas-window.mjs';

/** About sixty moves a second; a slower window takes them at its own pace. */
const PACE = 15;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const centre = ({ box }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** A place of the canvas with no node, wire or panel under it, near the middle. */
const freeSpot = (page) =>
  page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('section[data-canvas]').getBoundingClientRect();
    for (let ring = 0; ring < 40; ring++)
      for (let turn = 0; turn < 16; turn++) {
        const angle = (turn * Math.PI) / 8;
        const at = {
          x: x + width / 2 + ring * 8 * Math.cos(angle),
          y: y + height / 2 + ring * 8 * Math.sin(angle),
        };
        if (document.elementFromPoint(at.x, at.y)?.matches('.react-flow__pane')) return at;
      }
    throw new Error('no free spot on the canvas');
  });

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Sets the zoom to about `goal` by the wheel, on the middle of the net. @param places top left corners of its nodes */
export async function zoomTo(page, goal, places) {
  const { box, dx, dy, zoom: z } = await viewOf(page);
  const on = (from, size, offset, side) =>
    Math.min(from + size - 90, Math.max(from + 90, from + offset + side * z));
  const x = on(box.x, box.width, dx, median(places.map((p) => p.x)) + 92);
  const y = on(box.y, box.height, dy, median(places.map((p) => p.y)) + 28);
  await page.mouse.move(x, y);
  for (let i = 0; i < 60; i++) {
    const { zoom } = await viewOf(page);
    const off = Math.log2(goal / zoom);
    if (Math.abs(off) < 0.05) break;
    await page.mouse.wheel(0, Math.max(-300, Math.min(300, -off * 500)));
    await wait(60);
  }
  await wait(400);
}

/** Drags the ground round in a circle. */
export async function pan(page) {
  const at = await freeSpot(page);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const frames = await framesDuring(page, async () => {
    for (let i = 1; i <= 120; i++) {
      const angle = (i / 60) * 2 * Math.PI;
      await page.mouse.move(at.x + 160 * Math.sin(angle), at.y + 110 * (1 - Math.cos(angle)));
      await wait(PACE);
    }
  });
  await page.mouse.up();
  return frames;
}

/** Turns the wheel out and in again. */
export async function zoom(page) {
  const at = centre(await viewOf(page));
  await page.mouse.move(at.x, at.y);
  const frames = await framesDuring(page, async () => {
    for (let i = 0; i < 100; i++) {
      await page.mouse.wheel(0, i % 50 < 25 ? 12 : -12);
      await wait(PACE);
    }
  });
  await wait(300);
  return frames;
}

/** At which a hundred nodes lie in the window, and at which they are dragged. */
const OVERVIEW = 0.12;
const DRAGGED = 0.6;

/** Selects about a hundred nodes by a box from far off and drags them, near, by one of them. @param places top left corners */
export async function dragHundred(page, places) {
  await zoomTo(page, OVERVIEW, places);
  await page.keyboard.press('Escape');
  const { box, dx, dy, zoom: z } = await viewOf(page);
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const off = (p) => Math.max(Math.abs(p.x - centre.x), Math.abs(p.y - centre.y));
  const chosen = places
    .map((p) => ({ place: p, x: box.x + dx + (p.x + 92) * z, y: box.y + dy + (p.y + 28) * z }))
    .filter((p) => p.y > box.y + 60 && p.y < box.y + box.height - 60)
    .sort((a, b) => off(a) - off(b))
    .slice(0, 100);
  const xs = chosen.map((p) => p.x);
  const ys = chosen.map((p) => p.y);
  const from = { x: Math.min(...xs) - 14, y: Math.min(...ys) };
  const to = { x: Math.max(...xs) + 14, y: Math.max(...ys) };
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await wait(500);
  const selected = await page.evaluate(() =>
    Number.parseInt(document.querySelector('.crumb-count')?.textContent ?? '0', 10),
  );
  await zoomTo(
    page,
    DRAGGED,
    chosen.map((p) => p.place),
  );
  const grip = await visibleNode(page, '.selected');
  await page.mouse.move(grip.x, grip.y);
  await wait(200);
  await page.mouse.down();
  const frames = await framesDuring(page, async () => {
    for (let i = 1; i <= 90; i++) {
      await page.mouse.move(grip.x + 2 * (i % 45), grip.y + (i % 45));
      await wait(PACE);
    }
  });
  await page.mouse.up();
  await wait(600);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  return { ...frames, selected };
}

/** A place on a node in the middle part of the canvas. @param also of its class @param title that it begins with */
const visibleNode = (page, also, title = '') =>
  page.evaluate(
    ([selector, start]) => {
      const { x, y, width, height } = document.querySelector('section[data-canvas]').getBoundingClientRect();
      for (const node of document.querySelectorAll(`.react-flow__node-face${selector}`)) {
        if (!node.querySelector('.node-title')?.textContent?.startsWith(start)) continue;
        const box = node.getBoundingClientRect();
        const at = { x: box.x + box.width * 0.3, y: box.y + Math.min(box.height / 2, 14) };
        const inside = at.x > x + 60 && at.x < x + width - 200 && at.y > y + 60 && at.y < y + height - 160;
        const hit = document.elementFromPoint(at.x, at.y);
        // several selected nodes lie under one rectangle, which drags all of them
        if (inside && (node.contains(hit) || hit?.closest('.react-flow__nodesselection'))) return at;
      }
      return undefined;
    },
    [also, title],
  );

/** Milliseconds: six keys a second, as one who types fast. */
const BETWEEN_KEYS = 160;

/** Types into the inspector's field of filters. @returns the worst and the median time from a key to its picture, and from a step to the node on the canvas, ms */
export async function type(page) {
  const node = await visibleNode(page, '', 'Conv');
  if (!node) return { worst: null, median: null, followed: null, keys: 0 };
  await page.mouse.click(node.x, node.y);
  await page.getByRole('textbox', { name: 'Filters' }).click();
  await wait(BETWEEN_KEYS);
  await page.evaluate(() => globalThis.probe.observeKeys());
  // what is typed is taken on Enter; the arrow keys take a step at once
  const keys = ['1', '7', 'Enter', 'ArrowUp', 'ArrowDown', 'Backspace', '6', 'Enter'];
  for (let round = 0; round < 3; round++) {
    await page.keyboard.press('Control+a');
    await wait(BETWEEN_KEYS);
    for (const key of keys) {
      if (key === 'ArrowUp') await page.evaluate(() => globalThis.probe.follow());
      await page.keyboard.press(key);
      await wait(BETWEEN_KEYS);
    }
  }
  await wait(300);
  const events = (await page.evaluate(() => globalThis.probe.keys())).sort((a, b) => a - b);
  const followed = await page.evaluate(() => globalThis.probe.followed.splice(0));
  // the browser reports none that took less than 16 ms
  return {
    worst: events.at(-1) ?? 16,
    median: events[Math.floor(events.length / 2)] ?? 16,
    followed: median(followed),
    keys: 3 * keys.length,
  };
}
