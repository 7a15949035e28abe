import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { press } from './graph';
import { close, type Launched, launch } from './launch';
import { tinyNet } from './tiny';

let it: Launched;
test.afterEach(() => close(it));

test('trains with several seeds, queues more, and goes on where it was after the app was killed', async () => {
  test.setTimeout(240_000);
  const args = [tinyNet(120)];
  it = await launch({ args });
  const { runs } = it;
  await expect(it.page.locator('.device')).toContainText('CPU');
  const seeds = it.page.getByLabel('Seeds', { exact: true });
  await seeds.fill('2');
  await seeds.press('Enter');
  await it.page.getByTestId('run-start').click();
  await expect(it.page.getByTestId('run-state')).toHaveText('training', { timeout: 60_000 });

  await it.page.getByTestId('run-queue').click();
  await expect(it.page.getByText('tiny is number 2 in the queue.')).toBeVisible();
  await seeds.fill('1');
  await seeds.press('Enter');
  await it.page.getByTestId('run-queue').click();
  await expect(it.page.locator('.run-waiting')).toHaveText('2');

  await press(it.page, 'Mod+2');
  const entries = it.page.getByTestId('queue-entry');
  await expect(entries).toHaveCount(3);
  await expect(entries.nth(0)).toContainText('under way');
  await entries.nth(2).getByRole('button', { name: 'Move tiny up' }).click();
  await expect(entries.nth(1)).toContainText('seed 1');
  await entries.nth(2).getByRole('button', { name: 'Take tiny out of the queue' }).click();
  await expect(entries).toHaveCount(2);

  await expect
    .poll(() => readdirSync(runs).filter((n) => n.includes('-seed-2')).length, { timeout: 90_000 })
    .toBe(1);
  it.app.process().kill('SIGKILL');
  await it.app.waitForEvent('close').catch(() => {});

  it = await launch({ args, runs });
  await press(it.page, 'Mod+2');
  const summary = it.page.getByTestId('job-summary');
  await it.page.getByTestId('job-row').click();
  await expect(summary.getByRole('row').nth(1)).toHaveText(/Test accuracy(\d+\.\d\d %){4}/, {
    timeout: 120_000,
  });
  await expect(it.page.getByTestId('band-accuracy')).toContainText('validation');
  await expect(it.page.getByTestId('queue')).toBeHidden({ timeout: 90_000 });
  await it.page
    .getByRole('navigation', { name: 'Runs' })
    .getByRole('button', { name: /tiny/ })
    .nth(1)
    .click();
  await expect(it.page.getByTestId('class-table')).toContainText('Balanced accuracy');
  expect(readdirSync(runs).filter((n) => /-tiny(-seed-\d)?$/.test(n))).toHaveLength(3);
  expect(it.complaints).toEqual([]);
});
