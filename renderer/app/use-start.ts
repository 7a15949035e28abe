import { useEffect } from 'react';
import { UserError } from '../../engine/errors';
import { useTour } from '../tour/tour-state';
import { api } from './bridge';
import { openDocument } from './files';
import { useHabits } from './habits';
import { attempt, reportError } from './notices';
import { useSession } from './session';
import { useEditor } from './store';

/** Asks the main process what to show, and hears of files and faults that come from it unasked. */
export function useStart(): void {
  useEffect(() => {
    const stops = [
      api.on('document.opened', ({ doc, path }) => void openDocument(doc, path)),
      api.on('app.fault', (fault) => reportError(UserError.from(fault), 'This')),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  useEffect(() => {
    let current = true;
    let stop = () => {};
    void attempt('Starting', () => api.call['app.info']()).then((info) => {
      if (!current) return;
      useSession.setState({ started: true });
      if (!info) return;
      useHabits.setState(info.habits);
      stop = useHabits.subscribe(
        (habits) => void attempt('Keeping your choices', () => api.call['app.habits'](habits)),
      );
      useEditor.getState().load(info.start.doc, info.start.path);
      useSession.getState().set({
        ...{ info, theme: info.theme, looks: info.looks, recovered: info.recovered },
      });
      if (!info.toured) useTour.getState().start();
    });
    return () => {
      current = false;
      stop();
    };
  }, []);
}
