import { create } from 'zustand';
import type { GraphDocument } from '../../engine/graph/document';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';
import { useSession } from '../app/session';
import { useEditor } from '../app/store';

interface CompareState {
  readonly view: 'chart' | 'diff';
  /** The net that the open document is compared with. */
  readonly other: { readonly name: string; readonly doc: GraphDocument } | null;
  /** Whether the other net stands first. */
  readonly swapped: boolean;
}

export const useCompare = create<CompareState>(() => ({ view: 'chart', other: null, swapped: false }));

/** Shows what differs between the open document and `doc`. */
function compareWith(name: string, doc: GraphDocument | null | undefined): void {
  if (!doc) return;
  useCompare.setState({ view: 'diff', other: { name, doc } });
  useSession.getState().show('compare');
}

export const compareWithTemplate = async (id: string, name: string): Promise<void> =>
  compareWith(name, await attempt('Opening the template', () => api.call['templates.open'](id)));

/** Asks for a file; the open document stays open. */
export async function compareWithFile(): Promise<void> {
  const opened = await attempt('Opening the file', () => api.call['document.open'](null));
  compareWith(opened?.doc.name ?? '', opened?.doc);
}

export const compareWithSaved = (): void => {
  const { saved } = useEditor.getState();
  compareWith('as saved', saved);
};
export const hasChanges = (): boolean => {
  const { saved, history } = useEditor.getState();
  return saved !== null && saved !== history.present;
};
