import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_HABITS } from '../../ipc/habits';
import { openSettings } from './settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convloom-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps what was set for the next start', async () => {
  const file = join(folder, 'new', 'settings.json');
  const settings = openSettings(file);
  settings.set({ theme: 'dark' });
  settings.set({ tabs: { paths: ['/a.json'], front: '/a.json' } });
  settings.set({ recent: ['/a.json'], bounds: { x: 1, y: 2, width: 1200, height: 800, maximized: true } });
  await settings.flush();
  expect(openSettings(file).get()).toMatchObject({
    tabs: { paths: ['/a.json'], front: '/a.json' },
    theme: 'dark',
    recent: ['/a.json'],
    bounds: { x: 1, y: 2, width: 1200, height: 800, maximized: true },
    habits: NO_HABITS,
  });
});

it('keeps the keys that are sound, whatever else of the habits is damaged', () => {
  const file = join(folder, 'settings.json');
  const keys = { 'edit.undo': ['Alt+U'], 'view.fit': [] };
  writeFileSync(
    file,
    JSON.stringify({ theme: 'dark', habits: { keys, favourites: 'all', recentKinds: [7] } }),
  );
  expect(openSettings(file).get().habits).toEqual({ ...NO_HABITS, keys });
});

it('takes the default for each entry that is damaged, and for a damaged file', () => {
  const file = join(folder, 'settings.json');
  writeFileSync(
    file,
    JSON.stringify({ theme: 'pink', recent: ['/a.json'], bounds: { width: 'wide' }, tabs: 7 }),
  );
  const tabs = { paths: [], front: null };
  expect(openSettings(file).get()).toMatchObject({
    theme: 'system',
    recent: ['/a.json'],
    bounds: null,
    tabs,
  });
  for (const text of ['{"theme":', '', 'null', '7', '[]']) {
    writeFileSync(file, text);
    expect(openSettings(file).get().theme).toBe('system');
  }
});

it('works from memory where it cannot write, and says so once', async () => {
  const file = join(folder, 'settings.json');
  mkdirSync(file); // a folder is in the way
  const warn = vi.fn();
  const settings = openSettings(file, warn);
  settings.set({ theme: 'light' });
  settings.set({ theme: 'dark' });
  await settings.flush();
  expect(settings.get().theme).toBe('dark');
  expect(warn).toHaveBeenCalledOnce();
  expect(() => readFileSync(file)).toThrow();
});

it('keeps how the window looks and that the tour was shown; a damaged look takes the usual one', async () => {
  const file = join(folder, 'settings.json');
  const settings = openSettings(file);
  expect(settings.get()).toMatchObject({ toured: false, looks: { contrast: 'system', zoom: 1 } });
  settings.set({ looks: { contrast: 'high', palette: 'safe', zoom: 1.5 }, toured: true });
  await settings.flush();
  expect(openSettings(file).get()).toMatchObject({
    ...{ toured: true, looks: { contrast: 'high', palette: 'safe', zoom: 1.5 } },
  });
  writeFileSync(file, JSON.stringify({ looks: { contrast: 'high', zoom: 90 } }));
  expect(openSettings(file).get().looks).toEqual({ contrast: 'system', palette: 'standard', zoom: 1 });
});
