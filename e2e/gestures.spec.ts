import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { canvas, ids, node, port, press, wires } from './graph';
import { close, type Launched, launch } from './launch';

let it: Launched;
let page: Page;
const MOD = process.platform === 'darwin' ? 'Meta' : 'Control';

/** Two paths from a convolution to an Add, side by side, and what comes after. */
function netFile(): string {
  const kinds: readonly (readonly [id: string, type: string, params: object, x: number, y: number])[] = [
    ['input', 'input', { shape: [8, 8, 1] }, 0, 0],
    ['stem', 'conv2d', { filters: 4 }, 0, 100],
    ['left', 'batch-norm', {}, -160, 200],
    ['right', 'conv2d', { filters: 4 }, 160, 200],
    ['sum', 'add', {}, 0, 300],
    ['pool', 'global-avg-pool', {}, 0, 400],
    ['dense', 'dense', { units: 10 }, 0, 500],
    ['output', 'output', {}, 0, 600],
  ];
  const wiring = ['input stem x', 'stem left x', 'stem right x', 'left sum x1', 'right sum x2'];
  const rest = ['sum pool x', 'pool dense x', 'dense output x'];
  const edges = [...wiring, ...rest].map((w) => {
    const [from, to, into] = w.split(' ');
    return [`${from}-${to}`, { from: { node: from, port: 'out' }, to: { node: to, port: into } }];
  });
  const nodes = kinds.map(([id, type, params, x, y]) => [id, { type, v: 1, params, position: { x, y } }]);
  const doc = { format: 'convloom', version: 4, name: 'two paths' };
  const file = join(mkdtempSync(join(tmpdir(), 'convloom-e2e-gestures-')), 'two.convloom.json');
  const graph = { ...doc, nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
  writeFileSync(file, JSON.stringify(graph));
  return file;
}

// one window for all: each journey undoes what it did
test.beforeAll(async () => {
  it = await launch({ args: [netFile()] });
  ({ page } = it);
  await expect(node(page, 'output')).toBeVisible();
});
test.afterAll(async () => {
  await close(it);
  expect(it.complaints).toEqual([]);
});

const boxOf = async (id: string) => (await node(page, id).boundingBox())!;
const selected = (): Promise<string[]> =>
  page
    .locator('.react-flow__node.selected')
    .evaluateAll((all) => all.map((n) => n.getAttribute('data-id') ?? '').sort());
async function drag(
  points: readonly (readonly [x: number, y: number])[],
  before = async () => {},
): Promise<void> {
  const [first, ...rest] = points;
  await page.mouse.move(...(first as [number, number]));
  await page.mouse.down();
  for (const p of rest) await page.mouse.move(...(p as [number, number]), { steps: 6 });
  await before();
  await page.mouse.up();
}
async function holding(keys: readonly string[], work: () => Promise<void>): Promise<void> {
  for (const key of keys) await page.keyboard.down(key);
  await work();
  for (const key of [...keys].reverse()) await page.keyboard.up(key);
}

test('a loop selects, keys widen the selection, and the menu acts on it', async () => {
  const [left, right] = [await boxOf('left'), await boxOf('right')];
  const loop: [number, number][] = [
    [left.x - 20, left.y - 10],
    [right.x + right.width + 20, right.y - 10],
    [right.x + right.width + 20, right.y + right.height + 10],
    [left.x - 20, left.y + left.height + 10],
  ];
  await holding(['Alt', 'Shift'], () => drag(loop));
  expect(await selected()).toEqual(['left', 'right']);
  // taken away and added again by the pointer
  await node(page, 'left').click({ modifiers: [MOD] });
  expect(await selected()).toEqual(['right']);
  await press(page, 'Mod+Alt+A');
  expect(await selected()).toEqual(['right', 'stem']);
  await press(page, 'Mod+Shift+ArrowRight');
  expect(await selected()).toEqual(['input', 'left', 'right', 'stem', 'sum']);
  await node(page, 'stem').click();
  await node(page, 'sum').click({ modifiers: ['Shift'] });
  await press(page, 'Mod+Shift+ArrowLeft');
  expect(await selected()).toEqual(['left', 'right', 'stem', 'sum']);
  await press(page, 'Mod+Shift+A');
  expect(await selected()).toEqual(['dense', 'input', 'output', 'pool']);
  // by the menu: align two nodes, one step
  await node(page, 'left').click();
  await node(page, 'pool').click({ modifiers: ['Shift'], button: 'left' });
  await node(page, 'pool').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Align left' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  expect((await boxOf('pool')).x).toBeCloseTo((await boxOf('left')).x, 0);
  await press(page, 'Mod+Z');
  expect((await boxOf('pool')).x).toBeGreaterThan((await boxOf('left')).x + 10);
  // the tool by its key is let go of by Escape
  await canvas(page).focus();
  await page.keyboard.press('l');
  await expect(page.getByTestId('tool-hint')).toContainText('loop');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tool-hint')).toHaveCount(0);
});

test('a stroke cuts wires, Alt puts down copies with their wires, the end of a wire moves', async () => {
  const [stem, left, right] = [await boxOf('stem'), await boxOf('left'), await boxOf('right')];
  const y = (stem.y + stem.height + left.y) / 2;
  const across: [number, number][] = [
    [left.x, y],
    [right.x + right.width, y],
  ];
  await holding([MOD, 'Alt'], () =>
    drag(across, async () => {
      await expect(page.locator('.wire.cutting')).toHaveCount(2);
      await page.keyboard.press('Escape');
    }),
  );
  await expect(wires(page)).toHaveCount(8);
  await holding([MOD, 'Alt'], () => drag(across));
  await expect(wires(page)).toHaveCount(6);
  await press(page, 'Mod+Z');
  await expect(wires(page)).toHaveCount(8);

  const at: [number, number] = [right.x + right.width / 2, right.y + 12];
  await holding(['Alt'], () =>
    drag([at, [at[0] + 60, at[1] + 10], [at[0] + 200, at[1]]], async () => {
      await expect(page.getByTestId('copy-ahead')).toHaveCount(1);
    }),
  );
  await expect(page.getByTestId('copy-ahead')).toHaveCount(0);
  expect(await selected()).toEqual(['conv2d-1']);
  // from the stem, and to the next free port of the Add
  await expect(wires(page)).toHaveCount(10);
  await expect(port(page, 'sum', 'x3')).toHaveAttribute('aria-label', 'Input x3 of Add, from Conv 3×3');
  expect((await boxOf('right')).x).toBeCloseTo(right.x, 0);
  await press(page, 'Mod+Z');
  expect(await ids(page)).toHaveLength(8);

  // the end of the wire to the pool, let go over nothing
  const pool = await boxOf('pool');
  const end: [number, number] = [pool.x + pool.width / 2, pool.y - 9];
  await drag([end, [end[0] + 60, end[1] - 20], [end[0] + 320, end[1] + 30]]);
  await expect(wires(page)).toHaveCount(7);
  await press(page, 'Mod+Z');
  await expect(wires(page)).toHaveCount(8);
});

test('the other end of a selected wire moves too, and its menu puts a node on it', async () => {
  const wire = page.getByTestId('wire-sum-pool');
  const [sum, pool] = [await boxOf('sum'), await boxOf('pool')];
  const onWire: [number, number] = [sum.x + sum.width / 2, (sum.y + sum.height + pool.y) / 2];
  await page.mouse.click(...onWire);
  await expect(wire).toHaveClass(/selected/);
  const stem = (await port(page, 'stem', 'out').boundingBox())!;
  const to: [number, number] = [stem.x + stem.width / 2, stem.y + stem.height / 2];
  const from: [number, number] = [onWire[0], sum.y + sum.height + 9];
  await drag([from, [from[0] + 60, from[1] + 10], [to[0] + 20, to[1] + 10], to]);
  await expect(page.getByLabel(/^Wire from Conv 3×3 to Global average pool/)).toHaveCount(1);
  await expect(wires(page)).toHaveCount(8);
  await press(page, 'Mod+Z');
  await expect(wire).toHaveAttribute('aria-label', /^Wire from Add to/);

  await page.mouse.click(...onWire, { button: 'right' });
  await expect(page.getByRole('menu', { name: 'Wire' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Go to where it ends' }).click();
  expect(await selected()).toEqual(['pool']);
  await page.mouse.click(...onWire, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Insert a node…' }).click();
  await page.keyboard.type('dropout 0.3');
  await page.keyboard.press('Enter');
  await expect(node(page, 'dropout-1')).toBeVisible();
  await expect(port(page, 'pool', 'x')).toHaveAttribute('aria-label', /from Dropout/);
  await press(page, 'Mod+Z');
  await expect(wires(page)).toHaveCount(8);
});

test('nodes are bypassed, taken out and swapped, and the keys lead along the wires', async () => {
  const totals = page.getByTestId('totals');
  const before = (await totals.textContent()) ?? '';
  await node(page, 'left').click();
  await page.keyboard.press('m');
  await expect(node(page, 'left')).toHaveAttribute('aria-label', /bypassed/);
  await expect(totals).not.toHaveText(before);
  await page.keyboard.press('m');
  await expect(node(page, 'left')).not.toHaveAttribute('aria-label', /bypassed/);
  // an end of the net is refused in words
  await node(page, 'input').click();
  await page.keyboard.press('m');
  await expect(page.getByText("'input' cannot be bypassed.")).toBeVisible();

  await node(page, 'left').click();
  await press(page, 'Mod+Delete');
  await expect(node(page, 'left')).toHaveCount(0);
  await expect(port(page, 'sum', 'x1')).toHaveAttribute('aria-label', 'Input x1 of Add, from Conv 3×3');
  await press(page, 'Mod+Z');
  await node(page, 'left').click();
  await node(page, 'right').click({ modifiers: ['Shift'] });
  const was = await boxOf('left');
  await press(page, 'Mod+Shift+X');
  expect((await boxOf('right')).x).toBeCloseTo(was.x, 0);
  await expect(port(page, 'sum', 'x1')).toHaveAttribute('aria-label', 'Input x1 of Add, from Conv 3×3');
  await press(page, 'Mod+Z');

  // down, aside and up along the wires; then the menu by its key, and the focus back
  await page.keyboard.press('Escape');
  await node(page, 'stem').focus();
  await page.keyboard.press('ArrowDown');
  await expect(node(page, 'left')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(node(page, 'right')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(node(page, 'sum')).toBeFocused();
  expect(await selected()).toEqual(['sum']);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Nodes' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(node(page, 'sum')).toBeFocused();
});
