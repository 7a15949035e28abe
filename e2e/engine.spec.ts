import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { dropKind, press } from './graph';
import { close, type Launched, launch } from './launch';

test.skip(process.platform === 'win32', 'signals');
let it: Launched;
test.afterEach(() => close(it));

/** Process id of the engine: the child that runs worker.cjs is the utility process with our name. */
const enginePid = ({ app }: Launched): Promise<number> =>
  app.evaluate(({ app: main }) => main.getAppMetrics().find((m) => m.name === 'Convloom engine')?.pid ?? 0);
const isAlive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .trim()
      .startsWith('Z');
  } catch {
    return false;
  }
};
async function startRun({ page }: Launched): Promise<void> {
  await expect(page.locator('.device')).toContainText('CPU');
  await page.getByTestId('run-start').click();
  await expect(page.getByTestId('run-progress')).toContainText(/step [1-9]/, { timeout: 30_000 });
}

test('says that the engine died, starts it again, and lets the run be stopped and seen', async () => {
  it = await launch();
  await startRun(it);
  const pid = await enginePid(it);
  process.kill(pid, 'SIGKILL');
  await expect(it.page.getByText(/The engine stopped unexpectedly at step/).first()).toBeVisible();
  await expect(it.page.locator('.device')).toContainText('CPU', { timeout: 10_000 });
  expect(await enginePid(it)).not.toBe(pid);
  await startRun(it);
});

test('says within five seconds that a frozen engine does not respond, and Stop gets rid of it', async () => {
  it = await launch();
  const { page } = it;
  await startRun(it);
  const pid = await enginePid(it);
  process.kill(pid, 'SIGSTOP');
  await expect(page.locator('.device')).toContainText('not responding', { timeout: 5500 });
  await press(page, 'Mod+N'); // the window lives on
  await dropKind(page, 'conv2d', { x: 300, y: 100 });
  await page.getByTestId('run-stop').click();
  await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  await expect(page.locator('.device')).toContainText('CPU', { timeout: 10_000 });
});

test('leaves no engine behind when the app is killed', async () => {
  it = await launch();
  await startRun(it);
  const pid = await enginePid(it);
  expect(isAlive(pid)).toBe(true);
  it.app.process().kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});
