import { bulkCommands } from '../bulk/bulk-commands';
import { canCompareWithSaved, compareWithFile, compareWithSaved } from '../compare/compare-actions';
import { isComparing, useCompare } from '../compare/compare-store';
import { tabCommands } from '../documents/tab-commands';
import { canDraw, openPictures } from '../export/picture-state';
import { canHelp, helpOnSelected } from '../help/HelpDialog';
import { useDock } from '../runs/dock-state';
import { findCommands, zoomCommands } from './adding-commands';
import { annotateCommands } from './annotate-commands';
import { blockActions } from './blocks';
import {
  canCopy,
  canDelete,
  canPaste,
  copy,
  cut,
  deleteSelected,
  duplicate,
  paste,
  selectAll,
} from './clipboard';
import { type AppCommand, handled, isEnabled } from './commands';
import { exportJson, newFile, openFile, save } from './files';
import { focusFind } from './find';
import { layoutCommands } from './layout-commands';
import { lookCommands, tourCommands } from './look-commands';
import { nodeCommands } from './node-commands';
import { selectCommands } from './select-commands';
import { useSession } from './session';
import { useEditor } from './store';

const editor = () => useEditor.getState();
const session = () => useSession.getState();

const file: readonly AppCommand[] = [
  { id: 'file.new', title: 'New graph', also: 'document', keys: ['Mod+N'], inFields: true, run: newFile },
  { id: 'file.open', title: 'Open a graph…', keys: ['Mod+O'], inFields: true, run: () => openFile() },
  { id: 'file.save', title: 'Save', keys: ['Mod+S'], inFields: true, run: () => save() },
  {
    id: 'file.save-as',
    title: 'Save as…',
    keys: ['Mod+Shift+S'],
    inFields: true,
    run: () => save({ elsewhere: true }),
  },
  {
    id: 'file.export-json',
    title: 'Export to JSON…',
    keys: ['Mod+Shift+E'],
    inFields: true,
    run: exportJson,
  },
  {
    ...{
      id: 'file.export-picture',
      title: 'Export picture…',
      also: 'image png svg pdf figure tikz screenshot',
      keys: ['Mod+P'],
      inFields: true,
    },
    ...{ run: openPictures, enabled: canDraw },
  },
];

const edit: readonly AppCommand[] = [
  {
    ...{ id: 'edit.undo', title: 'Undo', keys: ['Mod+Z'] },
    run: () => editor().undo(),
    enabled: () => editor().history.past.length > 0,
  },
  {
    ...{ id: 'edit.redo', title: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'] },
    run: () => editor().redo(),
    enabled: () => editor().history.future.length > 0,
  },
  { ...{ id: 'edit.cut', title: 'Cut', keys: ['Mod+X'], byEvent: true }, run: cut, enabled: canCopy },
  { ...{ id: 'edit.copy', title: 'Copy', keys: ['Mod+C'], byEvent: true }, run: copy, enabled: canCopy },
  { ...{ id: 'edit.paste', title: 'Paste', keys: ['Mod+V'], byEvent: true }, run: paste, enabled: canPaste },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    also: 'clone',
    keys: ['Mod+D'],
    run: duplicate,
    enabled: canCopy,
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    keys: ['Delete', 'Backspace'],
    run: deleteSelected,
    enabled: canDelete,
  },
  { id: 'edit.select-all', title: 'Select all', keys: ['Mod+A'], run: selectAll },
];

const blocks: readonly AppCommand[] = [
  { ...{ id: 'block.group', title: 'Group the selected nodes', keys: ['Mod+G'] }, ...blockActions.group },
  { ...{ id: 'block.ungroup', title: 'Ungroup a block', keys: ['Mod+Shift+G'] }, ...blockActions.ungroup },
  {
    ...{ id: 'block.make', title: 'Make a block of the selection', keys: ['Mod+Shift+B'] },
    ...blockActions.make,
  },
  { ...{ id: 'block.repeat', title: 'Repeat a block' }, ...blockActions.repeat },
  { ...{ id: 'block.reset', title: 'Give a changed block its first form' }, ...blockActions.reset },
  { ...{ id: 'block.detach', title: 'Detach a use from its block' }, ...blockActions.detach },
];

const view: readonly AppCommand[] = [
  {
    ...{ id: 'view.commands', title: 'Search or run a command', keys: ['Mod+K'], inFields: true },
    run: () => session().set({ palette: !session().palette }),
  },
  {
    id: 'view.design',
    title: 'Go to Design',
    keys: ['Mod+1'],
    inFields: true,
    run: () => session().show('design'),
  },
  {
    id: 'view.runs',
    title: 'Go to Runs',
    keys: ['Mod+2'],
    inFields: true,
    run: () => session().show('runs'),
  },
  {
    id: 'view.compare',
    title: 'Compare nets: accuracy and cost',
    keys: ['Mod+3'],
    inFields: true,
    run: () => session().show('compare'),
  },
  {
    id: 'view.table',
    title: 'Show the table of the net',
    run() {
      session().show('design');
      useDock.getState().show('table');
    },
  },
  { id: 'view.find', title: 'Find a node to add', keys: ['/'], run: focusFind },
  handled({ id: 'view.fit', title: 'Show the whole net', also: 'zoom fit all', keys: ['F'] }),
  handled({ id: 'view.zoom-in', title: 'Zoom in', keys: ['Mod+=', 'Mod++'] }),
  handled({ id: 'view.zoom-out', title: 'Zoom out', keys: ['Mod+-'] }),
  ...zoomCommands,
  handled({
    id: 'view.arrange',
    title: 'Arrange the nodes',
    also: 'layout tidy automatic',
    keys: ['Shift+A'],
  }),
  {
    id: 'view.left',
    title: 'Show or hide the palette',
    also: 'panel sidebar',
    keys: ['Mod+B'],
    run: () => session().set({ left: !session().left }),
  },
  {
    id: 'view.right',
    title: 'Show or hide the inspector',
    also: 'panel sidebar properties',
    keys: ['Mod+I'],
    run: () => session().set({ right: !session().right }),
  },
  ...layoutCommands,
];

const preview = handled({ id: 'data.preview', title: 'Look at the data', also: 'dataset images' });
const training: readonly AppCommand[] = [
  handled({
    id: 'run.start',
    title: 'Start training',
    also: 'train fit',
    keys: ['Mod+Enter'],
    inFields: true,
  }),
  handled({ id: 'run.queue', title: 'Add to the queue of runs', keys: ['Mod+Shift+Enter'], inFields: true }),
  handled({ id: 'run.pause', title: 'Pause or resume training', keys: ['Mod+Shift+P'] }),
  handled({ id: 'run.stop', title: 'Stop training', keys: ['Mod+.'] }),
  {
    ...preview,
    // the training form shows the data, and it stands where nothing is selected
    run() {
      session().set({ workspace: 'design', right: true });
      editor().select({});
      requestAnimationFrame(() => requestAnimationFrame(() => preview.run()));
    },
    enabled: () => editor().data !== null,
  },
];

const compare: readonly AppCommand[] = [
  { id: 'compare.file', title: 'Compare with a file…', also: 'diff', run: compareWithFile },
  {
    id: 'compare.template',
    title: 'Compare with a template…',
    also: 'diff',
    run: () => useCompare.getState().choose(true),
  },
  {
    ...{ id: 'compare.saved', title: 'Compare with the saved version' },
    ...{ run: compareWithSaved, enabled: canCompareWithSaved },
  },
  { ...{ id: 'compare.swap', title: 'Swap the sides of the comparison' }, ...whileComparing('swap') },
  { ...{ id: 'compare.leave', title: 'Leave the comparison' }, ...whileComparing('leave') },
];
function whileComparing(what: 'swap' | 'leave') {
  return { run: () => useCompare.getState()[what](), enabled: isComparing };
}

/** While two nets are compared, the graph itself is out of sight: nothing changes it. */
const onCanvas = (commands: readonly AppCommand[]): readonly AppCommand[] =>
  commands.map((c) => ({ ...c, enabled: () => !isComparing() && isEnabled(c) }));

const help: readonly AppCommand[] = [
  {
    ...{ id: 'help.node', title: 'Help on the selected node', keys: ['F1'] },
    run: helpOnSelected,
    enabled: canHelp,
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    also: 'keys hotkeys cheat sheet',
    keys: ['?'],
    run: () => session().set({ shortcuts: true }),
  },
];

/** By section, as the help lists them. */
export const commandTable: readonly { readonly title: string; readonly commands: readonly AppCommand[] }[] = [
  { title: 'File', commands: [...file, ...tabCommands] },
  { title: 'Edit', commands: onCanvas(edit) },
  { title: 'Add and find', commands: onCanvas(findCommands) },
  { title: 'Selection', commands: onCanvas(selectCommands) },
  { title: 'Nodes', commands: onCanvas(nodeCommands) },
  { title: 'Blocks', commands: onCanvas(blocks) },
  { title: 'Change', commands: bulkCommands },
  { title: 'Frames and notes', commands: onCanvas(annotateCommands) },
  { title: 'View', commands: view },
  { title: 'Appearance', commands: lookCommands },
  { title: 'Compare', commands: compare },
  { title: 'Training', commands: training },
  { title: 'Help', commands: [...help, ...tourCommands] },
];
export const appCommands: readonly AppCommand[] = commandTable.flatMap((s) => s.commands);
const byId = new Map(appCommands.map((c) => [c.id, c]));

/** Runs a command of the table if it can run now. @returns whether it did */
export function runCommand(id: string): boolean {
  const command = byId.get(id);
  if (!command || !isEnabled(command)) return false;
  void command.run();
  return true;
}
