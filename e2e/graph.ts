import type { Locator, Page } from '@playwright/test';

/** What the tests do with the canvas. */
export const node = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
export const nodes = (page: Page): Locator => page.locator('.react-flow__node');
export const wires = (page: Page): Locator => page.locator('.react-flow__edge');
export const port = (page: Page, path: string, name: string): Locator =>
  page.getByTestId(`port-${path}-${name}`);
export const canvas = (page: Page): Locator => page.locator('section[data-canvas]');

/** A shortcut of the window, with nothing in particular focused. */
export async function press(page: Page, keys: string): Promise<void> {
  await page.keyboard.press(keys.replace('Mod', process.platform === 'darwin' ? 'Meta' : 'Control'));
}

/** Drags a kind from the palette to `at`, in pixels from the canvas' top left. @returns the new node's id */
export async function dropKind(page: Page, type: string, at: { x: number; y: number }): Promise<string> {
  const before = new Set(await ids(page));
  await page.locator(`[data-kind="${type}"]`).dragTo(canvas(page), { targetPosition: at });
  await page.waitForFunction((n) => document.querySelectorAll('.react-flow__node').length > n, before.size);
  return (await ids(page)).find((id) => !before.has(id))!;
}

export const ids = (page: Page): Promise<string[]> =>
  nodes(page).evaluateAll((all) => all.map((n) => n.getAttribute('data-id') ?? ''));

/** Draws a wire with the mouse. @param hold looks at the canvas before the button is let go */
export async function drawWire(
  page: Page,
  from: readonly [path: string, port: string],
  to: readonly [path: string, port: string],
  hold: () => Promise<void> = async () => {},
): Promise<void> {
  const start = await middle(port(page, ...from));
  const end = await middle(port(page, ...to));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await hold();
  await page.mouse.up();
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('the port is not on screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Calls main by the bridge, as the window does, and gives back the whole reply. */
export const call = <T = unknown>(
  page: Page,
  channel: string,
  input?: unknown,
): Promise<{ ok: boolean; value: T; error: { code: string } }> =>
  page.evaluate(([c, i]) => window.bridge.call(c as string, i) as never, [channel, input] as const);
