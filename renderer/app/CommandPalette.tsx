import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useRef, useState } from 'react';
import { Icon } from '../ui/Icon';
import { LAST_USED, type Row, type Section, useSections } from './palette-rows';
import { ranked } from './ranking';
import { useSession } from './session';
import './command-palette.css';

/** One field for everything: commands, node kinds to add, nodes to go to, templates to open. */
export function CommandPalette() {
  const open = useSession((s) => s.palette);
  const set = useSession((s) => s.set);
  return (
    <Dialog.Root open={open} onOpenChange={(palette) => set({ palette })}>
      <Dialog.Portal>
        <Dialog.Overlay className="dg-scrim" />
        <Dialog.Content className="cp" data-modal aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">Search or run a command</Dialog.Title>
          <Menu />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Menu() {
  const [text, setText] = useState('');
  const shift = useRef(false);
  const sections = useSections();
  const choose = (row: Row) => {
    // closes first, so that what runs may take the focus
    const held = shift.current;
    useSession.setState({ palette: false });
    requestAnimationFrame(() => void row.run(held));
  };
  return (
    <Command
      label="Commands"
      loop
      shouldFilter={false}
      onKeyDownCapture={(event) => {
        shift.current = event.shiftKey;
      }}
    >
      <div className="cp-field">
        <Icon name="search" size={16} />
        <Command.Input placeholder="Search or run a command" value={text} onValueChange={setText} />
        <kbd>Esc</kbd>
      </div>
      <Command.List className="cp-list">
        <Command.Empty className="cp-none">Nothing here is called that.</Command.Empty>
        {text.trim() === '' ? (
          sections.map(({ title, rows }) => (
            <Command.Group key={title} heading={title}>
              {rows.map((row) => (
                <Line key={row.id} row={row} onSelect={choose} />
              ))}
            </Command.Group>
          ))
        ) : (
          <Found text={text} sections={sections} onSelect={choose} />
        )}
      </Command.List>
    </Command>
  );
}

/** Of one section: many nodes have the same name, and what is called like them must be seen too. */
const MOST_FOUND = 20;

/** What fits best stands first, whatever it is. */
function Found({ text, sections, onSelect }: FoundProps) {
  const all = sections
    .filter((s) => s.title !== LAST_USED)
    .flatMap(({ short, rows }) => rows.map((row) => ({ ...row, short })));
  const found = new Map<string, number>();
  return ranked(text, all).flatMap((row) => {
    const before = found.get(row.short) ?? 0;
    found.set(row.short, before + 1);
    return before < MOST_FOUND
      ? [<Line key={row.id} row={row} section={row.short} onSelect={onSelect} />]
      : [];
  });
}
interface FoundProps {
  readonly text: string;
  readonly sections: readonly Section[];
  onSelect(row: Row): void;
}

interface LineProps {
  readonly row: Row;
  readonly section?: string;
  onSelect(row: Row): void;
}
function Line({ row, section, onSelect }: LineProps) {
  return (
    <Command.Item value={row.id} disabled={row.disabled ?? false} onSelect={() => onSelect(row)}>
      <span className="cp-icon">{row.icon}</span>
      <span className="cp-title">{row.title}</span>
      {row.more !== undefined && <span className="cp-more">{row.more}</span>}
      <span className="cp-end">
        {section !== undefined && <span className="cp-section">{section}</span>}
        {row.end}
      </span>
    </Command.Item>
  );
}
