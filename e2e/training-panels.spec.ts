import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { node, press } from './graph';
import { close, type Launched, launch } from './launch';
import { tinyNet } from './tiny';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

test('changes a run under way, starts another from its weights, and makes the trained net larger', async () => {
  test.setTimeout(180_000);
  it = await launch({ args: [tinyNet(5000)] });
  const { page, runs } = it;
  await expect(page.locator('.device')).toContainText('CPU');
  await page.getByTestId('run-start').click();
  await expect(page.getByTestId('run-state')).toHaveText('training', { timeout: 60_000 });

  const rate = page.getByLabel('Rate from the next step on');
  await rate.fill('fast');
  await rate.press('Enter');
  await expect(rate).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Or ×0.1, a tenth of what it is.')).toBeVisible();
  await rate.fill('×0.5');
  await rate.press('Enter');
  await expect(rate).toHaveValue('0.005');
  await expect(rate).toHaveAttribute('aria-invalid', 'false');
  await page.getByTestId('run-stop').click();
  await expect(page.getByTestId('test-accuracy')).toBeVisible({ timeout: 60_000 });
  await press(page, 'Mod+2');
  await expect(page.getByRole('list', { name: 'Changes of this run' })).toContainText('Rate from 0.01');
  await press(page, 'Mod+1');

  const from = page.getByRole('combobox', { name: 'Start from' });
  await from.selectOption({ index: 1 });
  await expect(page.getByRole('region', { name: 'Weights at the start' })).toContainText('4 taken');
  await page.getByRole('combobox', { name: 'Train', exact: true }).selectOption('classifier');
  await expect(page.getByRole('region', { name: 'Weights at the start' })).toContainText('2 frozen');

  await node(page, 'conv').click();
  await page.getByText('Make the trained net larger').click();
  const width = page.getByRole('textbox', { name: 'Channels after widening' });
  await expect(width).toHaveValue('8');
  await width.fill('3');
  await width.press('Enter');
  await expect(page.getByText('Takes a whole number from 5')).toBeVisible();
  await width.fill('4*3');
  await width.press('Enter');
  await expect(width).toHaveValue('12');
  await page.getByRole('button', { name: 'Widen, keeping the function…' }).click();
  await expect(page).toHaveTitle(/tiny wider/);
  await expect(node(page, 'conv')).toContainText('12 filters');
  await expect(from).toHaveValue(/tiny-wider/);

  await page.getByRole('combobox', { name: 'Train', exact: true }).selectOption('all');
  const epochs = page.locator('.app-right').getByRole('textbox', { name: 'Epochs', exact: true });
  await epochs.fill('2');
  await epochs.press('Enter');
  await page.getByTestId('run-start').click();
  const wider = () =>
    readdirSync(runs)
      .filter((n) => n.includes('tiny-wider'))
      .sort();
  const result = () => join(runs, wider().at(-1)!, 'result.json');
  await expect.poll(() => wider().length === 2 && existsSync(result()), { timeout: 60_000 }).toBe(true);
  const config = readFileSync(join(runs, wider().at(-1)!, 'config.json'), 'utf8');
  expect(config).toContain('tiny-wider');
  await press(page, 'Mod+2');
  await expect(page.getByRole('navigation', { name: 'Runs' })).toContainText('tiny wider');
});
