import { useState } from 'react';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { commandTable } from './command-table';
import type { AppCommand } from './commands';
import { GESTURES } from './gestures-help';
import { useHabits } from './habits';
import { KeyRow } from './KeyRow';
import { keysOf } from './key-map';
import { formatShortcut, isMac } from './keys';
import { useSession } from './session';
import './shortcuts.css';

/** Every action with its keys, which can be changed here, and what the mouse does. */
export function ShortcutsDialog() {
  const open = useSession((s) => s.shortcuts);
  return open ? <Sheet /> : null;
}

function Sheet() {
  const set = useSession((s) => s.set);
  const [query, setQuery] = useState('');
  /** The command whose new keys are waited for. */
  const [recording, setRecording] = useState<string | null>(null);
  // Escape ends the waiting first
  const close = () => (recording === null ? set({ shortcuts: false }) : setRecording(null));
  const sections = useSections(query);
  const gestures = gesturesFor(query);
  return (
    <Dialog title="Keyboard and mouse" width={860} onClose={close}>
      <Tools query={query} setQuery={setQuery} />
      {sections.length + gestures.length === 0 && (
        <p className="sh-none">No action has “{query.trim()}” in its name or keys.</p>
      )}
      <div className="sh">
        {sections.map(({ title, commands }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {commands.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                recording={recording === command.id}
                record={(on) => setRecording(on ? command.id : null)}
              />
            ))}
          </section>
        ))}
        {gestures.map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {rows.map(([words, ...how]) => (
              <div className="sh-row fixed" key={words}>
                <span className="sh-words">{words}</span>
                <span className="sh-keys">
                  {how.map((k) => (
                    <kbd key={k}>{k}</kbd>
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

interface ToolsProps {
  readonly query: string;
  setQuery(query: string): void;
}
function Tools({ query, setQuery }: ToolsProps) {
  const changed = useHabits((s) => Object.keys(s.keys).length);
  return (
    <div className="sh-tools">
      <label className="sh-find">
        <Icon name="search" />
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: the sheet was asked for, and finding an action is what it is for
          autoFocus
          value={query}
          placeholder="Find an action or a key"
          aria-label="Find an action or a key"
          onChange={(e) => setQuery(e.target.value)}
        />
      </label>
      <button
        type="button"
        className="btn small"
        disabled={changed === 0}
        onClick={() => useHabits.setState({ keys: {} })}
      >
        Reset all keys
      </button>
      <button type="button" className="btn small" onClick={() => print()}>
        Print
      </button>
    </div>
  );
}

interface Section {
  readonly title: string;
  readonly commands: readonly AppCommand[];
}

/** Sections of the table with the commands that the search finds by title, section or keys as they stand. */
function useSections(query: string): readonly Section[] {
  const own = useHabits((s) => s.keys);
  const mac = isMac();
  const words = wordsOf(query);
  return commandTable.flatMap(({ title, commands }) => {
    const found = commands.filter((c) => {
      const keys = keysOf(c, own).map((k) => formatShortcut(k, mac));
      return holds(`${title} ${c.title} ${keys.join(' ')} ${keys.join(' ').replaceAll(' ', '+')}`, words);
    });
    return found.length > 0 ? [{ title, commands: found }] : [];
  });
}

function gesturesFor(query: string): typeof GESTURES {
  const words = wordsOf(query);
  return GESTURES.flatMap(({ title, rows }) => {
    const found = rows.filter((row) => holds(`${title} ${row.join(' ')}`, words));
    return found.length > 0 ? [{ title, rows: found }] : [];
  });
}

const wordsOf = (query: string): readonly string[] => query.toLowerCase().split(/\s+/).filter(Boolean);
const holds = (text: string, words: readonly string[]): boolean =>
  words.every((w) => text.toLowerCase().includes(w));
