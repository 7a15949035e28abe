import { expect, test } from '@playwright/test';
import { press } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.beforeEach(async () => {
  it = await launch();
});
test.afterEach(() => close(it));

const run = async (title: string): Promise<void> => {
  await press(it.page, 'Mod+K');
  await it.page.keyboard.type(title);
  await it.page.keyboard.press('Enter');
};

test('a net is compared with a template, swapped, opened layer by layer and left', async () => {
  const { page } = it;
  await run('Compare with a template');
  await page.getByPlaceholder('Find a template').fill('resnet-32');
  await page.locator('[data-compare="resnet-32"]').click();
  const compare = page.getByTestId('compare');
  await expect(compare.getByRole('heading', { level: 1 })).toHaveText(/^ResNet-32→/);
  await expect(compare.getByLabel('Nodes')).toContainText('0 added');
  await expect(compare.locator('.cmp-node.removed')).toHaveCount(6);
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(compare.getByLabel('Nodes')).toContainText('6 added');

  await compare.locator('.cmp-row.added').first().click();
  await expect(compare.locator('.cmp-node.added.sel')).toBeInViewport();
  await page.getByRole('switch', { name: 'Open blocks' }).click();
  await expect(compare.getByLabel('Nodes')).toContainText('42 added');

  await page.keyboard.press('Escape');
  await expect(compare).toBeHidden();
  await expect(page.getByTestId('totals')).toBeVisible();
  expect(it.complaints).toEqual([]);
});
