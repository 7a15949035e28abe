import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { MenuCommand } from '../../ipc/contract';
import { menuTemplate } from './menu';

const means = (recent: readonly string[] = [], keys: Record<string, string[]> = {}) => ({
  ...{ mac: false, recent, keys, command: vi.fn(), openRecent: vi.fn(), forgetRecent: vi.fn() },
  ...{ showLog: vi.fn(), showRuns: vi.fn(), about: vi.fn() },
});
const items = (menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap((i) => [i, ...(Array.isArray(i.submenu) ? items(i.submenu) : [])]);
const click = (item: MenuItemConstructorOptions | undefined) => (item!.click as () => void)();

it('sends only commands that the window has', () => {
  const renderer = join(__dirname, '../../renderer');
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' });
  const named = files.filter((f) => /command-table\.ts$|commands\.ts$/.test(f));
  const table = named.map((f) => readFileSync(join(renderer, f), 'utf8')).join('');
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

it('shows the keys that the user gave, and takes no bare key from fields', () => {
  const keys = {
    'file.save': ['Mod+Shift+Enter'],
    'view.zoom-in': ['Mod++'],
    'edit.undo': [],
    'view.fit': ['F'],
  };
  const found = (id: string) => items(menuTemplate(means([], keys))).find((i) => i.id === id);
  expect(found('file.save')?.accelerator).toBe('CmdOrCtrl+Shift+Return');
  expect(found('view.zoom-in')?.accelerator).toBe('CmdOrCtrl+Plus');
  expect(found('edit.undo')?.accelerator).toBeUndefined();
  expect(found('view.fit')).toMatchObject({ accelerator: 'F', registerAccelerator: false });
  expect(found('edit.delete')).toMatchObject({ accelerator: 'Delete', registerAccelerator: false });
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
