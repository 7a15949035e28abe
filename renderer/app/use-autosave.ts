import { useEffect } from 'react';
import { allTabs, isTabDirty, useTabs } from '../documents/tabs';
import { Autosave } from './autosave';
import { api } from './bridge';
import { reportError } from './notices';
import { useDirty, useEditor, usePart } from './store';

/** Unsaved work of every tab is kept beside the files, and the main process knows whether there is any. */
export function useAutosave(): void {
  useEffect(() => {
    const autosave = new Autosave({
      keep: (work) => api.call['recovery.keep']({ ...work, doc: JSON.stringify(work.doc) }),
      drop: api.call['recovery.drop'],
      fail: (error) => reportError(error, 'Keeping unsaved work'),
    });
    const follow = () => {
      const tabs = allTabs();
      autosave.update(tabs.map((t) => ({ ...fileOf(t), doc: t.history.present, dirty: isTabDirty(t) })));
      tellDirty();
    };
    follow();
    const stop = onTabs(follow);
    const flush = () => autosave.flush();
    window.addEventListener('beforeunload', flush);
    return () => {
      stop();
      window.removeEventListener('beforeunload', flush);
      flush();
    };
  }, []);

  const dirty = useDirty();
  const name = usePart((doc) => doc.name);
  useEffect(() => {
    document.title = `${dirty ? '• ' : ''}${name} – Convloom`;
  }, [dirty, name]);
}

const fileOf = ({ key, path, stamp }: ReturnType<typeof allTabs>[number]) => ({ key, path, stamp });

/** Calls once the tabs have come to rest: a change of tabs takes two stores. @returns what stops it */
function onTabs(follow: () => void): () => void {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      follow();
    });
  };
  const stops = [useEditor.subscribe(soon), useTabs.subscribe(soon)];
  return () => {
    for (const stop of stops) stop();
  };
}

let told = '';
/** For the question when the window closes, and the tabs of the next start. */
function tellDirty(): void {
  const tabs = allTabs();
  const unsaved = tabs.filter(isTabDirty);
  const [first] = unsaved;
  const name = unsaved.length > 1 ? `${unsaved.length} graphs` : (first ?? tabs[0]!).history.present.name;
  const state = { dirty: unsaved.length > 0, name };
  const paths = tabs.flatMap((t) => t.path ?? []).slice(0, MOST_KEPT);
  const kept = { paths, active: useEditor.getState().path };
  const next = JSON.stringify([state, kept]);
  if (next === told) return;
  told = next;
  const fail = (error: unknown) => reportError(error, 'Telling of open graphs');
  api.call['app.dirty'](state).catch(fail);
  api.call['app.tabs'](kept).catch(fail);
}
/** Tabs that come back at the next start. */
const MOST_KEPT = 30;
