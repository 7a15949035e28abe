import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drawWire, dropKind, node, nodes, port, press, wires } from './graph';
import { answerDialogs, close, type Launched, launch, temporaryFolder } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

test('opens with ResNet-20, ready to be trained on MNIST', async () => {
  it = await launch();
  await expect(it.page.getByTestId('totals')).toContainText('parameters');
  await expect(it.page.getByTestId('problem-count')).toHaveText('no problems');
  await expect(it.page).toHaveTitle(/ResNet-20/);
  await expect(it.page.locator('.device')).toContainText('CPU');
});

test('draws a net by dragging nodes from the palette, and shows the shapes as it grows', async () => {
  it = await launch();
  const { page } = it;
  await press(page, 'Mod+N');
  await expect(nodes(page)).toHaveCount(0);
  const input = await dropKind(page, 'input', { x: 400, y: 60 });
  const conv = await dropKind(page, 'conv2d', { x: 400, y: 200 });
  const pool = await dropKind(page, 'max-pool', { x: 400, y: 340 });
  await drawWire(page, [input, 'out'], [conv, 'x']);
  await drawWire(page, [conv, 'out'], [pool, 'x']);
  await expect(wires(page)).toHaveCount(2);

  await expect(node(page, conv).locator('.node-shape')).toHaveText(/\d+×\d+×\d+/);
  await expect(node(page, pool).locator('.node-shape')).toHaveText(/\d+×\d+×\d+/);
  await expect(page.getByTestId('totals')).toContainText('parameters');

  await press(page, 'Mod+Z');
  await expect(wires(page)).toHaveCount(1);
  await press(page, 'Mod+Shift+Z');
  await expect(wires(page)).toHaveCount(2);
});

test('trains ResNet-20 on MNIST, pauses, goes on, stops and tells the test accuracy', async () => {
  test.setTimeout(240_000);
  it = await launch();
  const { page } = it;
  await expect(page.locator('.device')).toContainText('CPU');
  await page.getByTestId('run-start').click();
  await expect(page.getByTestId('run-state')).toHaveText('training', { timeout: 30_000 });

  const progress = page.getByTestId('run-progress');
  const step = async () =>
    Number(/step ([\d,]+)/.exec((await progress.textContent()) ?? '')?.[1]?.replace(',', '') ?? 0);
  await expect.poll(step, { timeout: 30_000 }).toBeGreaterThan(10);
  const chart = page.getByTestId('chart-loss');
  const early = await chart.screenshot();
  await page.waitForTimeout(3000);
  expect((await chart.screenshot()).equals(early), 'the curve moves').toBe(false);

  await page.getByTestId('run-pause').click();
  await expect(page.getByTestId('run-state')).toHaveText('paused');
  const held = await step();
  await page.waitForTimeout(1500);
  expect(await step()).toBe(held);
  await page.getByTestId('run-resume').click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(held + 5);
  await page.waitForTimeout(10_000);

  await page.getByTestId('run-stop').click();
  await expect(page.getByTestId('test-accuracy')).toHaveText(/\d+(\.\d+)? ?%/, { timeout: 90_000 });
  await expect(page.getByTestId('confusion-matrix')).toBeVisible();
  await expect(page.getByTestId('run-start')).toBeVisible();

  await press(page, 'Mod+2');
  await expect(page.getByText('ResNet-20 on MNIST').first()).toBeVisible();
});

test('exports the graph to JSON and opens it again as the same graph', async () => {
  it = await launch();
  const { app, page } = it;
  const file = join(temporaryFolder('files'), 'copy.convloom.json');
  await answerDialogs(app, { save: file, open: file });
  // the parameters; the time of an epoch may come later
  const figure = page.getByTestId('totals').locator('.figure').first();
  const totals = await figure.textContent();
  await press(page, 'Mod+Shift+E');
  await expect(page.getByText(`Exported to ${file}`)).toBeVisible();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'convloom', version: 4 });

  await press(page, 'Mod+N');
  await expect(nodes(page)).toHaveCount(0);
  await press(page, 'Mod+O');
  await expect(figure).toHaveText(totals!);

  const again = join(temporaryFolder('files'), 'again.convloom.json');
  await answerDialogs(app, { save: again });
  await press(page, 'Mod+Shift+E');
  await expect(page.getByText(`Exported to ${again}`)).toBeVisible();
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
});

test('saves to the same file, and shows whether there are unsaved changes', async () => {
  it = await launch();
  const { app, page } = it;
  const file = join(temporaryFolder('files'), 'mine.convloom.json');
  await answerDialogs(app, { save: file });
  await dropKind(page, 'dropout', { x: 80, y: 80 });
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await press(page, 'Mod+S');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeHidden();
  expect(readFileSync(file, 'utf8')).toContain('dropout');
  await answerDialogs(app, {});
  await dropKind(page, 'flatten', { x: 80, y: 180 });
  await press(page, 'Mod+S');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('flatten');
});

test('opens the file of the command line', async () => {
  const file = join(temporaryFolder('files'), 'named.convloom.json');
  const lenet = JSON.parse(
    readFileSync(join(import.meta.dirname, '../assets/templates/lenet-5.json'), 'utf8'),
  );
  writeFileSync(file, JSON.stringify({ ...lenet, name: 'From the command line' }));
  it = await launch({ args: [file] });
  await expect(it.page).toHaveTitle(/From the command line/);
  await expect(port(it.page, 'input', 'out')).toBeVisible();
});
