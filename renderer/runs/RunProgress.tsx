import { formatCount, formatDuration, formatSpeed } from './format';
import { type Pending, useRuns } from './run-store';
import { isActive, progressOf, type RunView } from './run-view';
import { speedOf } from './speed';

/** `training`, or what the user asked for and the engine has not yet done. */
export function stateText(view: RunView, pending: Pending | null): string {
  if (isActive(view.phase)) {
    if (pending === 'pause') return 'pausing…';
    if (pending === 'resume') return 'resuming…';
    if (pending === 'stop') return 'stopping…';
  }
  return view.phase;
}

/** How far the run is and how long it takes yet, in one line. */
export function RunProgress({ view }: { view: RunView }) {
  const pending = useRuns((s) => s.pending);
  const progress = progressOf(view);
  const percent = Math.round(progress * 100);
  return (
    <div className="progress" data-testid="run-progress">
      <div
        className={`progress-bar ${view.phase}`}
        role="progressbar"
        aria-label={`Run ${view.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} %, ${stateText(view, pending)}`}
      >
        <b style={{ transform: `scaleX(${progress})` }} />
      </div>
      <span className="progress-line">
        {isActive(view.phase) ? <ActiveLine view={view} /> : <EndLine view={view} />}
      </span>
    </div>
  );
}

function ActiveLine({ view }: { view: RunView }) {
  const { start, last, phase } = view;
  if (!start) return 'reading the data…';
  if (!last) return `${formatCount(start.epochs)} epochs of ${formatCount(start.stepsPerEpoch)} steps`;
  if (phase === 'testing') return 'testing on pictures it has never seen…';
  const speed = view.phase === 'training' ? last.imagesPerSecond : speedOf(view);
  return (
    <>
      epoch {formatCount(last.epoch)} of {formatCount(start.epochs)}
      <span className="wide"> · step {formatCount(last.step)}</span>
      <span className="wider"> · {formatSpeed(speed)}</span>
      {phase === 'paused' ? (
        ' · paused'
      ) : (
        <>
          {' '}
          · <b>{formatDuration(last.secondsLeft)}</b> left
        </>
      )}
    </>
  );
}

function EndLine({ view: { done, last, start, phase } }: { view: RunView }) {
  if (done) {
    const end = done.stopped ? 'stopped' : 'done';
    return `${end} at step ${formatCount(done.step)} after ${formatDuration(done.seconds)}`;
  }
  if (phase === 'failed' && last && start)
    return `broke off in epoch ${last.epoch} of ${start.epochs}, step ${formatCount(last.step)}`;
  return phase === 'failed' ? 'broke off before its first step' : '';
}
