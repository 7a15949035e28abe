import { expect, type Locator, test } from '@playwright/test';
import { node } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
test.afterEach(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

/** The most clicks and keys from the first start to the start of training; it takes 6. */
const MOST = 12;

test('a new user trains a changed ResNet-20 within a dozen clicks and keys of the first start', async () => {
  test.setTimeout(150_000);
  it = await launch({ tour: true });
  const { page } = it;
  let count = 0;
  const click = async (target: Locator, position?: { x: number; y: number }) => {
    count += 1;
    await target.click(position && { position });
  };

  // the tour is there, and may be let be
  await expect(page.getByTestId('tour')).toBeVisible();
  await click(page.getByRole('button', { name: 'Skip the tour' }));
  await click(page.getByRole('tab', { name: 'Templates' }));
  await click(page.locator('[data-template="resnet-20"]'));
  // the net of the first start is another one
  await expect(page.getByRole('textbox', { name: 'Name of the graph' })).toHaveValue('ResNet-20');
  await expect(page.getByTestId('problem-count')).toHaveText('no problems');
  const before = await page.getByTestId('totals').textContent();

  await click(node(page, 'conv1'), { x: 30, y: 12 });
  await click(
    page.getByRole('radiogroup', { name: 'Kernel' }).getByRole('radio', { name: '5', exact: true }),
  );
  await expect(node(page, 'conv1')).toContainText('5×5');
  await expect(page.getByTestId('totals')).not.toHaveText(before!);
  await expect(page.getByTestId('problem-count')).toHaveText('no problems');
  await click(page.getByTestId('run-start'));
  expect(count, 'clicks and keys before it trains').toBeLessThanOrEqual(MOST);

  await expect(page.getByTestId('run-state')).toHaveText('training', { timeout: 40_000 });
  await expect(page.getByTestId('run-progress')).toContainText(/step \d/, { timeout: 40_000 });
  await page.waitForTimeout(4000);
  await page.getByTestId('run-stop').click();
  await expect(page.getByTestId('test-accuracy')).toHaveText(/\d+(\.\d+)? ?%/, { timeout: 90_000 });
});
