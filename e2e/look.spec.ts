import { expect, type Page, test } from '@playwright/test';
import { node, nodes, press } from './graph';
import { close, type Launched, launch } from './launch';
import { annotate, command } from './states';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const focused = (page: Page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    return e?.getAttribute('data-id') ?? e?.getAttribute('aria-label') ?? e?.tagName ?? '';
  });

test('frames and notes are made, moved, undone and kept by keyboard and mouse', async () => {
  it = await launch();
  const { page } = it;
  await annotate(it);
  const frames = page.locator('.area');
  await expect(frames).toHaveCount(2);
  await expect(page.getByRole('group', { name: 'Note: Stem' }).locator('strong')).toHaveText('section 4.2');
  await expect(node(page, 'conv1').getByRole('img', { name: 'Has a note' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Note' }).locator('strong')).toHaveText('32 filters');

  // the head drags the nodes: one step of undo
  const place = async () => (await node(page, 'conv1-bn').boundingBox())!;
  const before = await place();
  const head = (await frames.first().locator('.area-head').boundingBox())!;
  await page.mouse.move(head.x + 12, head.y + 9);
  await page.mouse.down();
  await page.mouse.move(head.x - 108, head.y + 9, { steps: 6 });
  await page.mouse.up();
  expect((await place()).x).toBeLessThan(before.x - 60);
  await press(page, 'Mod+Z');
  expect(Math.abs((await place()).x - before.x)).toBeLessThan(2);

  // by keyboard: the note moves, is written and deleted, and the focus stays on the canvas
  const note = page.getByRole('group', { name: 'Note: Stem' });
  await note.focus();
  const at = (await note.boundingBox())!.y;
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await note.boundingBox())!.y).toBeGreaterThan(at);
  await page.keyboard.press('Delete');
  await expect(note).toHaveCount(0);
  expect(await focused(page)).toBe('Canvas');
  await press(page, 'Mod+Z');
  await expect(note).toHaveCount(1);

  // a deleted node leaves its frame, and hands the focus to the next one
  await node(page, 'conv1-bn').click({ position: { x: 30, y: 12 } });
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Select the 2 nodes of Stem' })).toBeVisible();
  await expect.poll(() => focused(page)).toMatch(/^conv1(-relu)?$/);
});

test('looks are kept for the next start, and the window holds at 200 %', async () => {
  it = await launch();
  const { page } = it;
  await it.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await page.getByRole('button', { name: 'Appearance' }).click();
  const dialog = page.getByRole('dialog', { name: 'Appearance' });
  await dialog.getByRole('radio', { name: 'high' }).click();
  await dialog.getByRole('radio', { name: 'safe' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high');
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'safe');
  await dialog.getByRole('radio', { name: '200 %' }).click();
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(720);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Appearance');

  // nothing of the window lies outside of it
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, header input, .dock-bar *, .totals')]
      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
      .map((e) => e.className || e.textContent),
  );
  expect(outside).toEqual([]);
  await expect(page.getByTestId('run-start')).toBeInViewport({ ratio: 1 });
  await expect(nodes(page).first()).toBeVisible();

  const { userData } = it;
  await close(it);
  it = await launch({ userData });
  await expect(it.page.locator('html')).toHaveAttribute('data-contrast', 'high');
  await expect.poll(() => it.page.evaluate(() => devicePixelRatio)).toBeGreaterThanOrEqual(2);
  await command(it, 'Text and controls in their usual size');
  await expect.poll(() => it.page.evaluate(() => devicePixelRatio)).toBeLessThan(2);
  // what is called so comes before all that is found by other words
  await command(it, 'appearance');
  await expect(it.page.getByRole('dialog', { name: 'Appearance' })).toBeVisible();
});

test('the tour is walked by doing, skipped for good, and there again when asked for', async () => {
  it = await launch({ tour: true });
  const { page } = it;
  const tour = page.getByTestId('tour');
  await expect(tour).toHaveAttribute('data-step', 'canvas');
  await expect(tour).toBeFocused();
  await node(page, 'conv1').click({ position: { x: 30, y: 12 } });
  await expect(tour).toHaveAttribute('data-step', 'inspector');
  const filters = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByLabel('Filters', { exact: true });
  await filters.press('ArrowUp');
  await expect(tour).toHaveAttribute('data-step', 'totals');
  await press(page, 'Mod+Z');
  await expect(tour).toHaveAttribute('data-step', 'palette');
  await tour.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(tour).toHaveAttribute('data-step', 'problems');
  await tour.getByRole('button', { name: 'Back' }).focus();
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();
  expect(await focused(page)).toBe('Canvas');

  const { userData } = it;
  await close(it);
  it = await launch({ userData, tour: true });
  await expect(it.page.getByTestId('totals')).toBeVisible();
  await expect(it.page.getByTestId('tour')).toBeHidden();
  await command(it, 'Tour of the window');
  await expect(it.page.getByTestId('tour')).toBeVisible();
});
