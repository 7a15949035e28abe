import { expect, test } from '@playwright/test';
import { node, press } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});
const named = (title: string) => it.page.locator('.react-flow__node', { hasText: title });

test('a block of one’s own is made, kept, and there in the next start', async () => {
  it = await launch();
  await node(it.page, 'stage1-block1').click();
  await it.page.getByRole('button', { name: 'Make block' }).click();
  const name = it.page.getByRole('textbox', { name: 'Name of the block' });
  await expect(name).toBeFocused();
  await name.fill('My unit');
  await name.press('Enter');
  await it.page.getByText('Describe the block').click();
  const help = it.page.getByRole('textbox', { name: 'What the block does' });
  await help.fill('Two convolutions and a way around them.');
  await help.blur();
  await it.page.getByRole('button', { name: 'Keep in library' }).click();
  await expect(it.page.getByText('My unit is in your library')).toBeVisible();
  const { userData, runs } = it;
  await close(it);
  it = await launch({ userData, runs });
  const row = it.page
    .getByRole('region', { name: 'Library' })
    .getByRole('button', { name: 'My unit', exact: true });
  await expect(row).toBeVisible();
  await row.hover();
  await expect(it.page.getByText('Two convolutions and a way around them.')).toBeVisible();
  await row.press('Enter');
  await expect(named('My unit')).toHaveCount(1);
  await press(it.page, 'Mod+Z');
  await expect(named('My unit')).toHaveCount(0);
  await expect(row).toBeVisible();
});

test('selected layers are grouped, and put back in their place', async () => {
  it = await launch();
  const before = await it.page.locator('.react-flow__node').count();
  await node(it.page, 'conv1').click();
  await node(it.page, 'conv1-bn').click({ modifiers: ['Shift'] });
  await node(it.page, 'conv1-relu').click({ modifiers: ['Shift'] });
  await press(it.page, 'Mod+G');
  await expect(it.page.locator('.react-flow__node')).toHaveCount(before - 2);
  await press(it.page, 'Mod+Shift+G');
  await expect(it.page.locator('.react-flow__node')).toHaveCount(before);
  await press(it.page, 'Mod+Z');
  await press(it.page, 'Mod+Z');
  await expect(node(it.page, 'conv1-relu')).toBeVisible();
});
