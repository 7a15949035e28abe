import { useEffect } from 'react';
import { api } from './bridge';
import { onCopy, onPaste } from './clipboard';
import { appCommands, runCommand } from './command-table';
import { isEnabled } from './commands';
import { useHabits } from './habits';
import { keysOf } from './key-map';
import { isChord, isMac, matches } from './keys';
import { useSession } from './session';

const TEXT_TYPES = new Set(['text', 'search', 'number', 'url', 'email', 'password', 'tel', '']);

/** Whether keys are text here. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return TEXT_TYPES.has(target.getAttribute('type') ?? '');
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** A dialog keeps the keys for itself. */
const inDialog = (): boolean =>
  document.querySelector('[role="dialog"][data-modal], [role="alertdialog"]') !== null;

/** Tab moves on from a node or a button, and Space presses it: they are keys of commands only where nothing in particular has the focus. */
const isFree = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.matches('.react-flow, [data-canvas]'));

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const mac = isMac();
  const typing = isTyping(event.target);
  const own = useHabits.getState().keys;
  const pressed = appCommands.flatMap((c) => {
    const key = keysOf(c, own).find((k) => matches(event, k, mac));
    return key === undefined || (typing && !(c.inFields && isChord(key))) ? [] : [{ ...c, key }];
  });
  const command = pressed.find(isEnabled);
  if (!command || (command.byEvent && command.keys?.includes(command.key))) return;
  if (inDialog() && command.id !== 'view.commands') return;
  if ((event.key === 'Tab' || event.key === ' ') && !isFree(event.target)) return;
  event.preventDefault();
  // a field commits what was typed when it loses the focus
  if (typing) (event.target as HTMLElement).blur();
  runCommand(command.id);
}

/** What the Edit menu means while the cursor is in a field. */
const IN_TEXT: Readonly<Record<string, string>> = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.cut': 'cut',
  'edit.copy': 'copy',
  'edit.paste': 'paste',
  'edit.delete': 'delete',
  'edit.select-all': 'selectAll',
};

/** Copy, cut and paste of nodes, where the user neither types nor has marked text to copy. */
function onClipboard(event: ClipboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target) || isTyping(document.activeElement) || inDialog())
    return;
  if (useSession.getState().workspace !== 'design') return;
  if (event.type === 'paste') onPaste(event);
  else if ((getSelection()?.toString() ?? '') === '') onCopy(event);
}
const CLIPBOARD = ['copy', 'cut', 'paste'] as const;

export function onMenu(id: string): void {
  const text = IN_TEXT[id];
  const typing = isTyping(document.activeElement);
  if (text && typing) {
    document.execCommand(text);
    return;
  }
  if (typing) (document.activeElement as HTMLElement).blur();
  runCommand(id);
}

/** The keyboard and the menu of the app, both by the command table. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    for (const type of CLIPBOARD) window.addEventListener(type, onClipboard);
    const stop = api.on('menu.command', onMenu);
    return () => {
      window.removeEventListener('keydown', onKey);
      for (const type of CLIPBOARD) window.removeEventListener(type, onClipboard);
      stop();
    };
  }, []);
}
