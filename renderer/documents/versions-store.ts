import { create } from 'zustand';
import type { GraphDocument } from '../../engine/graph/document';
import type { Command } from '../../engine/graph/history';
import type { Version } from '../../ipc/contract';
import { api } from '../app/bridge';
import { attempt, notify } from '../app/notices';
import { ask } from '../app/session';
import { useEditor } from '../app/store';
import { compareWith } from '../compare/compare-actions';
import { isShown, showPast } from './past-store';

interface Versions {
  /** Of the file at `path`, the newest first; null until they are read. */
  readonly path: string | null;
  readonly list: readonly Version[] | null;
  /** Graphs by id, as far as they were read; null where one cannot be. */
  readonly docs: Readonly<Record<string, GraphDocument | null>>;
}
export const useVersions = create<Versions>(() => ({ path: null, list: null, docs: {} }));

const show = (path: string, list: readonly Version[] | undefined): void => {
  if (list && useEditor.getState().path === path) useVersions.setState({ path, list });
};

export async function readVersions(path: string): Promise<void> {
  if (useVersions.getState().path !== path) useVersions.setState({ path, list: null, docs: {} });
  show(path, await attempt('Reading the versions', () => api.call['versions.list'](path)));
}

/** Reads the graph of a version, for its picture and figures. One that fails has neither, and tells why when used. */
export async function readVersion(path: string, id: string): Promise<void> {
  if (id in useVersions.getState().docs) return;
  const doc = await api.call['versions.open']({ path, id }).catch(() => null);
  if (useVersions.getState().path === path) useVersions.setState((s) => ({ docs: { ...s.docs, [id]: doc } }));
}

/** Keeps the graph as it is now. @returns whether that went well */
export async function keepVersion(name: string): Promise<boolean> {
  const { path, history } = useEditor.getState();
  if (path === null) return false;
  const given = name.trim() || `Version of ${new Date().toLocaleString()}`;
  const list = await attempt('Saving the version', () =>
    api.call['versions.add']({ path, name: given.slice(0, 200), doc: history.present }),
  );
  show(path, list);
  if (list) notify(`“${given}” is kept as a version`);
  return list !== undefined;
}

const open = (path: string, id: string) =>
  attempt('Opening the version', () => api.call['versions.open']({ path, id }));

const restored = (name: string, doc: GraphDocument): Command<undefined> => ({
  ...{ id: 'document.restore', label: `restore “${name}”` },
  run: () => doc,
});

/** One step of undo. */
export async function restoreVersion(path: string, { id, name }: Version): Promise<void> {
  const { key } = useEditor.getState();
  const doc = await open(path, id);
  const editor = useEditor.getState();
  if (!doc || editor.key !== key) return;
  editor.run(restored(name, doc), undefined);
  editor.select({});
  notify(`“${name}” is back; Undo takes it away again`);
}

export async function compareVersion(path: string, { id, name }: Version): Promise<void> {
  const doc = await open(path, id);
  if (doc) compareWith({ ...doc, name }, 'version');
}

export async function deleteVersion(path: string, { id, name }: Version): Promise<void> {
  const answer = await ask({
    title: `Delete the version “${name}”?`,
    text: 'It is gone for good. The graph itself stays as it is.',
    answers: [
      { id: 'stay', label: 'Keep it', tone: 'accent' },
      { id: 'delete', label: 'Delete', tone: 'danger' },
    ],
  });
  if (answer !== 'delete') return;
  show(path, await attempt('Deleting the version', () => api.call['versions.delete']({ path, id })));
}

/** Opens the list, where the name is typed. */
export function askVersion(): void {
  if (isShown('versions')) document.querySelector<HTMLElement>('.pp-form input')?.focus();
  else showPast('versions');
}
