/** `Mod` is Cmd on a Mac and Ctrl elsewhere, e.g. `Mod+Shift+Z`, `Delete`, `?`. */
export type Shortcut = string;

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export const isMac = (): boolean => /mac/i.test(navigator.platform);

/** Whether `press` is `shortcut`. Shift counts for letters and named keys; for signs such as `?` it depends on the layout. */
export function matches(press: KeyPress, shortcut: Shortcut, mac: boolean): boolean {
  const { key, mod, shift, alt } = parse(shortcut);
  const primary = mac ? press.metaKey : press.ctrlKey;
  const secondary = mac ? press.ctrlKey : press.metaKey;
  if (primary !== mod || secondary || press.altKey !== alt) return false;
  if (press.key.toLowerCase() !== key.toLowerCase()) return false;
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  return sign || press.shiftKey === shift;
}

const ARROWS = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
const MAC: Readonly<Record<string, string>> = {
  ...ARROWS,
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Delete: '⌦',
  Backspace: '⌫',
  Enter: '↩',
};
const PC: Readonly<Record<string, string>> = { ...ARROWS, Mod: 'Ctrl' };

/** As it stands beside a title: `Ctrl Shift Z`, on a Mac `⇧⌘Z`. */
export function formatShortcut(shortcut: Shortcut, mac: boolean): string {
  const { key, mod, shift, alt } = parse(shortcut);
  const shown = key.length === 1 ? key.toUpperCase() : key;
  const order = mac
    ? [alt && 'Alt', shift && 'Shift', mod && 'Mod']
    : [mod && 'Mod', alt && 'Alt', shift && 'Shift'];
  const names = [...order, shown].filter((n): n is string => typeof n === 'string');
  return names.map((n) => (mac ? MAC : PC)[n] ?? n).join(mac ? '' : ' ');
}

function parse(shortcut: Shortcut) {
  const parts = shortcut === '+' ? ['+'] : shortcut.replace(/\+\+$/, '+plus').split('+');
  const last = parts.at(-1)!;
  return {
    key: last === 'plus' ? '+' : last,
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  };
}
