import { useEffect } from 'react';
import { Autosave } from './autosave';
import { api } from './bridge';
import { reportError } from './notices';
import { useDirty, useDocument, useEditor } from './store';

/** Unsaved work is kept beside the file, and the main process knows whether there is any. */
export function useAutosave(): void {
  useEffect(() => {
    const autosave = new Autosave({
      keep: api.call['recovery.keep'],
      drop: api.call['recovery.drop'],
      fail: (error) => reportError(error, 'Keeping unsaved work'),
    });
    const follow = ({ key, path, history, saved } = useEditor.getState()) =>
      autosave.update({ key, path, doc: history.present, dirty: history.present !== saved });
    follow();
    const stop = useEditor.subscribe((state) => follow(state));
    const flush = () => autosave.flush();
    window.addEventListener('beforeunload', flush);
    return () => {
      stop();
      window.removeEventListener('beforeunload', flush);
      flush();
    };
  }, []);

  const dirty = useDirty();
  const { name } = useDocument();
  useEffect(() => {
    document.title = `${dirty ? '• ' : ''}${name} – Convloom`;
    api.call['app.dirty']({ dirty, name }).catch((error: unknown) => reportError(error, 'Naming the window'));
  }, [dirty, name]);
}
