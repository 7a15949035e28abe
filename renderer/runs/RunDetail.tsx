import { worstMistakes } from '../../engine/analysis/class-report';
import type { GraphDocument } from '../../engine/graph/document';
import type { RunSummary } from '../../ipc/contract';
import { api } from '../app/bridge';
import { openDocument } from '../app/files';
import { attempt } from '../app/notices';

import { ClassTable } from './ClassTable';
import { FaultCard } from './FaultCard';
import { formatCount, formatDuration, formatPercent, formatWhen } from './format';
import { ChangeList, RunChanges } from './RunChanges';
import { RunCharts } from './RunCharts';
import { RunProgress } from './RunProgress';
import { RunSettings } from './RunSettings';
import { useRuns } from './run-store';
import { isActive, lastValidation, type RunView } from './run-view';
import { expectSpeed } from './speed';
import { TestResult } from './TestResult';
import { useRunDocument } from './use-run-document';

/** Everything that is kept of one run. */
export function RunDetail({ summary }: { summary: RunSummary }) {
  const view = useRuns((s) => s.views[summary.id]);
  const doc = useRunDocument(summary.id);
  return (
    <article className="runs-detail" aria-label={`Run ${summary.name}`}>
      <header className="runs-head">
        <div>
          <h2>{summary.name}</h2>
          <p className="quiet">
            {formatWhen(summary.started)}
            {view?.start && ` · ${view.start.device.name}`}
          </p>
        </div>
        <Actions summary={summary} view={view} doc={doc} />
      </header>
      {!view ? (
        <p className="quiet" role="status">
          Reading the run…
        </p>
      ) : (
        <Findings view={view} summary={summary} />
      )}
      <RunSettings summary={summary} training={doc?.training} started={view?.transfer ?? null} />
    </article>
  );
}

function Findings({ view, summary }: { view: RunView; summary: RunSummary }) {
  const has = view.steps.length > 0;
  return (
    <>
      {/* Its repairs are for the graph of the run, which need not be the one that is open. */}
      {view.fault && <FaultCard fault={{ ...view.fault, repairs: [] }} />}
      {!view.fault && summary.state === 'broken' && !isActive(view.phase) && (
        <p className="runs-broken">
          This run broke off: the app or the computer stopped before its end. Continue goes on from its newest
          checkpoint.
        </p>
      )}
      {isActive(view.phase) && <RunProgress view={view} />}
      <OwnChanges view={view} />
      <ChangeList view={view} />
      <Figures view={view} />
      {has ? (
        <div className="runs-curves">
          <RunCharts view={view} />
        </div>
      ) : (
        <p className="quiet">
          {summary.state === 'made'
            ? 'Weights of a net that was made wider or deeper: choose it under Start from.'
            : 'No step of this run was recorded.'}
        </p>
      )}
      {view.done?.test && (
        <div className="runs-test">
          <TestResult view={view} />
          <Mistakes view={view} />
        </div>
      )}
      {view.done?.test && <ClassTable done={view.done} />}
    </>
  );
}

/** Only the run of this window's engine can be changed from here. */
function OwnChanges({ view }: { view: RunView }) {
  const current = useRuns((s) => s.current);
  return current === view.id ? <RunChanges view={view} /> : null;
}

function Figures({ view }: { view: RunView }) {
  const validation = lastValidation(view);
  const best = Math.max(...view.epochs.flatMap((e) => (e.validation ? [e.validation.accuracy] : [])));
  const params = view.start?.params;
  const rows: [string, string][] = [
    ['Validation accuracy', validation ? formatPercent(validation.accuracy) : '–'],
    ['Best validation', Number.isFinite(best) ? formatPercent(best) : '–'],
    ['Parameters', params ? formatCount(params.trainable + params.nonTrainable) : '–'],
    ['Steps', view.last ? formatCount(view.last.step) : '–'],
    ['Time', view.done ? formatDuration(view.done.seconds) : '–'],
  ];
  return (
    <dl className="runs-figures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Mistakes({ view: { done } }: { view: RunView }) {
  const worst = worstMistakes(done?.confusion ?? [], 6);
  if (!done || worst.length === 0) return null;
  const name = (i: number) => done.classNames[i] ?? String(i);
  return (
    <section className="mistakes" aria-label="Most frequent mistakes">
      <h3>Most frequent mistakes</h3>
      <ol>
        {worst.map((m) => (
          <li key={`${m.truth} ${m.predicted}`}>
            <span>
              <b>{name(m.truth)}</b> taken for <b>{name(m.predicted)}</b>
            </span>
            <i style={{ width: `${(m.count / worst[0]!.count) * 100}%` }} aria-hidden="true" />
            <span className="mistakes-count">{formatCount(m.count)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface ActionsProps {
  readonly summary: RunSummary;
  readonly view: RunView | undefined;
  readonly doc: GraphDocument | undefined;
}
function Actions({ summary, view, doc }: ActionsProps) {
  const { continueRun } = useRuns.getState();
  const busy = useRuns(
    (s) => s.pending !== null || (s.current !== null && isActive(s.views[s.current]?.phase ?? 'done')),
  );
  const active = view ? isActive(view.phase) : summary.state === 'running';
  const resumable =
    summary.state !== 'made' &&
    !active &&
    (view?.phase === 'stopped' || view?.phase === 'failed' || summary.state === 'broken');
  const open = () => {
    if (doc) void openDocument(doc, null, { unsaved: true });
  };
  return (
    <div className="runs-acts">
      {resumable && (
        <button
          type="button"
          className="btn accent"
          data-testid="run-continue"
          disabled={busy}
          title={busy ? 'Another run is under way' : 'Go on from the newest checkpoint'}
          onClick={() => {
            expectSpeed(null);
            void continueRun(summary.id);
          }}
        >
          Continue
        </button>
      )}
      <button type="button" className="btn" disabled={!doc} onClick={open}>
        Open its graph
      </button>
      <button
        type="button"
        className="btn"
        onClick={() => void attempt('Showing the folder', () => api.call['run.reveal'](summary.id))}
      >
        Show in folder
      </button>
    </div>
  );
}
