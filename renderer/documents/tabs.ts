import { create } from 'zustand';
import { replaceDocument } from '../../engine/graph/commands/document';
import type { GraphDocument } from '../../engine/graph/document';
import { newHistory } from '../../engine/graph/history';
import { type LoadOptions, type Tab, useEditor } from '../app/store';

interface Tabs {
  /** Open documents at the left of the one in front, and at its right; that one itself is `useEditor`. */
  readonly before: readonly Tab[];
  readonly after: readonly Tab[];
  /** The last ones that were closed, the newest first. */
  readonly closed: readonly Tab[];
}
/** The open documents but the one in front. A tab has its history, selection, file and data with it. */
export const useTabs = create<Tabs>(() => ({ before: [], after: [], closed: [] }));
const MOST_CLOSED = 10;

export const frontTab = (): Tab => {
  const { history, path, stamp, saved, selection, data, dataFault, key } = useEditor.getState();
  return { history, path, stamp, saved, selection, data, dataFault, key };
};
/** From the left. */
export const allTabs = (): readonly Tab[] => {
  const { before, after } = useTabs.getState();
  return [...before, frontTab(), ...after];
};
export const isTabDirty = ({ history, saved }: Tab): boolean => history.present !== saved;

/** Documents that came from a file whose path is not known here. */
const foreign = new Set<string>();
/** The document in front stays although it has no file. */
export const holdFront = (): void => void foreign.add(useEditor.getState().key);

/** Nothing was done to it but put one template in place of another: it gives way to what is opened next. */
export const isUntouched = ({ key, path, saved, history: { past, future } }: Tab): boolean =>
  path === null &&
  !foreign.has(key) &&
  saved !== null &&
  future.length === 0 &&
  past.every((s) => s.label === replaceDocument.label);

/** A new graph in which nothing was drawn. */
const isBlank = (tab: Tab): boolean =>
  isUntouched(tab) && Object.keys(tab.history.present.nodes).length === 0;

export const newTab = (doc: GraphDocument, path: string | null, stamp: string | null): Tab => ({
  ...{ history: newHistory(doc), saved: doc, path, stamp },
  ...{ selection: { nodes: [], edges: [] }, data: null, dataFault: null, key: crypto.randomUUID() },
});

/** Puts a document in front: in a tab of its own, right of the one in front, unless that one is untouched. */
export function openTab(doc: GraphDocument, path: string | null, options: LoadOptions = {}): void {
  const front = frontTab();
  if (!isUntouched(front)) useTabs.setState((s) => ({ before: [...s.before, front] }));
  useEditor.getState().load(doc, path, options);
}

/** Shows these tabs, the one with `key` in front. */
export function arrangeTabs(tabs: readonly Tab[], key: string): void {
  const at = tabs.findIndex((t) => t.key === key);
  useTabs.setState({ before: tabs.slice(0, at), after: tabs.slice(at + 1) });
  if (useEditor.getState().key !== key) useEditor.setState(tabs[at]!);
}

export function activateTab(key: string): void {
  const tabs = allTabs();
  if (tabs.some((t) => t.key === key)) arrangeTabs(tabs, key);
}

/** @param by 1 for the next one at the right, -1 for the left; round the ends */
export function cycleTabs(by: number): void {
  const tabs = allTabs();
  const at = useTabs.getState().before.length + by;
  activateTab(tabs[(at + tabs.length) % tabs.length]!.key);
}

/** @param to counts from 0 at the left */
export function moveTab(key: string, to: number): void {
  const tabs = allTabs();
  const tab = tabs.find((t) => t.key === key);
  if (!tab || to < 0 || to >= tabs.length) return;
  const others = tabs.filter((t) => t !== tab);
  arrangeTabs([...others.slice(0, to), tab, ...others.slice(to)], useEditor.getState().key);
}

/** Takes it away without a question; `instead` takes the place of the last one. */
export function removeTab(key: string, instead: () => Tab): void {
  const tabs = allTabs();
  const at = tabs.findIndex((t) => t.key === key);
  if (at < 0) return;
  const rest = tabs.filter((_, i) => i !== at);
  const left = rest.length > 0 ? rest : [instead()];
  const { key: front } = useEditor.getState();
  arrangeTabs(left, front === key ? left[Math.min(at, left.length - 1)]!.key : front);
  const gone = tabs[at]!;
  if (!isBlank(gone)) useTabs.setState((s) => ({ closed: [gone, ...s.closed].slice(0, MOST_CLOSED) }));
}

/** The last one that was closed, with its history; an empty graph that took its place gives way. */
export function reopenTab(): void {
  const [tab, ...closed] = useTabs.getState().closed;
  if (!tab) return;
  const tabs = allTabs().filter((t) => !isBlank(t));
  arrangeTabs([...tabs, tab], tab.key);
  useTabs.setState({ closed });
}

/** Changes a tab, in front or behind; one that was closed meanwhile stays closed. */
export function patchTab(key: string, patch: Partial<Tab>): void {
  if (useEditor.getState().key === key) useEditor.setState(patch);
  const change = (tabs: readonly Tab[]) => tabs.map((t) => (t.key === key ? { ...t, ...patch } : t));
  useTabs.setState(({ before, after }) => ({ before: change(before), after: change(after) }));
}

/** The open graph that has this file. */
export const tabOf = (path: string | null): Tab | undefined =>
  path === null ? undefined : allTabs().find((t) => t.path === path);
