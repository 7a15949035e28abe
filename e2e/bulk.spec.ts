import { expect, test } from '@playwright/test';
import { node, press } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.beforeEach(async () => {
  it = await launch();
});
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

test('many nodes are changed at once: chosen, looked at, unticked, done by the keyboard, and undone', async () => {
  const { page } = it;
  const panel = page.getByRole('region', { name: 'Change many nodes' });
  const totals = page.getByTestId('totals').locator('.figure').first();
  const before = await totals.textContent();

  await press(page, 'Mod+Shift+M');
  await expect(page.getByTestId('bulk-batch-norm')).toHaveCount(0);
  await expect(panel.getByRole('listitem').first().getByRole('button')).toBeFocused();
  await expect(page.getByTestId('bulk-activation')).toContainText('19 places');
  await page.getByTestId('bulk-plain').focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { level: 2, name: 'Make the plain twin' })).toBeVisible();
  await expect(page.locator('.react-flow__node.ahead').first()).toBeVisible();
  await expect(page.getByTestId('bulk-figures')).toContainText('parameters');

  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.locator('.react-flow__node.ahead')).toHaveCount(0);
  expect(await totals.textContent()).toBe(before);

  await press(page, 'Mod+K');
  await page.keyboard.type('Insert a stage');
  await page.keyboard.press('Enter');
  await expect(node(page, 'stage4-block1')).toHaveClass(/ahead/);
  const apply = panel.getByRole('button', { name: 'Change 1 place' });
  await expect(apply).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel).toBeHidden();
  await expect(node(page, 'stage4-block1')).not.toHaveClass(/ahead/);
  await expect(page.getByTestId('problem-count')).toHaveText('no problems');
  await press(page, 'Mod+Z');
  await expect(node(page, 'stage4-block1')).toHaveCount(0);
  expect(await totals.textContent()).toBe(before);
});

test('only what is selected is changed, with the settings that are chosen', async () => {
  const { page } = it;
  await node(page, 'conv1-relu').click();
  await press(page, 'Mod+Shift+M');
  await expect(page.getByText('In the selected node only')).toBeVisible();
  await page.getByTestId('bulk-activation').click();
  await page.getByRole('combobox', { name: 'To' }).selectOption('mish');
  await expect(node(page, 'conv1-relu')).toContainText('Mish');
  await page.getByRole('checkbox', { name: /conv1-relu/ }).uncheck();
  await expect(page.getByRole('button', { name: 'Change nothing' })).toBeDisabled();
  await page.getByRole('checkbox', { name: /conv1-relu/ }).check();
  await page.getByRole('button', { name: 'Change 1 place' }).click();
  await expect(node(page, 'conv1-relu')).toContainText('Mish');
  await press(page, 'Mod+Z');
  await expect(node(page, 'conv1-relu')).toContainText('ReLU');
});
