import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { node, press } from '../graph';
import { answerDialogs, close, type Launched, launch, root, temporaryFolder } from '../launch';

/** Pictures of the real app for README and docs: nothing in them is drawn by hand. */
const folder = process.env['CONVLOOM_PICTURES'] ?? join(root, 'docs', 'pictures');
mkdirSync(folder, { recursive: true });

type Size = readonly [width: number, height: number];
const LARGE: Size = [1440, 900];
const SMALL: Size = [1024, 700];
let it: Launched;
test.afterEach(() => close(it));

async function open(theme: 'light' | 'dark', size: Size = LARGE): Promise<void> {
  const userData = temporaryFolder('pictures');
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ theme }));
  it = await launch({ userData });
  await it.app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    size,
  );
  await expect(it.page.locator('.device')).toContainText('CPU');
  await it.page.waitForTimeout(400);
  await press(it.page, 'f'); // the whole net, at the new size
}
async function take(name: string): Promise<void> {
  await it.page.mouse.move(2, 2);
  await it.page.waitForTimeout(700);
  await it.page.screenshot({ path: join(folder, `${name}.png`) });
}
const openFile = async (path: string): Promise<void> => {
  await answerDialogs(it.app, { open: path });
  await press(it.page, 'Mod+O');
};

test('the window in a run', async () => {
  test.setTimeout(480_000);
  await open('light');
  // two epochs, so that the curves fill their frames while one waits
  const epochs = it.page.getByLabel('Epochs', { exact: true });
  await epochs.fill('2');
  await epochs.press('Enter');
  await it.page.getByTestId('run-start').click();
  await expect(it.page.getByTestId('run-progress')).toContainText('epoch 2 of 2', { timeout: 400_000 });
  await it.page.waitForTimeout(20_000);
  await take('window-light');
});

test('the window, dark', async () => {
  await open('dark');
  await take('window-dark');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the smallest window, ${theme}`, async () => {
    await open(theme, SMALL);
    await take(`window-small-${theme}`);
  });
}

test('a block that stands open', async () => {
  await open('light');
  const block = it.page.locator('.react-flow__node:has(.node.block)').first();
  const id = (await block.getAttribute('data-id'))!;
  await node(it.page, id).dblclick({ position: { x: 30, y: 14 } });
  await it.page.waitForTimeout(500);
  await take('block-open');
});

test('a run under way', async () => {
  await open('dark');
  await it.page.getByTestId('run-start').click();
  await expect(it.page.getByTestId('run-state')).toHaveText('training', { timeout: 30_000 });
  await it.page.waitForTimeout(45_000);
  await take('run');
  await it.page.getByTestId('run-stop').click();
  await expect(it.page.getByTestId('test-accuracy')).toBeVisible({ timeout: 90_000 });
  await take('run-tested');
});

test('the data', async () => {
  await open('light');
  await press(it.page, 'Mod+K');
  await it.page.keyboard.type('Look at the data');
  await it.page.keyboard.press('Enter');
  await expect(it.page.getByRole('dialog')).toContainText('MNIST');
  await it.page.waitForTimeout(1000);
  await take('data');
});

test('a problem at a wire', async () => {
  await open('light');
  const place = (x: number, y: number) => ({ x, y });
  const wire = (from: string, to: string, port = 'x') => ({
    from: { node: from, port: 'out' },
    to: { node: to, port },
  });
  const nodes = {
    input: { type: 'input', params: { shape: [28, 28, 1] }, position: place(300, 0) },
    conv1: { type: 'conv2d', params: { filters: 32, kernel: 3, padding: 1 }, position: place(120, 160) },
    conv2: { type: 'conv2d', params: { filters: 64, kernel: 3, padding: 1 }, position: place(480, 160) },
    sum: { type: 'add', params: {}, position: place(300, 340) },
  };
  const edges = {
    a: wire('input', 'conv1'),
    b: wire('input', 'conv2'),
    c: wire('conv1', 'sum', 'x1'),
    d: wire('conv2', 'sum', 'x2'),
  };
  const file = join(temporaryFolder('pictures'), 'sum.json');
  writeFileSync(file, JSON.stringify({ format: 'convloom', version: 3, name: 'Two paths', nodes, edges }));
  await openFile(file);
  await node(it.page, 'sum').click({ position: { x: 20, y: 12 } });
  await take('problem');
});
