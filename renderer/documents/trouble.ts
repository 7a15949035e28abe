import { create } from 'zustand';
import type { Fault } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import type { DiskState } from '../../ipc/contract';
import { api } from '../app/bridge';
import type { Tab } from '../app/store';
import { allTabs, patchTab, useTabs } from './tabs';

/** What stands between an open graph and its file. */
export type Trouble =
  /** Another program wrote to it. */
  | { readonly kind: 'changed' }
  /** It was deleted or renamed. `saved` is what the graph was compared with before. */
  | { readonly kind: 'gone'; readonly moved: string | null; readonly saved: GraphDocument | null }
  /** It could not be written. */
  | { readonly kind: 'fault'; readonly fault: Fault };

interface Troubles {
  /** By the key of the document. */
  readonly troubles: Readonly<Record<string, Trouble>>;
  /** Files that another Convloom has open; false once the user has read so. */
  readonly shared: Readonly<Record<string, boolean>>;
}
export const useTroubles = create<Troubles>(() => ({ troubles: {}, shared: {} }));

export function setTrouble(key: string, trouble: Trouble | null): void {
  useTroubles.setState(({ troubles: { [key]: _, ...others } }) => ({
    troubles: trouble ? { ...others, [key]: trouble } : others,
  }));
}
export const dismissShared = (path: string): void =>
  useTroubles.setState(({ shared }) => ({ shared: { ...shared, [path]: false } }));

/** Always all of them, since main tells other windows which files are open here. */
export const filesOf = (tabs: readonly Tab[]): { path: string; stamp: string | null }[] =>
  tabs.flatMap(({ path, stamp }) => (path === null ? [] : [{ path, stamp }]));

let looking = false;
/** Asks main how the files of all tabs stand, and notes what is no longer as it was. */
export async function lookAtFiles(): Promise<void> {
  if (looking) return;
  looking = true;
  try {
    const files = filesOf(allTabs());
    const states = (await api.call['document.look'](files)) ?? [];
    for (const state of states) note(state, files.find((f) => f.path === state.path)?.stamp ?? null);
  } catch {
    // it is looked at again soon, and before it is written to
  } finally {
    looking = false;
  }
}

/** @param asked the stamp it was compared with: a save that ended meanwhile makes the answer old */
function note({ path, state, moved, shared }: DiskState, asked: string | null): void {
  useTroubles.setState((s) => {
    const { [path]: known, ...others } = s.shared;
    return { shared: shared ? { ...others, [path]: known ?? true } : others };
  });
  const tab = allTabs().find((t) => t.path === path && t.stamp === asked);
  if (!tab) return;
  const { key, saved } = tab;
  const before = useTroubles.getState().troubles[key];
  if (state === 'changed' && before?.kind !== 'changed') foundChanged(key);
  else if (state === 'gone') foundGone(key, moved, saved);
  else if (state === 'same' && (before?.kind === 'changed' || before?.kind === 'gone')) {
    setTrouble(key, null);
    if (before.kind === 'gone' && saved === null) patchTab(key, { saved: before.saved });
  }
}

export const foundChanged = (key: string): void => setTrouble(key, { kind: 'changed' });

/** No file holds the graph any more: it is unsaved. */
export function foundGone(key: string, moved: string | null, saved: GraphDocument | null): void {
  const before = useTroubles.getState().troubles[key];
  if (before?.kind === 'gone' && before.moved === moved) return;
  setTrouble(key, { kind: 'gone', moved, saved: before?.kind === 'gone' ? before.saved : saved });
  patchTab(key, { saved: null });
}

/** Between two looks while the window is in sight. */
const MILLISECONDS = 4000;

/** Looks when the window comes to the front, when tabs change, and now and then. @returns what stops it */
export function watchFiles(): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') void lookAtFiles();
  };
  look();
  const timer = setInterval(look, MILLISECONDS);
  window.addEventListener('focus', look);
  const stop = useTabs.subscribe(look);
  return () => {
    clearInterval(timer);
    window.removeEventListener('focus', look);
    stop();
  };
}
