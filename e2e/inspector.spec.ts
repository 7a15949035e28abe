import { expect, test } from '@playwright/test';
import { node, press } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});
const card = () => it.page.getByTestId('field-card');
const field = (name: string) => it.page.locator('.app-right').getByRole('textbox', { name, exact: true });

test('tells what a change does before it is made, by keys, pointer and slider', async () => {
  it = await launch();
  const { page } = it;
  // the time of an epoch may come later
  const totals = page.getByTestId('totals').locator('.figure').first();
  await node(page, 'conv1').click();
  const filters = field('Filters');
  await filters.focus();
  await expect(card()).toContainText('Channels of the output');

  const before = await totals.textContent();
  await filters.fill('16*2');
  await expect(card()).toContainText('16 → 32');
  await expect(card()).toContainText('28×28×16 → 28×28×32');
  await expect(card()).toContainText('A zero-padded shortcut cannot take 32 channels to 16 filters.');
  // the canvas shows it too, and history knows nothing of it
  await expect(node(page, 'conv1').locator('.node-shape')).toHaveText('28×28×32');
  await filters.press('Escape');
  await expect(node(page, 'conv1').locator('.node-shape')).toHaveText('28×28×16');
  await expect(filters).toHaveValue('16');
  await expect(filters).toBeFocused();
  expect(await totals.textContent()).toBe(before);

  await filters.fill('16*');
  await expect(card()).toContainText("A number is missing behind '*'");
  await filters.fill('*2');
  await filters.press('Enter');
  await expect(filters).toHaveValue('32');
  await filters.blur();
  await press(page, 'Mod+Z');
  await expect(filters).toHaveValue('16');

  await page
    .getByRole('radiogroup', { name: 'Kernel' })
    .getByRole('radio', { name: '5', exact: true })
    .hover();
  await expect(card()).toContainText('3 → 5');
  // 16 more taps of 16 kernels on one channel
  await expect(card()).toContainText('Parameters+256+256to 271,066');
  await page.mouse.move(300, 300);
  await expect(card()).toBeHidden();

  const slider = page.getByRole('slider', { name: 'Filters, slider' });
  await slider.focus();
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await expect(card()).toContainText('16 → 32');
  await slider.press('Escape');
  await expect(filters).toHaveValue('16');
  await slider.press('ArrowLeft');
  await slider.press('Enter');
  await expect(filters).toHaveValue('12');
  await press(page, 'Mod+Z');
  await expect(filters).toHaveValue('16');
});

test('tells what an option of a list would do, before it is taken', async () => {
  it = await launch();
  const { page } = it;
  await node(page, 'stage1-block1').click();
  const shortcut = page.locator('.app-right').getByRole('button', { name: /^Shortcut:/ });
  await expect(shortcut).toHaveText('zero-pad');
  await shortcut.press('Enter');
  const list = page.getByRole('menu', { name: 'Shortcut' });
  await expect(list.getByRole('menuitemradio', { name: 'zero-pad' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const next = await page.evaluate(() => document.activeElement?.textContent);
  await expect(card()).toContainText(`zero-pad → ${next}`);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(shortcut).toHaveText('zero-pad');
  await expect(shortcut).toBeFocused();
  await shortcut.click();
  await list.getByRole('menuitemradio', { name: next!, exact: true }).click();
  await expect(shortcut).toHaveText(next!);
  await press(page, 'Mod+Z');
  await expect(shortcut).toHaveText('zero-pad');
});

test('sets a parameter of all selected nodes at once, each from its own value', async () => {
  it = await launch();
  const { page } = it;
  await node(page, 'stage1-block1').click();
  for (const id of ['stage2-block1', 'stage3-block1']) await node(page, id).click({ modifiers: ['Shift'] });
  await expect(page.getByRole('heading', { name: /3 ×/ })).toBeVisible();
  const filters = field('Filters');
  await expect(filters).toHaveAttribute('placeholder', 'mixed');
  await expect(page.getByText('16, 32, 64')).toBeVisible();
  await filters.fill('*2');
  await expect(card()).toContainText('16, 32, 64 → 32, 64, 128');
  await filters.press('Enter');
  await expect(page.getByText('32, 64, 128')).toBeVisible();
  await filters.blur();
  await press(page, 'Mod+Z');
  await expect(page.getByText('16, 32, 64')).toBeVisible();
});
