import type { GraphDocument } from '../../engine/graph/document';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';
import { useSession } from '../app/session';
import { useEditor } from '../app/store';
import { allTabs } from '../documents/tabs';
import { useCompare } from './compare-store';

/** Shows what the open graph has that `other` has not, and the other way round. */
export function compareWith(other: GraphDocument, as: string): void {
  const doc = useEditor.getState().history.present;
  const same = other.name === doc.name;
  useSession.getState().show('design');
  useCompare
    .getState()
    .show(
      { name: same ? `${other.name} (${as})` : other.name, doc: other },
      { name: same ? `${doc.name} (open)` : doc.name, doc },
    );
}

export async function compareWithFile(): Promise<void> {
  const opened = await attempt('Opening', () => api.call['document.open'](null));
  if (opened) compareWith(opened.doc, 'file');
}

export async function compareWithTemplate(id: string): Promise<void> {
  const doc = await attempt('Opening the template', () => api.call['templates.open'](id));
  if (doc) compareWith(doc, 'template');
}

/** @param key of another open graph */
export function compareWithOpen(key: string): void {
  const tab = allTabs().find((t) => t.key === key);
  if (tab) compareWith(tab.history.present, 'other tab');
}

/** Of a graph that was read from a file or written to one. */
export const canCompareWithSaved = (): boolean => {
  const { saved, path } = useEditor.getState();
  return saved !== null && path !== null;
};
export function compareWithSaved(): void {
  const { saved } = useEditor.getState();
  if (saved) compareWith(saved, 'saved');
}
