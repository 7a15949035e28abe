import { type DataShape, dataShapeOf } from '../../engine/analysis/fit';
import { replaceDocument } from '../../engine/graph/commands/document';
import { emptyDocument, type GraphDocument } from '../../engine/graph/document';
import { plainChoice } from '../runs/data-store';
import { api } from './bridge';
import { fitTo, fitWords } from './fit';
import { attempt, notify } from './notices';
import { ask, useSession } from './session';
import { useEditor } from './store';

const state = () => useEditor.getState();
export const isDirty = (): boolean => state().history.present !== state().saved;

/** Writes the document to its file, or asks for one. @returns whether it was written */
export async function save({ elsewhere = false } = {}): Promise<boolean> {
  const { history, path } = state();
  const doc = history.present;
  const written = await attempt('Saving', () =>
    api.call['document.save']({ path: elsewhere ? null : path, doc }),
  );
  if (written === undefined || written === null) return false;
  state().markSaved(written, doc);
  return true;
}

/** Whether the open document may give way: it is saved, or the user does not want it saved. */
async function mayLeave(): Promise<boolean> {
  if (!isDirty()) return true;
  const answer = await ask({
    title: `Save the changes to ${state().history.present.name}?`,
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

const load = (doc: GraphDocument, path: string | null, options: { unsaved?: boolean } = {}): void => {
  state().load(doc, path, options);
  useSession.getState().show('design');
};

export async function newFile(): Promise<void> {
  if (await mayLeave()) load(emptyDocument('untitled'), null);
}

/** @param path from the recent files; without one the system's dialog asks */
export async function openFile(path: string | null = null): Promise<void> {
  if (!(await mayLeave())) return;
  const opened = await attempt('Opening', () => api.call['document.open'](path));
  if (opened) load(opened.doc, opened.path);
}

/** A document that comes from elsewhere, e.g. from a run or a second start of the app. */
export async function openDocument(
  doc: GraphDocument,
  path: string | null,
  options: { unsaved?: boolean } = {},
): Promise<void> {
  if (await mayLeave()) load(doc, path, options);
}

/** A file that was dropped on the window. */
export async function openDropped(file: File): Promise<void> {
  const doc = await attempt('Opening', async () =>
    api.call['document.parse']({ name: file.name, text: await file.text() }),
  );
  if (doc) await openDocument(doc, null);
}

export async function exportJson(): Promise<void> {
  const path = await attempt('Exporting', () =>
    api.call['document.export']({ doc: state().history.present }),
  );
  if (path) notify(`Exported to ${path}`);
}

/**
 * A template takes the place of the graph in one step, so that undo brings the graph back; the graph's file is let go,
 * so that the next save asks where to. It is trained on the data
 * chosen before, and has its picture size and classes, unless no net would come of that.
 */
export async function openTemplate(id: string): Promise<void> {
  const template = await attempt('Opening the template', () => api.call['templates.open'](id));
  if (!template) return;
  const { doc, data } = await withData(template);
  const fit = data && fitTo(doc, data);
  const fits = fit && !fit.broken && fit.doc !== doc;
  state().run(replaceDocument, { doc: fits ? fit.doc : doc });
  state().detach();
  state().select({});
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
  if (!(await mayLeave())) return;
  const opened = await attempt('Restoring', () => api.call['recovery.open'](key));
  if (!opened) return;
  state().load(opened.doc, opened.path, { unsaved: true, key });
  forget(key);
}

export async function discard(key: string): Promise<void> {
  await attempt('Discarding', () => api.call['recovery.drop'](key));
  forget(key);
}

const forget = (key: string): void =>
  useSession.setState((s) => ({ recovered: s.recovered.filter((r) => r.key !== key) }));
