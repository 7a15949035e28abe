/** `Mod` is Cmd on a Mac and Ctrl elsewhere, e.g. `Mod+Shift+Z`, `Delete`, `Space`, `?`. */
export type Shortcut = string;

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'code'>>;

export const isMac = (): boolean => /mac/i.test(navigator.platform);

/** Whether `press` is `shortcut`. Shift counts for letters and named keys; for signs such as `?` it depends on the layout. */
export function matches(press: KeyPress, shortcut: Shortcut, mac: boolean): boolean {
  const { key, mod, shift, alt } = parse(shortcut);
  const primary = mac ? press.metaKey : press.ctrlKey;
  const secondary = mac ? press.ctrlKey : press.metaKey;
  if (primary !== mod || secondary || press.altKey !== alt) return false;
  if (nameOf(press, mac).toLowerCase() !== key.toLowerCase()) return false;
  return isSign(key) || press.shiftKey === shift;
}
/** With Alt a Mac types signs in place of letters (⌥A is å): there the place of the key says which it is. */
function nameOf({ key, code, altKey }: KeyPress, mac: boolean): string {
  const plain = mac && altKey ? /^(?:Key|Digit)(.)$/.exec(code ?? '')?.[1] : undefined;
  return plain ?? (key === ' ' ? 'Space' : key);
}
const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key);

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** What was pressed, as a shortcut; undefined for a modifier alone, and for the other modifier of the system. */
export function shortcutOf(press: KeyPress, mac: boolean): Shortcut | undefined {
  const { altKey, shiftKey, ctrlKey, metaKey } = press;
  const name = nameOf(press, mac);
  if (MODIFIERS.has(name) || name === 'Dead' || name === 'Unidentified' || (mac ? ctrlKey : metaKey))
    return undefined;
  const shown = name.length === 1 ? name.toUpperCase() : name;
  const primary = mac ? metaKey : ctrlKey;
  // a sign has its Shift in it
  const parts = [primary && 'Mod', altKey && 'Alt', shiftKey && !isSign(name) && 'Shift', shown];
  return parts.filter(Boolean).join('+');
}

/** Whether a shortcut can be told from text that is typed. */
export function isChord(shortcut: Shortcut): boolean {
  const { mod, alt, key } = parse(shortcut);
  return mod || alt || /^F\d+$/.test(key);
}

/** Two spellings of the same keys are equal. */
export const sameKeys = (a: Shortcut, b: Shortcut): boolean => {
  const [p, q] = [parse(a), parse(b)];
  const shift = isSign(p.key) || p.shift === q.shift;
  return p.key.toLowerCase() === q.key.toLowerCase() && p.mod === q.mod && p.alt === q.alt && shift;
};

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
  const parts = shortcut === '+' ? ['plus'] : shortcut.replace(/\+\+$/, '+plus').split('+');
  const last = parts.at(-1)!;
  return {
    key: last === 'plus' ? '+' : last,
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  };
}
