import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { MenuCommand } from '../../ipc/contract';
import { menuTemplate } from './menu';

const means = (recent: readonly string[] = []) => ({
  ...{ mac: false, recent, command: vi.fn(), openRecent: vi.fn(), forgetRecent: vi.fn() },
  ...{ showLog: vi.fn(), showRuns: vi.fn(), about: vi.fn() },
});
const items = (menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap((i) => [i, ...(Array.isArray(i.submenu) ? items(i.submenu) : [])]);
const click = (item: MenuItemConstructorOptions | undefined) => (item!.click as () => void)();

it('sends only commands that the window has', () => {
  const tables = ['app/command-table.ts', 'documents/tab-commands.ts'];
  const table = tables
    .map((file) => readFileSync(join(__dirname, '../../renderer', file), 'utf8'))
    .join('\n');
  const m = means();
  const commands = items(menuTemplate(m)).filter((i) => i.id);
  for (const item of commands) click(item);
  const sent = m.command.mock.calls.map(([id]) => id as string);
  expect(sent).toEqual(commands.map((i) => i.id));
  for (const id of sent) {
    expect(MenuCommand.safeParse(id).success, id).toBe(true);
    expect(table, id).toContain(`'${id}'`);
  }
});

it('gives no key to two items', () => {
  const keys = items(menuTemplate(means())).flatMap((i) => i.accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

it('lists recent files, and opens the one that is clicked', () => {
  const m = means(['/a/net.json', '/b/R&D.json']);
  const recent = items(menuTemplate(m)).find((i) => i.label === 'Open Recent')!;
  const [first, second] = recent.submenu as MenuItemConstructorOptions[];
  expect([first?.label, second?.label]).toEqual(['net.json', 'R&&D.json']);
  click(second);
  expect(m.openRecent).toHaveBeenCalledWith('/b/R&D.json');
  expect(items(menuTemplate(means())).find((i) => i.label === 'Open Recent')?.enabled).toBe(false);
});
