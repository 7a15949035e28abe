import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dropKind, nodes, press } from './graph';
import { answerDialogs, close, type Launched, launch, temporaryFolder } from './launch';

let it: Launched;
test.afterEach(() => close(it));

const kept = ({ userData }: Launched): string[] => {
  try {
    return readdirSync(join(userData, 'recovery')).filter((f) => f.endsWith('.json'));
  } catch {
    return [];
  }
};
const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 6000 }).toBe(false);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .startsWith('Z');
  } catch {
    return false;
  }
};
const answerMessages = ({ app }: Launched, label: string) =>
  app.evaluate(({ dialog }, wanted) => {
    dialog.showMessageBox = (async (...args: unknown[]) => {
      const { buttons = [] } = args.at(-1) as { buttons?: string[] };
      return { response: buttons.indexOf(wanted), checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, label);

test('gives unsaved edits back after the app was killed', async () => {
  const userData = temporaryFolder('killed');
  it = await launch({ userData });
  await press(it.page, 'Mod+N');
  await dropKind(it.page, 'conv2d', { x: 300, y: 100 });
  await dropKind(it.page, 'dropout', { x: 300, y: 250 });
  await expect.poll(() => kept(it)).toHaveLength(1);
  await it.page.waitForTimeout(1000); // older than a second: that much is promised
  it.app.process().kill('SIGKILL');
  await gone(it.app.process().pid!);

  it = await launch({ userData });
  await it.page.getByRole('button', { name: 'Restore' }).click();
  await expect(nodes(it.page)).toHaveCount(2);
  await expect(it.page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await expect(it.page.getByRole('button', { name: 'Restore' })).toBeHidden();
});

test('gives the unsaved edits of every tab back after the app was killed, and opens its files again', async () => {
  const userData = temporaryFolder('killed-tabs');
  const file = join(temporaryFolder('files'), 'kept.convloom.json');
  it = await launch({ userData });
  await answerDialogs(it.app, { save: file });
  await dropKind(it.page, 'dropout', { x: 80, y: 80 });
  await press(it.page, 'Mod+S');
  await expect(it.page.getByRole('img', { name: 'Unsaved changes' })).toBeHidden();
  const saved = await nodes(it.page).count();
  await dropKind(it.page, 'flatten', { x: 80, y: 180 });
  await press(it.page, 'Mod+N');
  await dropKind(it.page, 'conv2d', { x: 300, y: 100 });
  await press(it.page, 'Mod+N');
  await expect.poll(() => kept(it)).toHaveLength(2);
  await it.page.waitForTimeout(1000);
  it.app.process().kill('SIGKILL');
  await gone(it.app.process().pid!);

  it = await launch({ userData });
  await expect(nodes(it.page)).toHaveCount(saved); // as in its file
  await it.page.getByRole('button', { name: 'Restore all 2' }).click();
  const tabs = it.page.getByRole('tab', { name: /unsaved changes/ });
  await expect(tabs).toHaveCount(2);
  await expect(it.page.getByRole('tablist', { name: 'Open graphs' }).getByRole('tab')).toHaveCount(2);
  await tabs.filter({ hasText: 'ResNet' }).click();
  await expect(nodes(it.page)).toHaveCount(saved + 1);
  await tabs.filter({ hasText: 'untitled' }).click();
  await expect(nodes(it.page)).toHaveCount(1);
});

test('gives unsaved edits back after the process of the window was killed', async () => {
  it = await launch();
  const { app, page } = it;
  await press(page, 'Mod+N');
  await dropKind(page, 'conv2d', { x: 300, y: 100 });
  await expect.poll(() => kept(it)).toHaveLength(1);
  await page.waitForTimeout(1000);
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  process.kill(pid, 'SIGKILL');
  // a page that died is lost to Playwright: main looks into the new one
  const banner = () =>
    app.evaluate(({ BrowserWindow }) => {
      const look = 'document.querySelector(".rc")?.textContent ?? ""';
      const seen = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(look) as Promise<string>;
      return Promise.race([seen.catch(() => ''), new Promise((later) => setTimeout(later, 500, ''))]);
    });
  await expect.poll(banner, { timeout: 10_000 }).toContain('Unsaved work');
});

test('forgets unsaved edits that the user does not want saved', async () => {
  const userData = temporaryFolder('dropped');
  it = await launch({ userData });
  await dropKind(it.page, 'dropout', { x: 80, y: 80 });
  await expect.poll(() => kept(it)).toHaveLength(1);
  await close(it);
  expect(kept(it)).toEqual([]);
  it = await launch({ userData });
  await expect(it.page.getByRole('button', { name: 'Restore' })).toBeHidden();
});

test('stays open at Cancel, and saves before it closes at Save', async () => {
  it = await launch();
  const { app, page } = it;
  const file = join(temporaryFolder('files'), 'saved.convloom.json');
  await dropKind(page, 'dropout', { x: 80, y: 80 });
  const shut = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();

  await answerMessages(it, 'Cancel');
  await shut();
  await page.waitForTimeout(500);
  await expect(page.getByTestId('totals')).toBeVisible();

  await answerMessages(it, 'Save');
  await answerDialogs(app, { save: null });
  await shut();
  await page.waitForTimeout(500);
  await expect(page.getByTestId('totals')).toBeVisible();

  await answerDialogs(app, { save: file });
  const closed = app.waitForEvent('close');
  await shut();
  await closed;
  expect(readdirSync(join(file, '..'))).toEqual(['saved.convloom.json']);
  expect(kept(it)).toEqual([]);
});

test('a second start shows its file in the window that is open', async () => {
  it = await launch();
  const { app, userData, runs, page } = it;
  const [binary, ...args] = await app.evaluate(({ app: main }) => [process.execPath, main.getAppPath()]);
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const file = join(args[0]!, 'assets/templates/lenet-5.json');
  execFileSync(binary!, [...flags, args[0]!, file], {
    env: { ...process.env, CONVLOOM_USER_DATA: userData, CONVLOOM_RUNS: runs },
    stdio: 'ignore',
    timeout: 20_000,
  });
  await expect(page).toHaveTitle(/LeNet/);
});

test('opens where settings and unsaved work cannot be kept, and says so', async () => {
  const file = join(temporaryFolder('blocked'), 'file');
  writeFileSync(file, '');
  it = await launch({ userData: join(file, 'below') });
  await expect(it.page.getByRole('alert')).toContainText(`cannot be kept in ${file}`);
  await expect(it.page.locator('.device')).toContainText('CPU');
});
