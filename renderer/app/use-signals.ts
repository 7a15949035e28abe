import { useEffect } from 'react';
import { SHOW_TRAINING } from '../runs/signals';
import { useSession } from './session';
import { useEditor } from './store';

/** Other parts of the window may ask for the training form, which stands where nothing is selected. */
export function useSignals(): void {
  useEffect(() => {
    const showTraining = () => {
      useSession.getState().set({ workspace: 'design', right: true });
      useEditor.getState().select({});
    };
    window.addEventListener(SHOW_TRAINING, showTraining);
    return () => window.removeEventListener(SHOW_TRAINING, showTraining);
  }, []);
}
