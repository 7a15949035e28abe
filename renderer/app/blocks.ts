import { dissolveBlock, groupNodes } from '../../engine/analysis/blocks/group';
import { editInside, resetBlock } from '../../engine/analysis/blocks/inside';
import { detachBlock, makeBlock } from '../../engine/analysis/blocks/own';
import { wrapInRepeat } from '../../engine/analysis/blocks/repeat';
import { dissolveNodes } from '../../engine/analysis/rewire';
import { deleteNodes, renameNode } from '../../engine/graph/commands/nodes';
import { freeId } from '../../engine/graph/commands/records';
import type { GraphDocument } from '../../engine/graph/document';
import type { Command } from '../../engine/graph/history';
import { isGroup } from '../../engine/nodes/body';
import { blockIdOf } from '../../engine/nodes/user-block';
import { actAndFocus, focusNode } from './focus';
import { reportError } from './notices';
import { analysisOf, useEditor } from './store';

const state = () => useEditor.getState();

/** `a/b/c` as the block it lies in and its id there; '' is the net itself. */
export function splitPath(path: string): { readonly parent: string; readonly id: string } {
  const at = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(0, at)), id: path.slice(at + 1) };
}

/** A command of the graph on the node at `path`, wherever it lies. */
function runAt(path: string, command: Command<never>, args: object, gesture?: string): void {
  const { parent, id } = splitPath(path);
  const whole = { id, ids: [id], ...args };
  if (parent === '') state().run(command, whole as never, gesture);
  else tryTo('Editing the block', editInside, { path: parent, command: command.id, args: whole }, gesture);
}

export const renameAt = (path: string, label: string): void =>
  runAt(path, renameNode as Command<never>, { label });
export const deleteAt = (path: string, gesture?: string): void =>
  runAt(path, deleteNodes as Command<never>, {}, gesture);

/** Takes the node out; what fed it feeds what it fed. */
export const dissolveAt = (path: string, gesture?: string): void =>
  runAt(path, dissolveNodes as Command<never>, {}, gesture);

/** What is selected, as long as it lies in one graph: the net, or the inside of one block. */
function chosen(): { readonly path: string; readonly ids: readonly string[] } | undefined {
  const { selection, history } = state();
  const { nodes } = analysisOf(history.present);
  const paths = selection.nodes.filter((p) => nodes.has(p)).map(splitPath);
  const path = paths[0]?.parent;
  if (path === undefined || paths.some((p) => p.parent !== path)) return undefined;
  return { path, ids: paths.map((p) => p.id) };
}

/** Runs a command that may refuse, and says why it does. @returns whether anything changed */
export function tryTo<A>(doing: string, command: Command<A>, args: A, gesture?: string): boolean {
  const before = state().history.present;
  try {
    state().run(command, args, gesture);
  } catch (error) {
    reportError(error, doing);
  }
  return state().history.present !== before;
}

/** Selects the node that came in by the last command, in the graph at `path`. */
function selectNew(before: GraphDocument, path: string): void {
  const now = analysisOf(state().history.present).nodes;
  const old = analysisOf(before).nodes;
  const fresh = [...now.keys()].find((p) => !old.has(p) && splitPath(p).parent === path);
  if (fresh !== undefined) focusNode(fresh, 'if-hidden');
}

const canGroup = (): boolean => chosen() !== undefined;
function groupSelected(): void {
  const it = chosen();
  const before = state().history.present;
  if (it && tryTo('Grouping', groupNodes, it)) selectNew(before, it.path);
}

/** The one block that is selected. */
function chosenBlock(): string | undefined {
  const { selection, history } = state();
  const [path] = selection.nodes;
  const node = path === undefined ? undefined : analysisOf(history.present).nodes.get(path);
  return selection.nodes.length === 1 && node?.instance.def?.kind === 'composite' ? path : undefined;
}
const isBlock = (): boolean => chosenBlock() !== undefined;

/** Puts what a block holds in its place. */
function ungroupSelected(): void {
  const path = chosenBlock();
  if (path !== undefined && tryTo('Ungrouping', dissolveBlock, { path })) state().select({});
}

/** Makes a block of the document out of what is selected; its name is set in the inspector. */
function makeBlockOfSelected(): void {
  const it = chosen();
  if (!it) return;
  const { present } = state().history;
  const id = freeId('block', present.blocks);
  const title = `Block ${id.split('-').at(-1) ?? ''}`.trim();
  if (!tryTo('Making a block', makeBlock, { ...it, title, id })) return;
  actAndFocus(() => selectNew(present, it.path), '.in-own .nm input');
}

/** Puts a block into a Repeat of two copies. */
function repeatSelected(): void {
  const path = chosenBlock();
  if (path !== undefined) tryTo('Repeating', wrapInRepeat, { path });
}

/** The record of the node at `path`, of the net itself. */
const recordAt = (path: string | undefined) =>
  path === undefined ? undefined : state().history.present.nodes[path];
const canReset = (): boolean => {
  const node = recordAt(chosenBlock());
  return node !== undefined && isGroup(node) && Boolean(node.params['origin']);
};
const canDetach = (): boolean => blockIdOf(recordAt(chosenBlock())?.type ?? '') !== undefined;

export const blockActions = {
  group: { run: groupSelected, enabled: canGroup },
  ungroup: { run: ungroupSelected, enabled: isBlock },
  make: { run: makeBlockOfSelected, enabled: canGroup },
  repeat: { run: repeatSelected, enabled: isBlock },
  reset: { run: () => tryTo('Resetting', resetBlock, { path: chosenBlock() ?? '' }), enabled: canReset },
  detach: { run: () => tryTo('Detaching', detachBlock, { path: chosenBlock() ?? '' }), enabled: canDetach },
};
