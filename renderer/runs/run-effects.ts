import { useEffect } from 'react';
import { stepSeconds } from '../../engine/analysis/prediction';
import { registerCommand } from '../app/commands';
import { useSession } from '../app/session';
import { analysisOf, useEditor } from '../app/store';
import { useDock } from './dock-state';
import { useJobs } from './job-store';
import { useRuns } from './run-store';
import { isActive, type RunView } from './run-view';
import { seedsFrom } from './seeds';
import { SHOW_PROBLEMS, signal } from './signals';
import { expectSpeed, learnSpeed } from './speed';
import { startOptions } from './start-store';

const runs = () => useRuns.getState();

/** Trains the open document; what cannot be trained shows its problems instead. */
export function startNow(reason: string | null): void {
  if (reason !== null) {
    signal(SHOW_PROBLEMS);
    return;
  }
  const doc = useEditor.getState().history.present;
  const { batch, recompute } = doc.training;
  expectSpeed(stepSeconds(analysisOf(doc), batch, 1, recompute) / batch);
  const seeds = seedsFrom(doc.training.seed);
  void (seeds.length > 1 ? runs().startJob(doc, seeds, startOptions()) : runs().start(doc, startOptions()));
}

/** Puts the open document at the end of the queue. */
export function queueNow(reason: string | null): void {
  if (reason !== null) {
    signal(SHOW_PROBLEMS);
    return;
  }
  const doc = useEditor.getState().history.present;
  void useJobs.getState().add(doc, seedsFrom(doc.training.seed), startOptions());
}

/** Ctrl Enter and its kin, for the command table of the window. */
export function useRunCommands(reason: string | null): void {
  useEffect(() => {
    const current = () => {
      const { current: id, views } = runs();
      const view = id === null ? undefined : views[id];
      return view && isActive(view.phase) ? view : undefined;
    };
    const stops = [
      registerCommand('run.start', { run: () => startNow(reason), enabled: () => !current() }),
      registerCommand('run.queue', { run: () => queueNow(reason), enabled: () => reason === null }),
      registerCommand('run.pause', {
        run: () => (current()?.phase === 'paused' ? runs().resume() : runs().pause()),
        enabled: () => current() !== undefined,
      }),
      registerCommand('run.stop', { run: () => runs().stop(), enabled: () => current() !== undefined }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [reason]);
}

/** Brings the dock forward: with the problems when asked, with the run when one starts or breaks off. */
export function useReveal(view: RunView | null): void {
  useEffect(() => {
    const problems = () => {
      useSession.getState().show('design');
      useDock.getState().show('problems');
    };
    window.addEventListener(SHOW_PROBLEMS, problems);
    return () => window.removeEventListener(SHOW_PROBLEMS, problems);
  }, []);
  // by the engine's word or by the reply to Run, whichever comes first
  const moment =
    view && (isActive(view.phase) || view.phase === 'failed')
      ? `${view.id} ${view.phase === 'failed'}`
      : null;
  useEffect(() => {
    if (moment) useDock.getState().show('run');
  }, [moment]);
}

/** Every finished epoch teaches how fast this machine is, for the estimate before the next run. */
export function useSpeedLesson(view: RunView | null): void {
  const device = view?.start?.device.name;
  const epoch = view?.epochs.at(-1);
  useEffect(() => {
    if (device && epoch) learnSpeed(device, epoch.imagesPerSecond);
  }, [device, epoch]);
}
