// @vitest-environment jsdom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { addNode } from '../../engine/graph/commands/nodes';
import { MenuCommand } from '../../ipc/contract';
import type { appCommands as AppCommands, runCommand as RunCommand } from './command-table';
import { registerCommand } from './commands';
import { isChord, matches } from './keys';
import { useEditor } from './store';

let appCommands: typeof AppCommands;
let runCommand: typeof RunCommand;
beforeAll(async () => {
  Object.defineProperty(window, 'bridge', { value: { call: vi.fn(), on: () => () => {} } });
  ({ appCommands, runCommand } = await import('./command-table'));
});

const press = (
  key: string,
  mods: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...mods,
});

describe('the command table', () => {
  it('has ids that are unique and that the menu may send', () => {
    const ids = appCommands.map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(MenuCommand.safeParse(id).success, id).toBe(true);
  });

  it('gives each key to one command', () => {
    const keys = appCommands.flatMap((c) => c.keys ?? []).map((k) => k.toLowerCase());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has a title for each command, and no two alike', () => {
    const titles = appCommands.map((c) => c.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('gives keys without Ctrl to no command that works in fields', () => {
    const typed = appCommands.filter((c) => c.inFields && c.keys?.some((k) => !isChord(k)));
    expect(typed).toEqual([]);
  });

  it('runs what a part of the window registered, while it is there', () => {
    const fit = vi.fn();
    expect(runCommand('view.fit')).toBe(false);
    const stop = registerCommand('view.fit', fit);
    expect(runCommand('view.fit')).toBe(true);
    stop();
    expect(runCommand('view.fit')).toBe(false);
    expect(fit).toHaveBeenCalledTimes(1);
  });

  it('copies, pastes, cuts and undoes nodes', () => {
    const { run, select } = useEditor.getState();
    const count = () => Object.keys(useEditor.getState().history.present.nodes).length;
    run(addNode, { id: 'a', type: 'conv2d', v: 1, params: {}, position: { x: 0, y: 0 } });
    expect(runCommand('edit.copy')).toBe(false);
    select({ nodes: ['a'] });
    runCommand('edit.copy');
    runCommand('edit.paste');
    expect(count()).toBe(2);
    runCommand('edit.cut');
    expect(count()).toBe(1);
    runCommand('edit.undo');
    expect(count()).toBe(2);
    runCommand('edit.select-all');
    runCommand('edit.delete');
    expect(count()).toBe(0);
  });
});

describe('keys', () => {
  it('take Ctrl for Mod, and Cmd on a Mac', () => {
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true);
    expect(matches(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true);
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', true)).toBe(false);
    expect(matches(press('z', { ctrlKey: true, metaKey: true }), 'Mod+Z', false)).toBe(false);
  });

  it('tell undo from redo by Shift', () => {
    expect(matches(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
    expect(matches(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
  });

  it('find a sign wherever the layout has it', () => {
    expect(matches(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matches(press('+', { ctrlKey: true, shiftKey: true }), 'Mod++', false)).toBe(true);
    expect(matches(press('/'), '/', false)).toBe(true);
  });
});
