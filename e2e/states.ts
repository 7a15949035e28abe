import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { canvas, node, nodes, press } from './graph';
import { answerDialogs, type Launched, temporaryFolder } from './launch';

/** The states of the window that are looked at: by axe, and as pictures. */
export interface State {
  readonly name: string;
  /** From the start document, with the canvas on screen. */
  show(it: Launched): Promise<void>;
  /** Back to where the next one begins. */
  leave?(it: Launched): Promise<void>;
}

const wire = (from: string, to: string, port = 'x') => ({
  from: { node: from, port: 'out' },
  to: { node: to, port },
});
type Nodes = Record<string, { type: string; params?: object; position?: { x: number; y: number } }>;
type Edges = Record<string, ReturnType<typeof wire>>;

export function graphFile(name: string, nodes: Nodes, edges: Edges, rest: object = {}): string {
  const file = join(temporaryFolder('states'), `${name.replaceAll(/\W+/g, '-').toLowerCase()}.json`);
  const full = Object.fromEntries(Object.entries(nodes).map(([id, n]) => [id, { params: {}, ...n }]));
  writeFileSync(file, JSON.stringify({ format: 'convloom', version: 4, name, nodes: full, edges, ...rest }));
  return file;
}

/** Opens a graph; unsaved changes are let go. */
export async function openGraph({ app, page }: Launched, path: string): Promise<void> {
  await answerDialogs(app, { open: path });
  await press(page, 'Mod+O');
  await letGo({ page });
}
async function letGo({ page }: Pick<Launched, 'page'>): Promise<void> {
  const drop = page.getByRole('button', { name: 'Do not save' });
  await page.waitForTimeout(250);
  if (await drop.isVisible()) await drop.click();
  await page.waitForTimeout(250);
}
/** A command by its title in the command palette. */
export async function command({ page }: Pick<Launched, 'page'>, title: string): Promise<void> {
  await press(page, 'Mod+K');
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
}
async function template(it: Launched, id: string): Promise<void> {
  await it.page.getByRole('tab', { name: 'Templates' }).click();
  await it.page.locator(`[data-template="${id}"]`).click();
  await it.page.getByRole('tab', { name: 'Nodes', exact: true }).click();
  await it.page.waitForTimeout(300);
}

/** Two paths of different widths that are added, a Dense without a Flatten, and a node that leads nowhere. */
const faulty = (): string =>
  graphFile(
    'A net with errors',
    {
      input: { type: 'input', params: { shape: [28, 28, 1] }, position: { x: 300, y: 0 } },
      conv1: { type: 'conv2d', params: { filters: 32 }, position: { x: 160, y: 100 } },
      conv2: { type: 'conv2d', params: { filters: 64 }, position: { x: 440, y: 100 } },
      sum: { type: 'add', position: { x: 300, y: 220 } },
      dense: { type: 'dense', params: { units: 12 }, position: { x: 300, y: 320 } },
      out: { type: 'output', params: { classes: 10 }, position: { x: 300, y: 400 } },
      drop: { type: 'dropout', position: { x: 580, y: 220 } },
    },
    {
      a: wire('input', 'conv1'),
      b: wire('input', 'conv2'),
      c: wire('conv1', 'sum', 'x1'),
      d: wire('conv2', 'sum', 'x2'),
      e: wire('sum', 'dense'),
      f: wire('dense', 'out'),
      g: wire('conv2', 'drop'),
    },
  );

/** 100 modules of four branches: 1,004 nodes. */
export function thousand(): string {
  const nodes: Nodes = { input: { type: 'input', params: { shape: [32, 32, 3] } } };
  const edges: Edges = {};
  const add = (id: string, type: string, params: object, ...from: readonly string[]) => {
    nodes[id] = { type, params };
    from.forEach((f, i) => {
      edges[`${f}-${id}`] = wire(f, id, from.length > 1 ? `x${i + 1}` : 'x');
    });
  };
  let last = 'input';
  for (let m = 1; m <= 100; m++) {
    for (const b of ['a', 'b', 'c', 'd']) {
      add(`m${m}${b}1`, 'conv2d', { filters: 8, kernel: 1 }, last);
      add(`m${m}${b}2`, 'conv2d', { filters: 8, kernel: 3 }, `m${m}${b}1`);
    }
    add(`m${m}join`, 'concat', {}, `m${m}a2`, `m${m}b2`, `m${m}c2`, `m${m}d2`);
    add(`m${m}act`, 'activation', {}, `m${m}join`);
    last = `m${m}act`;
  }
  add('pool', 'global-avg-pool', {}, last);
  add('dense', 'dense', { units: 10 }, 'pool');
  add('out', 'output', { classes: 10 }, 'dense');
  return graphFile('A thousand nodes', nodes, edges);
}

/** A frame around the stem, one around a stage, a note beside them and one on a node. */
export async function annotate({ page }: Launched): Promise<void> {
  const frame = async (title: string, colour: string, ...ids: readonly string[]) => {
    await node(page, ids[0]!).click({ position: { x: 30, y: 12 } });
    for (const id of ids.slice(1))
      await node(page, id).click({ position: { x: 30, y: 12 }, modifiers: ['Shift'] });
    await press(page, 'Shift+F');
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
    const head = page.locator('.area', { has: page.locator(`[data-text="${title}"]`) });
    // its middle belongs to the wire that comes in
    await head.locator('.area-head').hover({ position: { x: 12, y: 9 } });
    await head.getByRole('button', { name: `Colour ${colour}` }).click();
  };
  await frame('Stem', 'blue', 'conv1', 'conv1-bn', 'conv1-relu');
  await frame('Stage 1', 'green', 'stage1-block1', 'stage1-block2', 'stage1-block3');
  await press(page, 'Shift+N');
  await page.keyboard.type(
    '## Stem\nAs in **section 4.2**: one *3×3* convolution, no pool.\n- 16 filters\n- stride 1',
  );
  await page.keyboard.press('Escape');
  await node(page, 'conv1').click({ position: { x: 30, y: 12 } });
  await press(page, 'Shift+M');
  await page.keyboard.type('Try **32 filters** here.');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
}

export const STATES: readonly State[] = [
  {
    name: 'tour',
    async show(it) {
      await command(it, 'Tour of the window');
      await it.page.getByTestId('tour').waitFor();
    },
    leave: async ({ page }) => page.getByRole('button', { name: 'Skip the tour' }).click(),
  },
  { name: 'resnet-20', show: async () => {} },
  {
    name: 'empty',
    async show(it) {
      await press(it.page, 'Mod+N');
      await letGo(it);
      await expect(nodes(it.page)).toHaveCount(0);
    },
  },
  {
    name: 'errors',
    async show(it) {
      await openGraph(it, faulty());
      await it.page.getByTestId('problem-count').click();
      await node(it.page, 'sum').click({ position: { x: 20, y: 12 } });
    },
    leave: async ({ page }) => page.getByTestId('dock-tab-run').click(),
  },
  {
    name: 'quick-add',
    async show({ page }) {
      await canvas(page).dblclick({ position: { x: 40, y: 330 } });
      await page.keyboard.type('conv');
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'block-open',
    async show(it) {
      await template(it, 'resnet-20');
      await node(it.page, 'stage2-block1').dblclick({ position: { x: 30, y: 14 } });
      await it.page.waitForTimeout(400);
      await press(it.page, 'f');
    },
  },
  {
    name: 'compare',
    async show(it) {
      await command(it, 'Compare with a template');
      await it.page.getByPlaceholder('Find a template').fill('resnet-32');
      await it.page.locator('[data-compare="resnet-32"]').click();
      await it.page.getByTestId('compare').waitFor();
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'training',
    async show(it) {
      await template(it, 'lenet-5');
      await it.page.getByTestId('run-start').click();
      await expect(it.page.getByTestId('run-state')).toHaveText('training', { timeout: 40_000 });
      await it.page.waitForTimeout(9000);
    },
    async leave({ page }) {
      await page.getByTestId('run-stop').click();
      await expect(page.getByTestId('test-accuracy')).toBeVisible({ timeout: 90_000 });
    },
  },
  {
    name: 'runs',
    async show({ page }) {
      await press(page, 'Mod+2');
      await page.getByTestId('confusion-matrix').first().waitFor();
    },
    leave: async ({ page }) => press(page, 'Mod+1'),
  },
  {
    name: 'data',
    async show(it) {
      await command(it, 'Look at the data');
      await expect(it.page.getByRole('dialog')).toContainText('MNIST');
      await it.page.waitForTimeout(800);
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'thousand',
    async show(it) {
      await openGraph(it, thousand());
      await it.page.waitForTimeout(1500);
      await press(it.page, 'f');
      await it.page.waitForTimeout(800);
    },
  },
  {
    name: 'high-contrast',
    async show(it) {
      await template(it, 'resnet-20');
      await press(it.page, 'f');
      await it.page.waitForTimeout(400);
      await annotate(it);
      await command(it, 'High contrast on or off');
      await it.page.waitForTimeout(300);
    },
    leave: async (it) => command(it, 'High contrast on or off'),
  },
];
