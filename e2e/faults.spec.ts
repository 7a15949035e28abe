import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { drawWire, dropKind, node, press, wires } from './graph';
import { answerDialogs, close, type Launched, launch, root, temporaryFolder } from './launch';

let it: Launched;
test.beforeEach(async () => {
  it = await launch();
});
test.afterEach(() => close(it));

const folder = temporaryFolder('faults');
const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
async function open({ app, page }: Launched, path: string): Promise<void> {
  await answerDialogs(app, { open: path });
  await press(page, 'Mod+O');
}
const alert = (page: Page) => page.getByRole('alert');
const document = (nodes: Record<string, unknown>, edges: Record<string, unknown>, rest: object = {}) => ({
  ...{ format: 'convloom', version: 3, name: 'faulty', nodes, edges, ...rest },
});
const wire = (from: string, to: string, port = 'x') => ({
  from: { node: from, port: 'out' },
  to: { node: to, port },
});
const at = (y: number, x = 300) => ({ x, y });

test('refuses a wire that would close a cycle, and says why', async () => {
  const { page } = it;
  await press(page, 'Mod+N');
  const first = await dropKind(page, 'conv2d', { x: 400, y: 80 });
  const second = await dropKind(page, 'conv2d', { x: 400, y: 260 });
  await drawWire(page, [first, 'out'], [second, 'x']);
  await expect(wires(page)).toHaveCount(1);
  await drawWire(page, [second, 'out'], [first, 'x'], async () => {
    await expect(page.getByTestId('connection-card')).toContainText(/cycle/i);
  });
  await expect(wires(page)).toHaveCount(1);
});

test('explains at the wire why two shapes cannot be added, with numbers', async () => {
  const nodes = {
    input: { type: 'input', params: { shape: [32, 32, 3] }, position: at(0) },
    a: { type: 'conv2d', params: { filters: 64, kernel: 3, padding: 1 }, position: at(160, 100) },
    b: { type: 'conv2d', params: { filters: 128, kernel: 3, padding: 1 }, position: at(160, 500) },
    sum: { type: 'add', params: {}, position: at(340) },
  };
  const edges = {
    e1: wire('input', 'a'),
    e2: wire('input', 'b'),
    e3: wire('a', 'sum', 'x1'),
    e4: wire('b', 'sum', 'x2'),
  };
  await open(it, write('shapes.json', document(nodes, edges)));
  const { page } = it;
  await expect(node(page, 'sum').getByTestId('problem-sign')).toBeVisible();
  await node(page, 'sum').hover();
  const card = page.getByTestId('fault-card');
  await expect(card).toContainText('64');
  await expect(card).toContainText('128');
  await page.getByTestId('problem-count').click();
  const list = page.getByRole('list', { name: 'Problems' });
  await expect(list).toContainText('64');

  // pointed at, a repair shows what comes of it; nothing is changed until it is pressed
  const drawn = page.locator('.react-flow__node');
  const before = await drawn.count();
  const repair = list.getByRole('button', { name: /1×1/ }).first();
  await repair.hover();
  await expect(page.locator('.react-flow__node.ahead').first()).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(drawn).toHaveCount(before);
  await repair.click();
  await expect(page.locator('.react-flow__node.ahead')).toHaveCount(0);
  await expect(drawn).toHaveCount(before + 1);
  await expect(node(page, 'sum').getByTestId('problem-sign')).toHaveCount(0);
});

test('says that a truncated file is truncated, and keeps the graph that is open', async () => {
  const title = await it.page.title();
  await open(it, write('truncated.json', '{"format":"convloom","version":1,"name":"x","nodes":{"a":{"ty'));
  await expect(alert(it.page)).toContainText('truncated');
  await expect(alert(it.page)).toContainText('Restore it from a backup');
  await expect(alert(it.page)).toContainText('truncated.json');
  expect(await it.page.title()).toBe(title);
});

test('says that a file is too new, and what to do', async () => {
  await open(it, write('new.json', { format: 'convloom', version: 99, everything: 'else' }));
  await expect(alert(it.page)).toContainText('version 99');
  await expect(alert(it.page)).toContainText('Update Convloom');
});

test('says where a damaged file is damaged, and what is no graph', async () => {
  await open(it, write('damaged.json', document({ a: { type: 'conv2d', params: 7 } }, {})));
  await expect(alert(it.page)).toContainText('/nodes/a/params');
  await open(it, write('other.json', { name: 'package', version: '1.0.0' }));
  await expect(alert(it.page).last()).toContainText('not a Convloom graph');
});

test('fits a net for colour to grey pictures by one click', async () => {
  const { page } = it;
  await open(it, join(root, 'assets/templates/resnet-20.json'));
  await expect(page).toHaveTitle(/^(• )?ResNet-20 –/);
  await page.keyboard.press('Escape');
  const fit = page.getByRole('button', { name: /Fit the net to MNIST/ });
  if (!(await fit.first().isVisible())) {
    // the template names a colour data set: choose MNIST, as a user would
    await page.getByTestId('problem-count').click();
  }
  await expect(fit.first()).toBeVisible();
  await expect(page.getByText(/takes pictures of 32×32×3, but MNIST has 28×28×1/).first()).toBeVisible();
  await fit.first().click();
  await expect(page.getByTestId('problem-count')).toHaveText('no problems');
  await expect(node(page, 'input')).toContainText('28×28×1');
  await press(page, 'Mod+Z');
  await expect(page.getByTestId('problem-count')).not.toHaveText('no problems');
});
