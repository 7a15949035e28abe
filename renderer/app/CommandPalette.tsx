import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useRef, useState } from 'react';
import { formatShape } from '../../engine/ir/shape';
import { addKind } from '../palette/add-kind';
import { findKinds, ownKinds } from '../palette/kinds';
import { useTemplates, yearOf } from '../palette/use-templates';
import { Glyph } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import { appCommands, commandTable } from './command-table';
import { type AppCommand, isEnabled } from './commands';
import { openFile, openTemplate } from './files';
import { focusNode } from './focus';
import { usedCommand, useHabits } from './habits';
import { offerTemplate } from './insert-template';
import { keysOf } from './key-map';
import { formatShortcut, isMac } from './keys';
import { useSession } from './session';
import { useAnalysis, useDocument } from './store';
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

/** Closes first, so that what runs may take the focus. */
const close = (then: () => unknown) => () => {
  useSession.setState({ palette: false });
  requestAnimationFrame(() => void then());
};

function Menu() {
  const [text, setText] = useState('');
  const { onKeyDown, shift } = useShift();
  return (
    <Command label="Commands" loop onKeyDownCapture={onKeyDown}>
      <div className="cp-field">
        <Icon name="search" size={16} />
        <Command.Input placeholder="Search or run a command" value={text} onValueChange={setText} />
        <kbd>Esc</kbd>
      </div>
      <Command.List className="cp-list">
        <Command.Empty className="cp-none">Nothing here is called that.</Command.Empty>
        {text.trim() === '' && <LastUsed />}
        <Commands />
        <GraphNodes />
        <Kinds />
        <Templates shift={shift} />
        <Recent />
      </Command.List>
    </Command>
  );
}

/** Whether Shift was held with the key that chose a row. */
function useShift() {
  const held = useRef(false);
  const onKeyDown = (event: KeyboardEvent) => {
    held.current = event.shiftKey;
  };
  return { onKeyDown, shift: () => held.current };
}

/** What was run from here last, first. */
function LastUsed() {
  const recent = useHabits((s) => s.recentCommands);
  const last = recent.flatMap((id) => appCommands.find((c) => c.id === id) ?? []);
  if (last.length === 0) return null;
  return (
    <Command.Group heading="Last used">
      {last.slice(0, 5).map((c) => (
        <CommandRow key={c.id} command={c} value={`last used ${c.id}`} />
      ))}
    </Command.Group>
  );
}

function Commands() {
  return commandTable.map(({ title, commands }) => (
    <Command.Group key={title} heading={title}>
      {commands
        .filter((c) => c.id !== 'view.commands')
        .map((c) => (
          <CommandRow key={c.id} command={c} value={`${c.title} ${c.id}`} section={title} />
        ))}
    </Command.Group>
  ));
}

interface RowProps {
  readonly command: AppCommand;
  /** No two rows have the same. */
  readonly value: string;
  readonly section?: string;
}
function CommandRow({ command, value, section = '' }: RowProps) {
  const own = useHabits((s) => s.keys);
  const [key] = keysOf(command, own);
  const run = () => {
    usedCommand(command.id);
    return command.run();
  };
  return (
    <Command.Item value={value} keywords={[section]} disabled={!isEnabled(command)} onSelect={close(run)}>
      <span className="cp-title">{command.title}</span>
      {key !== undefined && <kbd>{formatShortcut(key, isMac())}</kbd>}
    </Command.Item>
  );
}

/** Beyond it only the nodes of the graph itself are listed, not those inside of blocks. */
const MOST_NODES = 400;

function GraphNodes() {
  const { nodes } = useAnalysis();
  const all = [...nodes.values()];
  const own = all.length <= MOST_NODES ? all : all.filter((n) => !n.instance.path.includes('/'));
  if (own.length === 0) return null;
  return (
    <Command.Group heading="Go to a node">
      {own.map(({ instance, output }) => (
        <Command.Item
          key={instance.path}
          value={`${instance.title} ${instance.path}`}
          keywords={[instance.detail]}
          onSelect={close(() => focusNode(instance.path))}
        >
          <Glyph category={instance.def?.category} />
          <span className="cp-title">{instance.title}</span>
          <span className="cp-more">{instance.path}</span>
          <span className="cp-shape">{output ? formatShape(output) : ''}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Kinds() {
  const { blocks } = useDocument();
  return (
    <Command.Group heading="Add a node">
      {findKinds('', ownKinds(blocks)).flatMap(({ kinds }) =>
        kinds.map((def) => (
          <Command.Item
            key={def.type}
            value={`${def.title} add ${def.type}`}
            onSelect={close(() => addKind(def.type))}
          >
            <Glyph category={def.category} />
            <span className="cp-title">{def.title}</span>
          </Command.Item>
        )),
      )}
    </Command.Group>
  );
}

/** Enter opens it in place of the graph; with Shift it is asked where it goes. */
function Templates({ shift }: { shift(): boolean }) {
  const templates = useTemplates();
  if (!templates || templates.length === 0) return null;
  return (
    <Command.Group heading="Open a template (with Shift: add it to the graph)">
      {templates.map((t) => (
        <Command.Item
          key={t.id}
          value={`${t.name} template ${t.id}`}
          keywords={[t.source]}
          onSelect={() => {
            const add = shift();
            close(() => (add ? offerTemplate(t.id) : openTemplate(t.id)))();
          }}
        >
          <Icon name="template" />
          <span className="cp-title">{t.name}</span>
          <span className="cp-more">{yearOf(t.source)}</span>
          <span className="cp-shape">
            {formatShape(t.input)} → {t.classes}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Recent() {
  const recent = useSession((s) => s.info?.recent) ?? [];
  if (recent.length === 0) return null;
  return (
    <Command.Group heading="Open a recent graph">
      {recent.map((path) => (
        <Command.Item key={path} value={`${fileName(path)} ${path}`} onSelect={close(() => openFile(path))}>
          <Icon name="file" />
          <span className="cp-title">{fileName(path)}</span>
          <span className="cp-more">{path.slice(0, -fileName(path).length)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
const fileName = (path: string): string => path.split(/[\\/]/).at(-1)!;
