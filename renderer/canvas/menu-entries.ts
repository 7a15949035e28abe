import { appCommands } from '../app/command-table';
import { type AppCommand, isEnabled } from '../app/commands';
import { focusNode } from '../app/focus';
import { alignCommands } from '../app/node-commands';
import { analysisOf, useEditor } from '../app/store';
import { canvas } from './canvas-state';
import type { Point } from './geometry';
import type { MenuRequest } from './gesture-state';
import { nodeSelector, startConnecting, toggle } from './use-keys';

/** Groups of commands that fit what the menu was asked for at; those that cannot run now are left out. */
export function menuFor(
  { on, at }: MenuRequest,
  place: (at: Point) => Point,
): readonly (readonly AppCommand[])[] {
  const groups =
    on === 'node' ? nodeGroups() : on === 'wire' ? wireGroups(at, place) : canvasGroups(at, place);
  return groups
    .map((group) =>
      group.flatMap((c) => (typeof c === 'string' ? (BY_ID.get(c) ?? []) : c)).filter(isEnabled),
    )
    .filter((group) => group.length > 0);
}

const BY_ID: ReadonlyMap<string, AppCommand> = new Map(appCommands.map((c) => [c.id, c]));
type Groups = readonly (readonly (string | AppCommand)[])[];

const SELECT = ['select.same', 'select.upstream', 'select.downstream', 'select.path', 'select.grow'];

/** Of a single wire also what can be put on it, and its ends. */
function wireGroups(at: Point, place: (at: Point) => Point): Groups {
  const { selection, history } = useEditor.getState();
  const [on, ...others] = selection.edges;
  const edge = on === undefined || others.length > 0 ? undefined : history.present.edges[on];
  if (on === undefined || !edge) return [['edit.delete']];
  const insert = {
    ...{ id: 'canvas.insert', title: 'Insert a node…' },
    run: () => canvas().set({ popup: { sort: 'add', at, place: place(at), on } }),
  };
  const end = (id: string, title: string, node: string): AppCommand => ({
    ...{ id, title },
    run: () => focusNode(node, 'if-hidden'),
  });
  return [
    [insert],
    [
      end('canvas.wire-from', 'Go to where it begins', edge.from.node),
      end('canvas.wire-to', 'Go to where it ends', edge.to.node),
    ],
    ['edit.delete'],
  ];
}

function nodeGroups(): Groups {
  const { selection } = useEditor.getState();
  const only = selection.nodes.length === 1 ? selection.nodes[0] : undefined;
  return [
    only === undefined ? [] : ofOne(only),
    ['node.bypass', 'node.dissolve', 'node.swap'],
    ['edit.cut', 'edit.copy', 'edit.paste', 'edit.duplicate', 'node.duplicate-wired', 'edit.delete'],
    ['block.group', 'block.ungroup', 'block.make', 'block.repeat', 'block.reset', 'block.detach'],
    SELECT,
    ['help.node'],
  ];
}

/** Keys that the canvas reads itself. */
const ofOne = (path: string): readonly AppCommand[] => [
  {
    ...{ id: 'canvas.open', title: 'Open or fold the block', keys: ['O'] },
    run: () => toggle(path),
    enabled: () => isBlock(path),
  },
  {
    ...{ id: 'canvas.connect', title: 'Connect to…', keys: ['C'] },
    run: () => startConnecting(path, document.querySelector(nodeSelector(path)) ?? document.body),
    enabled: () => !path.includes('/') && feeds(path),
  },
];

const instanceAt = (path: string) =>
  analysisOf(useEditor.getState().history.present).nodes.get(path)?.instance;
const isBlock = (path: string): boolean => (instanceAt(path)?.children.length ?? 0) > 0;
const feeds = (path: string): boolean => instanceAt(path)?.def?.role !== 'output';

function canvasGroups(at: Point, place: (at: Point) => Point): Groups {
  const add: AppCommand = {
    ...{ id: 'canvas.add', title: 'Add a node…' },
    run: () => canvas().set({ popup: { sort: 'add', at, place: place(at) } }),
  };
  return [
    [add, 'edit.paste'],
    ['edit.select-all', 'select.invert', 'select.lasso', 'node.cut-wires'],
    ['view.arrange', 'view.fit'],
    ['edit.undo', 'edit.redo'],
  ];
}

/** The buttons that bring several nodes to one line; none for fewer. */
export const alignEntries = (request: MenuRequest): readonly AppCommand[] =>
  request.on === 'node' ? alignCommands.filter(isEnabled) : [];
