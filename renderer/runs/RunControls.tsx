import { useEffect, useMemo, useState } from 'react';
import { registerCommand } from '../app/commands';
import { useSession } from '../app/session';
import { analysisOf, useDocument, useEditor, useProblems } from '../app/store';
import { Icon } from '../ui/Icon';
import { DeviceChip } from './DeviceChip';
import { useDock } from './dock-state';
import { FaultCard } from './FaultCard';
import { useCurrentRun, useRuns } from './run-store';
import { isActive, type RunView } from './run-view';
import { SHOW_PROBLEMS, SHOW_TRAINING, signal } from './signals';
import { learnSpeed, speedOf } from './speed';
import './runs.css';

const runs = () => useRuns.getState();

/** The one place where training is started, paused and stopped, with the device it runs on. */
export function RunControls() {
  const engine = useRuns((s) => s.engine);
  const pending = useRuns((s) => s.pending);
  const view = useCurrentRun();
  const [asked, setAsked] = useState(false);
  const reason = useReason();
  useEffect(() => runs().connect(), []);
  useSpeedLesson(view);
  useRunCommands(reason);
  useReveal(view);

  const active = view !== null && isActive(view.phase);
  return (
    <div className="run-controls">
      <DeviceChip engine={engine} onAsk={() => setAsked(!asked)} />
      {active ? <ActiveButtons view={view} /> : <RunButton reason={reason} starting={pending === 'start'} />}
      <Trouble asked={asked} close={() => setAsked(false)} />
    </div>
  );
}

/** Why the graph cannot be trained; null when it can. */
function useReason(): string | null {
  const problems = useProblems();
  return useMemo(() => {
    const errors = problems.filter((p) => p.severity === 'error');
    const first = errors[0];
    if (!first) return null;
    return errors.length === 1
      ? first.what
      : `${first.what} And ${errors.length - 1} more ${errors.length === 2 ? 'problem' : 'problems'}.`;
  }, [problems]);
}

const startNow = (reason: string | null): void => {
  if (reason === null) void runs().start(useEditor.getState().history.present);
  else signal(SHOW_PROBLEMS);
};

/** Says why it cannot run rather than being dead: a click then shows the problems. */
function RunButton({ reason, starting }: { reason: string | null; starting: boolean }) {
  const why = reason === null ? undefined : `Cannot run yet: ${reason} Click to see the problems.`;
  return (
    <button
      type="button"
      className="btn accent run-start"
      data-testid="run-start"
      aria-disabled={starting || undefined}
      data-blocked={reason !== null || undefined}
      aria-description={why}
      title={why ?? 'Train this net (Ctrl Enter)'}
      onClick={() => !starting && startNow(reason)}
    >
      <Icon name="play" size={12} />
      {starting ? 'Starting…' : 'Run'}
    </button>
  );
}

function ActiveButtons({ view }: { view: RunView }) {
  const pending = useRuns((s) => s.pending);
  // What was asked counts at once; the engine confirms it at its next step.
  const paused = pending === 'pause' || (view.phase === 'paused' && pending !== 'resume');
  const waits = pending !== null && pending !== 'start';
  return (
    <>
      {paused ? (
        <button
          type="button"
          className="btn"
          data-testid="run-resume"
          disabled={waits}
          onClick={() => void runs().resume()}
        >
          {pending === 'pause' ? 'Pausing…' : 'Resume'}
        </button>
      ) : (
        <button
          type="button"
          className="btn"
          data-testid="run-pause"
          disabled={waits || view.phase === 'testing' || view.phase === 'starting'}
          onClick={() => void runs().pause()}
        >
          {pending === 'resume' ? 'Resuming…' : 'Pause'}
        </button>
      )}
      <button
        type="button"
        className="btn accent"
        data-testid="run-stop"
        disabled={pending === 'stop'}
        title="Stop after this step, test the net and keep what it has learned"
        onClick={() => void runs().stop()}
      >
        {pending === 'stop' ? 'Stopping…' : 'Stop'}
      </button>
    </>
  );
}

/** Below the buttons: why a start failed, or what is wrong with the engine. */
function Trouble({ asked, close }: { asked: boolean; close: () => void }) {
  const fault = useRuns((s) => s.fault);
  const engine = useRuns((s) => s.engine);
  const shown = fault ?? (asked ? engine.error : null);
  if (!shown && !asked) return null;
  const dismiss = () => {
    runs().dismissFault();
    close();
  };
  const dead = engine.state !== 'ready' && engine.state !== 'starting';
  if (!shown && !dead) return null;
  return (
    <div className="run-trouble" onKeyDown={(e) => e.key === 'Escape' && dismiss()}>
      <FaultCard fault={shown ?? NO_ENGINE} onDismiss={dismiss}>
        {shown?.place.setting === 'data' && (
          <button
            type="button"
            className="btn small"
            onClick={() => {
              signal(SHOW_TRAINING);
              dismiss();
            }}
          >
            Choose the data…
          </button>
        )}
        {dead && (
          <button
            type="button"
            className="btn small"
            onClick={() => {
              void runs().restartEngine();
              dismiss();
            }}
          >
            Restart the engine
          </button>
        )}
      </FaultCard>
    </div>
  );
}
const NO_ENGINE = {
  code: 'engine/stopped',
  what: 'The engine is not running.',
  why: 'The process that computes has ended or does not answer.',
  remedy: 'Restart the engine. Your graph is safe.',
  place: {},
  repairs: [],
} as const;

/** Ctrl Enter and its kin, for the command table of the window. */
function useRunCommands(reason: string | null): void {
  useEffect(() => {
    const current = () => {
      const { current: id, views } = runs();
      const view = id === null ? undefined : views[id];
      return view && isActive(view.phase) ? view : undefined;
    };
    const stops = [
      registerCommand('run.start', { run: () => startNow(reason), enabled: () => !current() }),
      registerCommand('run.pause', {
        run: () => (current()?.phase === 'paused' ? runs().resume() : runs().pause()),
        enabled: () => current() !== undefined,
      }),
      registerCommand('run.stop', { run: () => runs().stop(), enabled: () => current() !== undefined }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [reason]);
}

/** Brings the dock forward: with the problems when asked, with the run when one starts or breaks off. */
function useReveal(view: RunView | null): void {
  useEffect(() => {
    const problems = () => {
      useSession.getState().show('design');
      useDock.getState().show('problems');
    };
    window.addEventListener(SHOW_PROBLEMS, problems);
    return () => window.removeEventListener(SHOW_PROBLEMS, problems);
  }, []);
  const moment =
    view && (view.phase === 'starting' || view.phase === 'failed') ? `${view.id} ${view.phase}` : null;
  useEffect(() => {
    if (moment) useDock.getState().show('run');
  }, [moment]);
}

/** Every finished epoch teaches how fast this machine is, for the estimate before the next run. */
function useSpeedLesson(view: RunView | null): void {
  const doc = useDocument();
  const epochs = view?.epochs.length ?? 0;
  useEffect(() => {
    if (view?.start && epochs > 0 && view.name === doc.name) {
      learnSpeed(view.start.device.name, analysisOf(doc).total.macs, speedOf(view));
    }
    // biome-ignore lint/correctness/useExhaustiveDependencies: once an epoch is often enough
  }, [epochs, view?.id]);
}
