import { useEffect, useMemo, useState } from 'react';
import { useProblems } from '../app/store';
import { Icon } from '../ui/Icon';
import { DeviceChip } from './DeviceChip';
import { RunTrouble } from './RunTrouble';
import { startNow, useReveal, useRunCommands, useSpeedLesson } from './run-effects';
import { useCurrentRun, useRuns } from './run-store';
import { isActive, type RunView } from './run-view';
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
      <RunTrouble asked={asked} close={() => setAsked(false)} />
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
