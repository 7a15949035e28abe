import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { canvas, dropKind, node, nodes, port, press, wires } from './graph';
import { close, type Launched, launch, root, temporaryFolder } from './launch';

let it: Launched;
let page: Page;
const files = temporaryFolder('files');
const lenet = (name: string): string => {
  const doc = JSON.parse(readFileSync(join(root, 'assets/templates/lenet-5.json'), 'utf8')) as object;
  const file = join(files, `${name}.convloom.json`);
  writeFileSync(file, JSON.stringify({ ...doc, name }));
  return file;
};

// one window for all: each journey begins with a graph of its own
test.beforeAll(async () => {
  it = await launch({ args: [lenet('first')] });
  ({ page } = it);
  await expect(node(page, 'conv1')).toBeVisible();
});
test.afterAll(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const clipboardText = () => it.app.evaluate(({ clipboard }) => clipboard.readText());

test('nodes are copied as text, and pasted into another graph with the wires among them', async () => {
  await node(page, 'conv1').click();
  await node(page, 'pool1').click({ modifiers: ['Shift'] });
  await press(page, 'Mod+C');
  const text = await clipboardText();
  expect(JSON.parse(text)).toMatchObject({ format: 'convloom' });
  expect(Object.keys((JSON.parse(text) as { nodes: object }).nodes).sort()).toEqual(['conv1', 'pool1']);
  await press(page, 'Mod+N');
  await expect(nodes(page)).toHaveCount(0);
  await press(page, 'Mod+V');
  await expect(nodes(page)).toHaveCount(2);
  await press(page, 'Mod+Z');
  await expect(nodes(page)).toHaveCount(0);
  await press(page, 'Mod+Shift+Z');
  await press(page, 'Mod+A');
  await press(page, 'Mod+X');
  await expect(nodes(page)).toHaveCount(0);
  // what another program, or another window, put there
  await it.app.evaluate(({ clipboard }, t) => clipboard.writeText(t), readFileSync(lenet('second'), 'utf8'));
  await press(page, 'Mod+V');
  await expect(nodes(page)).toHaveCount(14);
  await expect(wires(page)).not.toHaveCount(0);
});

test('a file that is dropped on the window opens in a tab, and is saved where it lies', async () => {
  const file = lenet('dropped');
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data });
  await expect(page.getByText('Drop graph files to open them')).toBeVisible();
  await cdp.send('Input.dispatchDragEvent', { type: 'drop', x: 600, y: 300, data });
  await expect(page).toHaveTitle(/^dropped/);
  await expect(page.getByText('Drop graph files to open them')).toBeHidden();
  await dropKind(page, 'dropout', { x: 60, y: 60 });
  await press(page, 'Mod+S');
  await expect(page).toHaveTitle(/^dropped/);
  expect(readFileSync(file, 'utf8')).toContain('dropout');
});

test('a lone node is put on the wire that it is dragged to, and nodes are wired by keys', async () => {
  const lone = await dropKind(page, 'spatial-dropout', { x: 60, y: 140 });
  const [from, conv, next] = await Promise.all(
    [lone, 'conv1', 'conv1-relu'].map(async (id) => (await node(page, id).boundingBox())!),
  );
  await page.mouse.move(from!.x + from!.width / 2, from!.y + 14);
  await page.mouse.down();
  const wire = { x: conv!.x + conv!.width / 2, y: (conv!.y + conv!.height + next!.y) / 2 };
  await page.mouse.move(wire.x + 30, wire.y + 30, { steps: 8 });
  await page.mouse.move(wire.x, wire.y, { steps: 8 });
  await page.mouse.up();
  await expect(port(page, lone, 'x')).toHaveAttribute('aria-label', /from Conv/);
  await press(page, 'Mod+Z');
  await expect(port(page, lone, 'x')).toHaveAttribute('aria-label', /no wire/);

  const before = await wires(page).count();
  await node(page, 'conv1').focus();
  await page.keyboard.press('c');
  await page.keyboard.type('spatial');
  await page.keyboard.press('Enter');
  await expect(wires(page)).toHaveCount(before + 1);
  await expect(port(page, lone, 'x')).toHaveAttribute('aria-label', /from Conv/);
  await press(page, 'Mod+Z');
});

test('the overview takes the view where it is clicked', async () => {
  await canvas(page).focus();
  await page.keyboard.press('f');
  const view = () => page.locator('.react-flow__viewport').getAttribute('style');
  const before = await view();
  const map = (await page.getByTestId('minimap').boundingBox())!;
  await page.mouse.click(map.x + 20, map.y + 20);
  await expect.poll(view).not.toBe(before);
});
