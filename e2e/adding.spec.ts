import { expect, type Page, test } from '@playwright/test';
import { canvas, dropKind, node, nodes, port, press, wires } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const line = (page: Page) => page.getByRole('combobox', { name: 'Add a node' });
/** Types a node into the list that Space opens. */
async function quick(page: Page, words: string, enter = 'Enter'): Promise<void> {
  await page.keyboard.press('Space');
  await line(page).fill(words);
  await page.keyboard.press(enter);
  await expect(line(page)).toBeHidden();
}
const middle = async (page: Page, id: string) => {
  const box = (await node(page, id).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test('a net is typed node by node, put on wires, and brought in from a template', async () => {
  it = await launch();
  const { page } = it;
  await press(page, 'Mod+N');
  await expect(nodes(page)).toHaveCount(0);
  await canvas(page).focus();
  await quick(page, 'input 28x28x1');
  await quick(page, 'conv 16 3x3 s2');
  await expect(node(page, 'conv2d-1')).toContainText('16 filters · stride 2');
  await expect(node(page, 'conv2d-1')).toContainText('14×14×16');
  await quick(page, 'gelu');
  await expect(node(page, 'activation-1')).toContainText('GELU');
  await expect(wires(page)).toHaveCount(2);

  // between the selected node and what it feeds, and on a selected wire
  await node(page, 'conv2d-1').click({ position: { x: 20, y: 12 } });
  await quick(page, 'bn', 'Shift+Enter');
  await expect(wires(page)).toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await line(page).fill('conv 64 fast');
  await expect(page.getByText('“fast” says nothing to Conv.')).toBeVisible();
  await page.keyboard.press('Escape');

  // a wire into the void: what usually follows stands first
  await press(page, 'F');
  await page.waitForTimeout(400); // the view glides there
  const from = (await port(page, 'activation-1', 'out').boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 160, from.y + 90, { steps: 6 });
  await page.mouse.up();
  const offers = page.locator('.picker').getByRole('option');
  await expect(offers.first()).toHaveText(/^(Conv|Max pool|Residual)/);
  await page.keyboard.press('Escape');

  // a node without wires is dragged onto a wire, as one step
  const free = await dropKind(page, 'dropout', { x: 220, y: 120 });
  const [start, above, below] = [
    await middle(page, free),
    await middle(page, 'input-1'),
    await middle(page, 'conv2d-1'),
  ];
  await page.mouse.move(start.x - 60, start.y);
  await page.mouse.down();
  await page.mouse.move((above.x + below.x) / 2, (above.y + below.y) / 2 - 4, { steps: 8 });
  await page.mouse.move((above.x + below.x) / 2, (above.y + below.y) / 2, { steps: 3 });
  await page.mouse.up();
  await expect(wires(page)).toHaveCount(4);
  await press(page, 'Mod+Z');
  await expect(wires(page)).toHaveCount(3);
  expect(Math.abs((await middle(page, free)).x - start.x)).toBeLessThan(3);

  // a template as one block
  await page.getByRole('tab', { name: 'Templates' }).click();
  await page
    .locator('[data-template="lenet-5"]')
    .dragTo(canvas(page), { targetPosition: { x: 220, y: 260 } });
  await page.getByRole('button', { name: 'As one block' }).click();
  await expect(node(page, 'group-1')).toContainText('LeNet-5');
});

test('the net is searched, and hits inside blocks are gone to', async () => {
  it = await launch();
  const { page } = it;
  await press(page, 'Mod+F');
  const field = page.getByRole('searchbox', { name: 'Find in the net' });
  const count = page.getByTestId('find-count');
  await field.fill('conv stride 2');
  await expect(count).toHaveText(/^\d+$/);
  const all = Number(await count.textContent());
  expect(all).toBeGreaterThan(1);
  await expect(page.locator('.react-flow__node.hit-within').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(count).toHaveText(`1 of ${all}`);
  await expect(page.locator('.react-flow__node.hit-now')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(count).toHaveText(`${all} of ${all}`);
  await field.fill('dense or global');
  await expect(count).toHaveText('2');
  await page.getByRole('button', { name: 'Select all hits' }).click();
  await expect(page.getByLabel('Place in the net')).toContainText('2 nodes');
  await field.press('Escape');
  await expect(page.getByTestId('find-bar')).toBeHidden();
  await expect(canvas(page)).toBeFocused();
  await press(page, 'Mod+0');
  await expect(page.locator('.zoom-value')).toHaveText('100%');
  await press(page, 'Shift+Z');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(2);
});

test('keys that the user gave, and favourites, are there after a restart', async () => {
  it = await launch();
  await press(it.page, '?');
  const sheet = it.page.getByRole('dialog', { name: 'Keyboard and mouse' });
  const row = sheet.locator('[data-command="view.fit"]');
  await sheet.getByRole('searchbox').fill('whole net');
  await row.getByRole('button', { name: /Change the keys/ }).click();
  await it.page.keyboard.press('Control+S');
  await expect(row.getByRole('alert')).toHaveText('“Save” has it.');
  await it.page.keyboard.press('Alt+W');
  await expect(row.getByRole('button', { name: 'Show the whole net: Alt W. Change the keys' })).toBeFocused();
  await it.page.keyboard.press('Escape');
  await it.page.locator('[data-kind="dropout"]').hover();
  await it.page.getByRole('button', { name: 'Favourite: Dropout' }).click();
  await expect(it.page.getByRole('region', { name: 'Favourites' })).toContainText('Dropout');
  const accelerator = () =>
    it.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('view.fit')?.accelerator);
  await expect.poll(accelerator).toBe('Alt+W');
  const { userData } = it;
  await close(it);

  it = await launch({ userData });
  const { page } = it;
  await expect(page.getByRole('region', { name: 'Favourites' })).toContainText('Dropout');
  const zoom = page.locator('.zoom-value');
  const fitted = await zoom.textContent();
  await press(page, 'Mod+=');
  await expect(zoom).not.toHaveText(fitted!);
  await page.keyboard.press('Alt+W');
  await expect(zoom).toHaveText(fitted!);
  await press(page, 'Mod+K');
  await page.getByRole('combobox').fill('whole net');
  await expect(page.getByRole('option', { name: /Show the whole net/ })).toContainText('Alt W');
  await page.keyboard.press('Escape');
  await press(page, '?');
  await page.getByRole('button', { name: 'Reset all keys' }).click();
  await expect.poll(accelerator).toBeFalsy();
});
