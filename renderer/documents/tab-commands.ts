import type { AppCommand } from '../app/commands';
import { closeFile, saveAll } from '../app/files';
import { isMac } from '../app/keys';
import { useSession } from '../app/session';
import { useEditor } from '../app/store';
import { useCompare } from '../compare/compare-store';
import { keepFocus } from './focus-canvas';
import { showPast } from './past-store';
import { allTabs, cycleTabs, isTabDirty, moveTab, reopenTab, useTabs } from './tabs';
import { askVersion } from './versions-store';

const several = (): boolean => allTabs().length > 1;
const go = (by: number) => () => {
  cycleTabs(by);
  useSession.getState().show('design');
};
const move = (by: number) => () => moveTab(useEditor.getState().key, useTabs.getState().before.length + by);
/** The system has Cmd Tab; Ctrl Tab works on a Mac too (see TabStrip.tsx). */
const ring = (keys: string): readonly string[] => (isMac() ? [] : [keys]);

/** Of the open graphs, and of what was before. */
export const tabCommands: readonly AppCommand[] = [
  {
    ...{ id: 'file.save-all', title: 'Save all graphs' },
    ...{ run: saveAll, enabled: () => allTabs().some(isTabDirty) },
  },
  {
    id: 'file.close',
    title: 'Close the graph',
    keys: ['Mod+W'],
    inFields: true,
    run: () => closeFile().then(keepFocus),
  },
  {
    ...{ id: 'file.reopen', title: 'Open the closed graph again', keys: ['Mod+Shift+T'] },
    run: reopenTab,
    enabled: () => useTabs.getState().closed.length > 0,
  },
  {
    ...{ id: 'tab.next', title: 'Next open graph', keys: [...ring('Mod+Tab'), 'Mod+PageDown'] },
    ...{ inFields: true, run: go(1), enabled: several },
  },
  {
    ...{ id: 'tab.previous', title: 'Previous open graph', keys: [...ring('Mod+Shift+Tab'), 'Mod+PageUp'] },
    ...{ inFields: true, run: go(-1), enabled: several },
  },
  {
    ...{ id: 'tab.right', title: 'Move the graph’s tab to the right', keys: ['Mod+Shift+PageDown'] },
    ...{ run: move(1), enabled: several },
  },
  {
    ...{ id: 'tab.left', title: 'Move the graph’s tab to the left', keys: ['Mod+Shift+PageUp'] },
    ...{ run: move(-1), enabled: several },
  },
  {
    ...{ id: 'past.history', title: 'Show the history', keys: ['Mod+Shift+H'] },
    run: () => showPast('history'),
  },
  { id: 'past.versions', title: 'Show the versions', run: () => showPast('versions') },
  { id: 'past.save', title: 'Save a version…', run: askVersion },
  {
    ...{ id: 'compare.open', title: 'Compare with another open graph…' },
    ...{ run: () => useCompare.getState().choose(true), enabled: several },
  },
];
