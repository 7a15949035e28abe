import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { press } from './graph';
import { close, type Launched, launch, temporaryFolder } from './launch';

let it: Launched;
test.afterEach(() => close(it));

/** Dim and bright pictures of 8×8, two classes, as a folder of IDX files. */
function pictures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-e2e-data-'));
  const idx = (sizes: number[], bytes: Uint8Array) => {
    const head = Buffer.alloc(4 + 4 * sizes.length);
    head.writeUInt32BE(0x800 + sizes.length);
    sizes.forEach((n, i) => void head.writeUInt32BE(n, 4 + 4 * i));
    return Buffer.concat([head, bytes]);
  };
  for (const [split, count] of [
    ['train', 160],
    ['t10k', 40],
  ] as const) {
    const dim = Uint8Array.from({ length: count * 64 }, (_, i) => ((i >> 6) % 2) * 90 + ((i * 37) % 160));
    writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx([count, 8, 8], dim));
    writeFileSync(
      join(folder, `${split}-labels-idx1-ubyte`),
      idx(
        [count],
        Uint8Array.from({ length: count }, (_, i) => i % 2),
      ),
    );
  }
  return folder;
}

function document(epochs: number): string {
  const file = join(temporaryFolder('files'), 'tiny.convloom.json');
  const wire = (from: string, to: string) => ({
    from: { node: from, port: 'out' },
    to: { node: to, port: 'x' },
  });
  const data = { set: 'idx', folder: pictures(), validation: 32 };
  writeFileSync(
    file,
    JSON.stringify({
      ...{ format: 'convloom', version: 3, name: 'tiny' },
      nodes: {
        in: { type: 'input', params: { shape: [8, 8, 1] } },
        conv: { type: 'conv2d', params: { filters: 4, kernel: 3 } },
        flat: { type: 'flatten', params: {} },
        fc: { type: 'dense', params: { units: 2 } },
        out: { type: 'output', params: { classes: 2 } },
      },
      edges: {
        a: wire('in', 'conv'),
        b: wire('conv', 'flat'),
        c: wire('flat', 'fc'),
        d: wire('fc', 'out'),
      },
      training: { data, epochs, batch: 16, rate: 0.01 },
    }),
  );
  return file;
}

test('trains with several seeds, queues more, and goes on where it was after the app was killed', async () => {
  test.setTimeout(240_000);
  const args = [document(120)];
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
