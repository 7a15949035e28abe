import { describe, expect, it } from 'vitest';
import { clashOf, keysOf, withKeys, withoutKeys } from './key-map';
import { formatShortcut, isChord, matches, sameKeys, shortcutOf } from './keys';

const save = { id: 'file.save', title: 'Save', keys: ['Mod+S'], inFields: true };
const undo = { id: 'edit.undo', title: 'Undo', keys: ['Mod+Z'] };
const copy = { id: 'edit.copy', title: 'Copy', keys: ['Mod+C'], byEvent: true };
const fit = { id: 'view.fit', title: 'Show the whole net', keys: ['F'] };
const all = [save, undo, copy, fit];
const clash = (keys: string, command: (typeof all)[number], own = {}) => clashOf(keys, command, all, own);

const press = (key: string, mods: object = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...mods,
});

describe('keys that are pressed', () => {
  it('are the shortcut that they then answer to', () => {
    for (const [p, name] of [
      [press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z'],
      [press('?', { shiftKey: true }), '?'],
      [press(' '), 'Space'],
      [press('+', { ctrlKey: true, shiftKey: true }), 'Mod++'],
      [press('ArrowUp', { altKey: true }), 'Alt+ArrowUp'],
    ] as const) {
      expect(shortcutOf(p, false)).toBe(name);
      expect(matches(p, name, false), name).toBe(true);
    }
    expect(shortcutOf(press('Shift', { shiftKey: true }), false)).toBeUndefined();
    expect(formatShortcut('+', false)).toBe('+');
  });

  it('are told apart by their modifiers, and by Shift for letters', () => {
    expect([sameKeys('Mod+z', 'Mod+Z'), sameKeys('F', 'Shift+F'), sameKeys('Mod+F', 'F')]).toEqual([
      ...[true, false, false],
    ]);
    expect(['Mod+S', 'F1', 'Alt+A', 'F', 'Shift+F'].map(isChord)).toEqual([true, true, true, false, false]);
  });

  it('are the letter on the key where Alt makes a Mac type another sign', () => {
    const alt = { ctrlKey: false, metaKey: false, altKey: true, shiftKey: true };
    const arrange = { ...alt, key: 'Å', code: 'KeyA' };
    expect(matches(arrange, 'Alt+Shift+A', true)).toBe(true);
    expect(shortcutOf(arrange, true)).toBe('Alt+Shift+A');
    expect(shortcutOf({ ...alt, shiftKey: false, key: 'Dead', code: 'KeyE' }, true)).toBe('Alt+E');
    expect(matches({ ...arrange, altKey: false }, 'Alt+Shift+A', true)).toBe(false);
    // elsewhere the sign is what was meant
    expect(matches(arrange, 'Alt+Shift+A', false)).toBe(false);
  });
});

describe('keys of commands', () => {
  it('are the ones of the user, or of the table; the key of the system stays beside them', () => {
    expect(keysOf(undo, {})).toEqual(['Mod+Z']);
    expect(keysOf(undo, { 'edit.undo': ['Alt+U'] })).toEqual(['Alt+U']);
    expect(keysOf(undo, { 'edit.undo': [] })).toEqual([]);
    expect(keysOf(copy, { 'edit.copy': ['Alt+C', 'Mod+C'] })).toEqual(['Mod+C', 'Alt+C']);
  });

  it('clash with the command that has them, also with keys that the user gave it', () => {
    expect(clash('Mod+Z', fit)).toEqual({ words: '“Undo” has it.', with: undo });
    expect(clash('Mod+Z', fit, { 'edit.undo': ['Alt+U'] })).toBeUndefined();
    expect(clash('Alt+U', fit, { 'edit.undo': ['Alt+U'] })?.with).toBe(undo);
    expect(clash('Mod+C', fit)?.with).toBeUndefined();
    expect(clash('F', fit)).toBeUndefined();
  });

  it('are refused where they would be text, or are needed to move about', () => {
    expect(clash('S', save)?.words).toContain('while you type');
    expect(clash('Escape', fit)?.words).toContain('Escape');
    expect(clash('O', fit)?.words).toContain('Open or fold');
  });

  it('go from one command to the other, and back to the table', () => {
    const own = withKeys({}, fit, ['Mod+Z'], undo);
    expect(own).toEqual({ 'view.fit': ['Mod+Z'], 'edit.undo': [] });
    expect(withoutKeys(own, 'view.fit')).toEqual({ 'edit.undo': [] });
  });
});
