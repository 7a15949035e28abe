import { useReactFlow } from '@xyflow/react';
import { DropdownMenu } from 'radix-ui';
import { Fragment, type ReactNode, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { AppCommand } from '../app/commands';
import { formatShortcut, isMac } from '../app/keys';
import { centredAt } from './add-kind';
import { canvas } from './canvas-state';
import { type MenuRequest, useGestures } from './gesture-state';
import { alignEntries, menuFor } from './menu-entries';
import './context-menu.css';

/** The commands for what was pointed at. It gives the focus back where it was. */
export function ContextMenu({ focus }: { focus(): void }) {
  const menu = useGestures((s) => s.menu);
  return menu && <Menu key={`${menu.at.x} ${menu.at.y}`} menu={menu} focus={focus} />;
}

function Menu({ menu, focus }: { readonly menu: MenuRequest; focus(): void }) {
  const { screenToFlowPosition } = useReactFlow();
  /** Carried out once the menu is gone: some commands move the focus themselves. */
  const chosen = useRef<AppCommand | null>(null);
  const close = () => useGestures.setState({ menu: null });
  const pick = (command: AppCommand) => {
    chosen.current = command;
    close();
  };
  const onClosed = (event: Event) => {
    event.preventDefault();
    // asked for again elsewhere: the next one has the focus now
    if (useGestures.getState().menu) return;
    if (menu.back?.isConnected && menu.back !== document.body) menu.back.focus({ preventScroll: true });
    else focus();
    void chosen.current?.run();
    if (canvas().popup === null && document.activeElement === document.body) focus();
  };
  const groups = menuFor(menu, (at) => centredAt(screenToFlowPosition(at)));
  return (
    <DropdownMenu.Root open onOpenChange={(open) => open || close()} modal={false}>
      {createPortal(
        <DropdownMenu.Trigger asChild>
          <span className="menu-anchor" style={{ left: menu.at.x, top: menu.at.y }} aria-hidden="true" />
        </DropdownMenu.Trigger>,
        // the canvas is a container, from which fixed places would count
        document.body,
      )}
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="context-menu"
          side="right"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          loop
          aria-label={NAMES[menu.on]}
          onCloseAutoFocus={onClosed}
          onContextMenu={(e) => e.preventDefault()}
          // its letters find entries; they are no commands of the canvas or the window
          onKeyDown={(e) => e.stopPropagation()}
        >
          <Align commands={alignEntries(menu)} pick={pick} />
          {groups.map((group, i) => (
            <Fragment key={group[0]!.id}>
              {i > 0 && <DropdownMenu.Separator className="cm-line" />}
              {group.map((c) => (
                <Entry key={c.id} command={c} pick={pick} />
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const NAMES = { node: 'Nodes', wire: 'Wire', canvas: 'Canvas' } as const;

interface EntryProps {
  readonly command: AppCommand;
  pick(command: AppCommand): void;
}

function Entry({ command, pick }: EntryProps) {
  const [key] = command.keys ?? [];
  return (
    <DropdownMenu.Item className="cm-item" data-command={command.id} onSelect={() => pick(command)}>
      <span>{command.title}</span>
      {key && <kbd>{formatShortcut(key, isMac())}</kbd>}
    </DropdownMenu.Item>
  );
}

function Align({ commands, pick }: { readonly commands: readonly AppCommand[] } & Pick<EntryProps, 'pick'>) {
  if (commands.length === 0) return null;
  return (
    <>
      <DropdownMenu.Group className="cm-align" aria-label="Align and distribute">
        {commands.map((c) => (
          <DropdownMenu.Item
            key={c.id}
            className="cm-icon"
            aria-label={c.title}
            title={c.title}
            textValue={c.title}
            data-command={c.id}
            onSelect={() => pick(c)}
          >
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              {PICTURES[c.id]}
            </svg>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Group>
      <DropdownMenu.Separator className="cm-line" />
    </>
  );
}

/** A line, and two boxes that stand at it; of the distributed, three between two lines. */
const PICTURES: Readonly<Record<string, ReactNode>> = {
  'align.left': <path d="M2 1.5v13M4 4h9v3H4zM4 9.5h5v3H4z" />,
  'align.centre': <path d="M8 1.5v13M3.5 4h9v3h-9zM5.5 9.5h5v3h-5z" />,
  'align.right': <path d="M14 1.5v13M3 4h9v3H3zM7 9.5h5v3H7z" />,
  'align.top': <path d="M1.5 2h13M4 4v9h3V4zM9.5 4v5h3V4z" />,
  'align.middle': <path d="M1.5 8h13M4 3.5v9h3v-9zM9.5 5.5v5h3v-5z" />,
  'align.bottom': <path d="M1.5 14h13M4 3v9h3V3zM9.5 7v5h3V7z" />,
  'distribute.across': <path d="M1.5 2v12M14.5 2v12M6 4.5h4v7H6z" />,
  'distribute.down': <path d="M2 1.5h12M2 14.5h12M4.5 6h7v4h-7z" />,
};
