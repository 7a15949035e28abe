import { expect, test } from '@playwright/test';
import { press } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.beforeEach(async () => {
  it = await launch();
});
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

test('the table sorts by a column, opens blocks, and leads to the node', async () => {
  await it.page.getByTestId('dock-tab-table').click();
  const table = it.page.getByRole('table');
  const header = table.getByRole('columnheader', { name: /^MACs(?! a)/ });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const rows = table.getByRole('row');
  const folded = Number(await table.getAttribute('aria-rowcount'));
  await it.page.getByRole('radio', { name: 'Layers' }).click();
  expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(folded * 2);
  await rows.nth(1).getByRole('button').click();
  await expect(it.page.getByRole('region', { name: /^Inspector/ })).toBeVisible();
});

test('nets are compared by accuracy and cost, and a ball opens its net', async () => {
  await press(it.page, 'Mod+3');
  const balls = it.page.locator('.balls-ball');
  await expect(balls.first()).toBeVisible();
  expect(await balls.count()).toBeGreaterThan(30);
  await it.page.getByRole('radio', { name: 'CIFAR-10' }).click();
  await it.page.getByRole('button', { name: /^ResNet-56.*Open$/ }).press('Enter');
  await expect(it.page.getByRole('textbox', { name: 'Name of the graph' })).toHaveValue('ResNet-56');
});

test('F1 shows the page of the selected node, and its parts lead on to theirs', async () => {
  await it.page.locator('.react-flow__node', { hasText: 'Residual' }).first().click();
  await it.page.keyboard.press('F1');
  const dialog = it.page.getByRole('dialog', { name: 'Residual' });
  await expect(dialog.getByText('arXiv:1512.03385')).toBeVisible();
  await dialog.getByRole('button', { name: 'Batch norm' }).click();
  await expect(it.page.getByRole('dialog', { name: 'Batch norm' })).toBeVisible();
  await it.page.keyboard.press('Escape');
  await expect(it.page.getByRole('dialog')).toHaveCount(0);
});
