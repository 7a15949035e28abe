import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { call, press } from './graph';
import { close, type Launched, launch } from './launch';
import { STATES } from './states';

let it: Launched;
test.beforeAll(async () => {
  it = await launch();
});
test.afterAll(() => close(it));

/** What axe finds, of whatever weight, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  // Electron opens no second page, which axe would else use to put its results together
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.flatMap((v) =>
    v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.any[0]?.message ?? ''}`),
  );
}

const VIEWS: readonly [name: string, show: (page: Page) => Promise<void>][] = [
  ['the design', async (page) => press(page, 'Mod+1')],
  [
    'a selected node',
    async (page) =>
      page
        .locator('.react-flow__node')
        .nth(2)
        .click({ position: { x: 20, y: 12 } }),
  ],
  ['the problems', async (page) => page.getByTestId('problem-count').click()],
  ['the runs', async (page) => press(page, 'Mod+2')],
  ['the table', async (page) => page.getByTestId('dock-tab-table').click()],
  [
    'nets by accuracy and cost',
    async (page) => {
      await press(page, 'Mod+3');
      await page.locator('.balls-ball').first().waitFor();
    },
  ],
  [
    'the help of a node',
    async (page) => {
      await page
        .locator('.react-flow__node')
        .nth(2)
        .click({ position: { x: 20, y: 12 } });
      await page.keyboard.press('F1');
      await page.getByTestId('help-page').waitFor();
    },
  ],
  ['the command palette', async (page) => press(page, 'Mod+K')],
];

for (const theme of ['light', 'dark'] as const) {
  for (const [name, show] of VIEWS) {
    test(`${name} has no fault of access, ${theme}`, async () => {
      const { page } = it;
      await page.evaluate((t) => document.documentElement.setAttribute('data-theme', t), theme);
      await page.keyboard.press('Escape');
      await press(page, 'Mod+1');
      await show(page);
      await page.waitForTimeout(300);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });
  }
}

test.describe('in the states of the window', () => {
  test.beforeAll(async () => {
    await close(it);
    it = await launch();
    await expect(it.page.locator('.device')).toContainText('CPU');
  });
  for (const { name, show, leave } of STATES) {
    test(`${name} has no fault of access, light or dark`, async () => {
      test.setTimeout(150_000);
      await show(it);
      for (const theme of ['light', 'dark'] as const) {
        await it.page.evaluate((t) => document.documentElement.setAttribute('data-theme', t), theme);
        await it.page.waitForTimeout(300);
        expect(await violations(it.page), theme).toEqual([]);
      }
      await leave?.(it);
    });
  }
});

test('keeps the theme that the user chose', async () => {
  expect(await call(it.page, 'app.theme', 'dark')).toMatchObject({ ok: true });
  expect(await call(it.page, 'app.info')).toMatchObject({ value: { theme: 'dark' } });
  expect(await it.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
});
