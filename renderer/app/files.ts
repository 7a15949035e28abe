import { type DataShape, dataShapeOf } from '../../engine/analysis/fit';
import { toFault } from '../../engine/errors';
import { replaceDocument } from '../../engine/graph/commands/document';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import {
  activateTab,
  allTabs,
  frontTab,
  holdFront,
  isTabDirty,
  isUntouched,
  newTab,
  openTab,
  patchTab,
  removeTab,
  tabOf,
} from '../documents/tabs';
import { foundChanged, foundGone, lookAtFiles, setTrouble } from '../documents/trouble';
import { plainChoice } from '../runs/data-store';
import { api } from './bridge';
import { fitTo, fitWords } from './fit';
import { attempt, notify, reportError } from './notices';
import { ask, useSession } from './session';
import { type LoadOptions, type Tab, useEditor } from './store';

const state = () => useEditor.getState();
export const isDirty = (): boolean => isTabDirty(frontTab());

interface SaveOptions {
  /** Asks where to. */
  readonly elsewhere?: boolean;
  /** Writes even where the file is no longer what it was. */
  readonly anyway?: boolean;
}

/** Writes the document to its file, or asks for one. @returns whether it was written */
export async function save({ elsewhere = false, anyway = false }: SaveOptions = {}): Promise<boolean> {
  const tab = frontTab();
  const doc = tab.history.present;
  const path = elsewhere ? null : tab.path;
  try {
    const result = await api.call['document.save']({ path, doc, stamp: anyway ? null : tab.stamp });
    if (result.state === 'saved') {
      patchTab(tab.key, { path: result.path, stamp: result.stamp, saved: doc });
      setTrouble(tab.key, null);
      return true;
    }
    if (result.state === 'changed') foundChanged(tab.key);
    if (result.state === 'gone') foundGone(tab.key, null, tab.saved);
  } catch (error) {
    const fault = toFault(error, 'Saving');
    if (path === null || fault.code === 'internal') reportError(error, 'Saving');
    else setTrouble(tab.key, { kind: 'fault', fault });
  }
  return false;
}

/** Every graph with unsaved changes, one after the other; it ends at the first that is not written. */
export async function saveAll(): Promise<boolean> {
  const { key } = state();
  for (const tab of allTabs()) {
    if (!isTabDirty(tab)) continue;
    activateTab(tab.key);
    if (!(await save())) return false;
  }
  activateTab(key);
  return true;
}

/** Whether the document may go: it is saved, or the user does not want it saved. */
async function mayClose(tab: Tab): Promise<boolean> {
  if (!isTabDirty(tab)) return true;
  activateTab(tab.key);
  const answer = await ask({
    title: `Save the changes to ${tab.history.present.name}?`,
    text: 'They are lost if you do not save them.',
    answers: [
      { id: 'save', label: 'Save', tone: 'accent' },
      { id: 'drop', label: 'Do not save' },
      { id: 'stay', label: 'Cancel' },
    ],
  });
  if (answer === 'save') return save();
  return answer === 'drop';
}

/** @param key of the document; without one that in front */
export async function closeFile(key = state().key): Promise<void> {
  const tab = allTabs().find((t) => t.key === key);
  if (!tab || !(await mayClose(tab))) return;
  removeTab(key, () => newTab(emptyDocument('untitled'), null, null));
  setTrouble(key, null);
}

const show = (doc: GraphDocument, path: string | null, options: LoadOptions = {}): void => {
  const open = tabOf(path);
  if (open) activateTab(open.key);
  else openTab(doc, path, options);
  useSession.getState().show('design');
  if (open) void lookAtFiles();
};

export const newFile = (): void => show(emptyDocument('untitled'), null);

/** @param path from the recent files; without one the system's dialog asks */
export async function openFile(path: string | null = null): Promise<void> {
  const opened = await attempt('Opening', () => api.call['document.open'](path));
  if (opened) show(opened.doc, opened.path, { stamp: opened.stamp });
}

/** A document that comes from elsewhere, e.g. from a run or a second start of the app. */
export async function openDocument(
  doc: GraphDocument,
  path: string | null,
  options: LoadOptions = {},
): Promise<void> {
  show(doc, path, options);
}

/** Dropped files that lie nowhere on the disk, such as a picture's link out of a browser, each in a tab: saving asks where to. */
export async function openDropped(files: readonly File[]): Promise<void> {
  for (const file of files) {
    const doc = await attempt('Opening', async () =>
      api.call['document.parse']({ name: file.name, text: await file.text() }),
    );
    if (!doc) continue;
    show(doc, null);
    holdFront();
  }
}

export async function exportJson(): Promise<void> {
  const path = await attempt('Exporting', () =>
    api.call['document.export']({ doc: state().history.present }),
  );
  if (path) notify(`Exported to ${path}`);
}

/**
 * A template takes the place of an untouched graph in one step, so that undo brings that back; a graph that was worked
 * on keeps its tab, and the template has another. It is trained on the data chosen before, and has its picture size and
 * classes, unless no net would come of that.
 */
export async function openTemplate(id: string): Promise<void> {
  const template = await attempt('Opening the template', () => api.call['templates.open'](id));
  if (!template) return;
  const { doc, data } = await withData(template);
  const fit = data && fitTo(doc, data);
  const fits = fit && !fit.broken && fit.doc !== doc;
  if (isUntouched(frontTab())) {
    state().run(replaceDocument, { doc: fits ? fit.doc : doc });
    state().select({});
  } else openTab(fits ? fit.doc : doc, null);
  useSession.getState().show('design');
  if (fits) notify(fitWords(data));
}

/** The template with the data set of the open graph, where that is known; else with its own. */
async function withData(template: GraphDocument): Promise<{ doc: GraphDocument; data: DataShape | null }> {
  const { data, history } = state();
  if (data) {
    const training = { ...template.training, data: history.present.training.data };
    return { doc: { ...template, training }, data };
  }
  const choice = plainChoice(template.training.data);
  // without data the template stands as it came, and its own problems say what is wrong
  const info = await api.call['data.info'](choice).catch(() => null);
  return { doc: template, data: info && dataShapeOf(info) };
}

/** Unsaved work of an earlier session, as unsaved work of this one under the same key. */
export async function restore(key: string): Promise<void> {
  const opened = await attempt('Restoring', () => api.call['recovery.open'](key));
  if (!opened) return;
  const options = { unsaved: true, key, stamp: opened.stamp };
  const open = tabOf(opened.path);
  // the same file as it was saved: the newer work takes its place
  if (open && !isTabDirty(open)) {
    activateTab(open.key);
    state().load(opened.doc, opened.path, options);
  } else openTab(opened.doc, opened.path, options);
  useSession.getState().show('design');
  forget(key);
}

export async function restoreAll(): Promise<void> {
  for (const { key } of useSession.getState().recovered) await restore(key);
}

export async function discard(key: string): Promise<void> {
  await attempt('Discarding', () => api.call['recovery.drop'](key));
  forget(key);
}

const forget = (key: string): void =>
  useSession.setState((s) => ({ recovered: s.recovered.filter((r) => r.key !== key) }));
