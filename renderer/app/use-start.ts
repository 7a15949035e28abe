import { useEffect } from 'react';
import { UserError } from '../../engine/errors';
import { startTabs } from '../documents/start-tabs';
import { useTour } from '../tour/tour-state';
import { api } from './bridge';
import { openDocument } from './files';
import { useHabits } from './habits';
import { attempt, reportError } from './notices';
import { useSession } from './session';

/** Asks the main process what to show, and hears of files and faults that come from it unasked. */
export function useStart(): void {
  useEffect(() => {
    const stops = [
      api.on('document.opened', ({ doc, path, stamp }) => void openDocument(doc, path, { stamp })),
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
      startTabs(info);
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
