import { useEffect, useMemo, useState } from 'react';
import { useProblems } from '../app/store';
import { Icon } from '../ui/Icon';
import { DeviceChip } from './DeviceChip';
import { useJobRunning, useJobs } from './job-store';
import { RunTrouble } from './RunTrouble';
import { queueNow, startNow, useReveal, useRunCommands, useSpeedLesson } from './run-effects';
import { useCurrentRun, useRuns } from './run-store';
import { isActive, type Phase } from './run-view';
import { useSeeds } from './seeds';
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
  useEffect(() => useJobs.getState().connect(), []);
  const jobRunning = useJobRunning();
  useSpeedLesson(view);
  useRunCommands(reason);
  useReveal(view);

  const active = view !== null && isActive(view.phase);
  return (
    <div className="run-controls">
      <DeviceChip engine={engine} onAsk={() => setAsked(!asked)} />
      {active || jobRunning ? (
        <>
          <QueueButton reason={reason} />
          {/* between two runs of a job there is nothing to pause */}
          <ActiveButtons phase={active ? view.phase : 'starting'} />
        </>
      ) : (
        <RunButton reason={reason} starting={pending === 'start'} />
      )}
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
  const seeds = useSeeds((s) => s.count);
  const why = reason === null ? undefined : `Cannot run yet: ${reason} Click to see the problems.`;
  const usual = seeds > 1 ? `Train this net with ${seeds} seeds, one after the other` : 'Train this net';
  return (
    <button
      type="button"
      className="btn accent run-start"
      data-testid="run-start"
      aria-disabled={starting || undefined}
      data-blocked={reason !== null || undefined}
      aria-description={why}
      title={why ?? `${usual} (Ctrl Enter)`}
      onClick={() => !starting && startNow(reason)}
    >
      <Icon name="play" size={12} />
      {starting ? 'Starting…' : seeds > 1 ? `Run ×${seeds}` : 'Run'}
    </button>
  );
}

/** While one net trains, the open one can be put behind it. */
function QueueButton({ reason }: { reason: string | null }) {
  const waiting = useJobs((s) => s.queue.entries.filter((e) => e.state === 'waiting').length);
  const why = reason === null ? undefined : `Cannot run yet: ${reason} Click to see the problems.`;
  return (
    <button
      type="button"
      className="btn run-queue"
      data-testid="run-queue"
      aria-label={waiting > 0 ? `Queue, ${waiting} waiting` : 'Queue'}
      aria-description={why}
      title={why ?? 'Train this net when all before it has ended (Ctrl Shift Enter)'}
      onClick={() => queueNow(reason)}
    >
      <Icon name="plus" size={12} />
      <span className="run-queue-word">Queue</span>
      {waiting > 0 && <span className="run-waiting">{waiting}</span>}
    </button>
  );
}

function ActiveButtons({ phase }: { phase: Phase }) {
  const pending = useRuns((s) => s.pending);
  // What was asked counts at once; the engine confirms it at its next step.
  const paused = pending === 'pause' || (phase === 'paused' && pending !== 'resume');
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
          disabled={waits || phase === 'testing' || phase === 'starting'}
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
