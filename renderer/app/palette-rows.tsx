import type { ReactNode } from 'react';
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
import type { Findable } from './ranking';
import { useSession } from './session';
import { useAnalysis, useDocument } from './store';

/** One line of the command palette. */
export interface Row extends Findable {
  readonly id: string;
  readonly icon: ReactNode;
  /** Beside the title. */
  readonly more?: string;
  /** At the right end. */
  readonly end?: ReactNode;
  /** @param shift whether Shift was held */
  run(shift: boolean): unknown;
}
export interface Section {
  readonly title: string;
  /** What a row of it says among rows of other sections. */
  readonly short: string;
  readonly rows: readonly Row[];
}

/** Everything that the palette can do, in the order in which it lists it. */
export function useSections(): readonly Section[] {
  return [
    useLastUsed(),
    ...useCommands(),
    useKindRows(),
    useNodeRows(),
    useTemplateRows(),
    useRecentRows(),
  ].filter((s) => s.rows.length > 0);
}

const MOST_LAST_USED = 5;
/** What was run from here last, first. */
function useLastUsed(): Section {
  const { recentCommands, keys } = useHabits();
  const last = recentCommands.flatMap((id) => appCommands.find((c) => c.id === id) ?? []);
  const rows = last.slice(0, MOST_LAST_USED).map((c) => commandRow(c, keys));
  return { title: LAST_USED, short: '', rows: rows.map((row) => ({ ...row, id: `last ${row.id}` })) };
}
export const LAST_USED = 'Last used';

function useCommands(): readonly Section[] {
  const own = useHabits((s) => s.keys);
  return commandTable.map(({ title, commands }) => ({
    title,
    short: title,
    rows: commands.filter((c) => c.id !== 'view.commands').map((c) => commandRow(c, own, title)),
  }));
}

function commandRow(command: AppCommand, own: Parameters<typeof keysOf>[1], section = ''): Row {
  const [key] = keysOf(command, own);
  return {
    id: command.id,
    title: command.title,
    also: `${section} ${command.id} ${command.also ?? ''}`,
    disabled: !isEnabled(command),
    icon: <Icon name="chevron" size={12} />,
    end: key !== undefined && <kbd>{formatShortcut(key, isMac())}</kbd>,
    run() {
      usedCommand(command.id);
      return command.run();
    },
  };
}

function useKindRows(): Section {
  const { blocks } = useDocument();
  const kinds = findKinds('', ownKinds(blocks)).flatMap((group) => group.kinds);
  return {
    title: 'Add a node',
    short: 'Add a node',
    rows: kinds.map((def) => ({
      id: `kind ${def.type}`,
      title: def.title,
      also: `add ${def.type} ${def.category} ${(def.shorthand?.names ?? []).join(' ')}`,
      icon: <Glyph category={def.category} />,
      run: () => addKind(def.type),
    })),
  };
}

/** Beyond it only the nodes of the graph itself are listed, not those inside of blocks. */
const MOST_NODES = 400;

function useNodeRows(): Section {
  const { nodes } = useAnalysis();
  const all = [...nodes.values()];
  const own = all.length <= MOST_NODES ? all : all.filter((n) => !n.instance.path.includes('/'));
  return {
    title: 'Go to a node',
    short: 'Go to',
    rows: own.map(({ instance, output }) => ({
      id: `node ${instance.path}`,
      title: instance.title,
      also: `${instance.path} ${instance.detail}`,
      more: instance.path,
      icon: <Glyph category={instance.def?.category} />,
      end: <span className="cp-shape">{output ? formatShape(output) : ''}</span>,
      run: () => focusNode(instance.path),
    })),
  };
}

/** Enter opens it in place of the graph; with Shift it is asked where it goes. */
function useTemplateRows(): Section {
  const templates = useTemplates() ?? [];
  return {
    title: 'Open a template (with Shift: add it to the graph)',
    short: 'Template',
    rows: templates.map((t) => ({
      id: `template ${t.id}`,
      title: t.name,
      also: `template ${t.id} ${t.source}`,
      more: yearOf(t.source),
      icon: <Icon name="template" />,
      end: (
        <span className="cp-shape">
          {formatShape(t.input)} → {t.classes}
        </span>
      ),
      run: (shift) => (shift ? offerTemplate(t.id) : openTemplate(t.id)),
    })),
  };
}

function useRecentRows(): Section {
  const recent = useSession((s) => s.info?.recent) ?? [];
  return {
    title: 'Open a recent graph',
    short: 'Recent',
    rows: recent.map((path) => ({
      id: `file ${path}`,
      title: fileName(path),
      also: path,
      more: path.slice(0, -fileName(path).length),
      icon: <Icon name="file" />,
      run: () => openFile(path),
    })),
  };
}
const fileName = (path: string): string => path.split(/[\\/]/).at(-1)!;
