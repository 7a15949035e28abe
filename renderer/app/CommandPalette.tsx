import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { formatShape } from '../../engine/ir/shape';
import { addKind } from '../palette/add-kind';
import { findKinds, ownKinds } from '../palette/kinds';
import { useTemplates, yearOf } from '../palette/use-templates';
import { Glyph } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import { commandTable } from './command-table';
import { isEnabled } from './commands';
import { openFile, openTemplate } from './files';
import { focusNode } from './focus';
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
  return (
    <Command label="Commands" loop>
      <div className="cp-field">
        <Icon name="search" size={16} />
        <Command.Input placeholder="Search or run a command" />
        <kbd>Esc</kbd>
      </div>
      <Command.List className="cp-list">
        <Command.Empty className="cp-none">Nothing here is called that.</Command.Empty>
        <Commands />
        <GraphNodes />
        <Kinds />
        <Templates />
        <Recent />
      </Command.List>
    </Command>
  );
}

function Commands() {
  const mac = isMac();
  return commandTable.map(({ title, commands }) => (
    <Command.Group key={title} heading={title}>
      {commands
        .filter((c) => c.id !== 'view.commands')
        .map((c) => (
          <Command.Item
            key={c.id}
            value={`${c.title} ${c.id}`}
            keywords={[title]}
            disabled={!isEnabled(c)}
            onSelect={close(() => c.run())}
          >
            <span className="cp-title">{c.title}</span>
            {c.keys?.[0] && <kbd>{formatShortcut(c.keys[0], mac)}</kbd>}
          </Command.Item>
        ))}
    </Command.Group>
  ));
}

function GraphNodes() {
  const { nodes } = useAnalysis();
  const own = [...nodes.values()].filter((n) => !n.instance.path.includes('/'));
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

function Templates() {
  const templates = useTemplates();
  if (!templates || templates.length === 0) return null;
  return (
    <Command.Group heading="Open a template">
      {templates.map((t) => (
        <Command.Item
          key={t.id}
          value={`${t.name} template ${t.id}`}
          keywords={[t.source]}
          onSelect={close(() => openTemplate(t.id))}
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
