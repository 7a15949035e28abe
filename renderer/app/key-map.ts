import type { Habits } from '../../ipc/habits';
import type { AppCommand } from './commands';
import { isChord, type Shortcut, sameKeys } from './keys';

type Command = Pick<AppCommand, 'id' | 'title' | 'keys' | 'byEvent' | 'inFields'>;
type Own = Habits['keys'];

/** Keys of a focused node that the canvas reads itself, and what they do there. */
const CANVAS_KEYS: Readonly<Record<Shortcut, string>> = {
  C: 'Connect a node to another',
  O: 'Open or fold a block',
};
/** Keys that move the focus, or close what stands open, all over the window. */
const TAKEN: ReadonlySet<string> = new Set([
  ...[
    'Escape',
    'Enter',
    'Tab',
    'Shift+Tab',
    'Shift+Enter',
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
  ],
  ...['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight'],
]);

/** The keys of a command: the user's, or those of the table. What the browser's own event carries out keeps its key. */
export function keysOf({ id, keys = [], byEvent }: Command, own: Own): readonly Shortcut[] {
  const given = Object.hasOwn(own, id) ? own[id]! : undefined;
  if (!given) return keys;
  return byEvent ? [...keys, ...given.filter((k) => !keys.some((usual) => sameKeys(k, usual)))] : given;
}

/** Why a command cannot have these keys, as a sentence; undefined where nothing stands against it. */
export interface Clash {
  readonly words: string;
  /** The command that has them now, and could give them up. */
  readonly with?: Command;
}
export function clashOf(
  wanted: Shortcut,
  command: Command,
  all: readonly Command[],
  own: Own,
): Clash | undefined {
  if (TAKEN.has(wanted) && !command.keys?.includes(wanted))
    return { words: `${wanted} moves the focus or closes what is open, everywhere in the window.` };
  const onCanvas = Object.keys(CANVAS_KEYS).find((k) => sameKeys(k, wanted));
  if (onCanvas) return { words: `On the canvas it does: ${CANVAS_KEYS[onCanvas]}.` };
  if (command.inFields && !isChord(wanted))
    return { words: 'This works while you type, too: it needs Ctrl, Alt or a function key.' };
  const holder = all.find((c) => c.id !== command.id && keysOf(c, own).some((k) => sameKeys(k, wanted)));
  if (!holder) return undefined;
  if (holder.byEvent && holder.keys?.some((k) => sameKeys(k, wanted)))
    return { words: `The system has it for “${holder.title}”.` };
  return { words: `“${holder.title}” has it.`, with: holder };
}

/** The user's keys after `command` got `keys`; those of another command are taken from it. */
export function withKeys(own: Own, command: Command, keys: readonly Shortcut[], from?: Command): Own {
  const next = { ...own, [command.id]: [...keys] };
  if (!from) return next;
  const left = keysOf(from, own).filter((k) => !keys.some((mine) => sameKeys(mine, k)));
  return { ...next, [from.id]: [...left] };
}

export function withoutKeys(own: Own, id: string): Own {
  const { [id]: _, ...rest } = own;
  return rest;
}
