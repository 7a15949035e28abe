// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renameDocument } from '../../engine/graph/commands/document';
import { fakeBridge, smallNet } from './testing';

const main = fakeBridge({
  'document.save': () => ({ state: 'saved', path: '/net.json', stamp: 'x' }),
});
const { onKey, onMenu } = await import('./use-shortcuts');
const { useHabits } = await import('./habits');
const { registerCommand } = await import('./commands');
const { useSession } = await import('./session');
const { useEditor } = await import('./store');

const name = () => useEditor.getState().history.present.name;
let input: HTMLInputElement;

beforeEach(() => {
  useEditor.getState().load(smallNet(), '/net.json');
  useEditor.getState().run(renameDocument, { name: 'edited' });
  useSession.setState({ palette: false, shortcuts: false });
  main.calls.length = 0;
  document.body.innerHTML = '<input type="text"><div data-canvas tabindex="0"></div><button>go</button>';
  input = document.querySelector('input')!;
  window.addEventListener('keydown', onKey);
});
afterEach(() => window.removeEventListener('keydown', onKey));

describe('shortcuts', () => {
  it('run commands, and keep the browser from its own', () => {
    const taken = !fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    expect([name(), taken]).toEqual(['small', true]);
  });

  it('leave keys to a field in which the user types', () => {
    input.focus();
    const taken = !fireEvent.keyDown(input, { key: 'z', ctrlKey: true });
    expect([name(), taken]).toEqual(['edited', false]);
    fireEvent.keyDown(input, { key: '?' });
    expect(useSession.getState().shortcuts).toBe(false);
  });

  it('save from a field too, with what was typed in it', () => {
    const left = vi.fn();
    input.addEventListener('blur', left);
    input.focus();
    fireEvent.keyDown(input, { key: 's', ctrlKey: true });
    expect(left).toHaveBeenCalled();
    expect(main.channels()).toEqual(['document.save']);
  });

  it('rest while a dialog is open', () => {
    document.body.insertAdjacentHTML('beforeend', '<div role="dialog" data-modal></div>');
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    expect(name()).toBe('edited');
  });

  it.each(['Tab', ' '])('take %j for adding a node from the canvas itself, and from no button', (key) => {
    const add = vi.fn();
    const stop = registerCommand('node.quick', add);
    const from = (selector: string) => !fireEvent.keyDown(document.querySelector(selector)!, { key });
    expect([from('[data-canvas]'), from('button'), from('input')]).toEqual([true, false, false]);
    expect(add).toHaveBeenCalledOnce();
    stop();
  });

  it('are those that the user gave to the command, and no longer those of the table', () => {
    useHabits.setState({ keys: { 'edit.undo': ['U'] } });
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    expect(name()).toBe('edited');
    input.focus();
    fireEvent.keyDown(input, { key: 'u' });
    expect(name()).toBe('edited');
    fireEvent.keyDown(document.body, { key: 'u' });
    expect(name()).toBe('small');
    useHabits.setState({ keys: {} });
  });

  it('from the menu mean the text where the cursor is in a field', () => {
    document.execCommand = vi.fn();
    input.focus();
    onMenu('edit.undo');
    expect(document.execCommand).toHaveBeenCalledWith('undo');
    expect(name()).toBe('edited');
    input.blur();
    onMenu('edit.undo');
    expect(name()).toBe('small');
  });
});
