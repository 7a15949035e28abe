import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { canvas, node, nodes, press } from './graph';
import { close, type Launched, launch, temporaryFolder } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const boxOf = async (page: Page, id: string) => (await node(page, id).boundingBox())!;

/** Where nodes stand on the canvas, by id, whatever the view. */
const places = (page: Page) =>
  nodes(page).evaluateAll((all) =>
    Object.fromEntries(all.map((n) => [n.getAttribute('data-id'), (n as HTMLElement).style.transform])),
  );

/** How far, in pixels of the canvas, wires end from the edge of their nodes: by the boxes that they are drawn to. */
const gaps = (page: Page) =>
  page.evaluate(() => {
    const { a: zoom } = new DOMMatrix(
      getComputedStyle(document.querySelector('.react-flow__viewport')!).transform,
    );
    return [...document.querySelectorAll<HTMLElement>('.react-flow__handle')].map((end) => {
      const box = end.getBoundingClientRect();
      const edge = end.closest('.react-flow__node')!.getBoundingClientRect();
      const inner = end.dataset.handleid!.startsWith('in:');
      const side = end.dataset.handlepos as 'top' | 'bottom' | 'left' | 'right';
      const across = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;
      return Math.abs(box[side] - edge[inner ? across[side] : side]) / zoom;
    });
  });

/** Units of a fork and a merge in a row. */
function largeNet(units: number): string {
  const net: Record<string, { type: string; v: number; params: object }> = {
    in: { type: 'input', v: 1, params: { shape: [16, 16, 3] } },
  };
  const edges: Record<string, object> = {};
  const wire = (from: string, to: string, port = 'x') => {
    edges[`e${Object.keys(edges).length}`] = { from: { node: from, port: 'out' }, to: { node: to, port } };
  };
  let at = 'in';
  for (let i = 0; i < units; i++) {
    for (const [id, type] of [
      ['a', 'conv2d'],
      ['l', 'conv2d'],
      ['r', 'conv2d'],
      ['m', 'add'],
    ])
      net[`${id}${i}`] = { type: type!, v: 1, params: type === 'conv2d' ? { filters: 8 } : {} };
    wire(at, `a${i}`);
    wire(`a${i}`, `l${i}`);
    wire(`a${i}`, `r${i}`);
    wire(`l${i}`, `m${i}`, 'x1');
    wire(`r${i}`, `m${i}`, 'x2');
    at = `m${i}`;
  }
  return JSON.stringify({ format: 'convloom', version: 3, name: 'Large', nodes: net, edges });
}

test('lays a net out to the right and back, keeps it tidy, and presents it', async () => {
  it = await launch();
  const { page } = it;
  await canvas(page).focus();
  const before = await places(page);
  expect(Math.max(...(await gaps(page)))).toBeLessThan(0.01);

  await press(page, 'Alt+Shift+R');
  // nodes glide to their places
  await expect(async () => {
    const [conv, bn] = [await boxOf(page, 'conv1'), await boxOf(page, 'conv1-bn')];
    expect(bn.x).toBeGreaterThan(conv.x);
    expect(Math.abs(conv.y - bn.y)).toBeLessThan(2);
    expect(Math.max(...(await gaps(page)))).toBeLessThan(0.01);
    const out = (await page.getByTestId('port-conv1-out').boundingBox())!;
    expect(out.x).toBeGreaterThan(conv.x + conv.width - 3);
  }).toPass();
  await press(page, 'Mod+Z');
  await expect.poll(() => places(page)).toEqual(before);

  await page.getByRole('button', { name: 'Keep tidy while editing' }).click();
  await expect(page.getByRole('button', { name: 'Keep tidy while editing' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const tidy = await places(page);
  await node(page, 'conv1-bn').click();
  await press(page, 'Delete');
  await expect(node(page, 'conv1-bn')).toHaveCount(0);
  await press(page, 'Mod+Z');
  await expect(node(page, 'conv1-bn')).toHaveCount(1);
  await expect.poll(() => places(page)).toEqual(tidy);

  await press(page, 'F5');
  const show = page.getByRole('dialog', { name: 'Presentation' });
  await expect(show).toContainText('1 of');
  await expect(page.locator('.hd')).toBeHidden();
  await press(page, 'ArrowRight');
  await expect(show).toContainText('2 of');
  await press(page, 'Escape');
  await expect(show).toBeHidden();
  await expect(page.locator('.hd')).toBeVisible();
});

test('paints a large net from far off, and takes clicks, boxes and drags on it', async () => {
  const file = join(temporaryFolder('files'), 'large.convloom.json');
  writeFileSync(file, largeNet(110));
  it = await launch({ args: [file] });
  const { page } = it;
  await expect(page).toHaveTitle(/Large/);
  await canvas(page).focus();
  await press(page, 'f');
  await expect(page.locator('.far-layer canvas')).toHaveAttribute('data-painted', '441');
  expect(await nodes(page).count()).toBeLessThan(60);

  // a node is under the pointer somewhere near the middle
  const box = (await canvas(page).boundingBox())!;
  const spot = { x: box.x + box.width / 2, y: box.y + box.height / 3 };
  let hit: string | null = null;
  for (let i = 0; i < 60 && !hit; i++) {
    await page.mouse.move(spot.x + (i % 10) * 7, spot.y + Math.floor(i / 10) * 7);
    hit = await page.evaluate(
      () => document.querySelector('.react-flow__node:hover')?.getAttribute('data-id') ?? null,
    );
  }
  expect(hit).not.toBeNull();
  await page.mouse.down();
  await page.mouse.up();
  await expect(node(page, hit!)).toHaveClass(/selected/);

  const free = { x: box.x + box.width - 30, y: box.y + 60 };
  await page.keyboard.down('Shift');
  await page.mouse.move(free.x, free.y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 120, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.locator('.crumb-count')).toContainText(/^\d{2,} nodes/);

  // more than four hundred nodes are laid out in a worker
  await press(page, 'Escape');
  await press(page, 'Alt+Shift+R');
  await expect(page.getByRole('button', { name: 'Lay out from top to bottom' })).toBeVisible({
    timeout: 20_000,
  });
});
