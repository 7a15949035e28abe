import { useEffect, useMemo } from 'react';
import { type Spread, spreadOfRuns } from '../../engine/analysis/spread';
import type { Job, JobRun } from '../../ipc/contract';
import { BandChart } from '../charts/BandChart';
import { bandData } from '../charts/band';
import { accuracyRange, focusSpan, lossRange } from '../charts/series';
import type { Curve } from '../charts/steps';
import { formatCount, formatDuration, formatLoss, formatPercent, formatWhen } from './format';
import { useJobs } from './job-store';
import { lossTick, marksOf, percentTick } from './RunCharts';
import { useRuns } from './run-store';
import type { RunView } from './run-view';
import './jobs.css';

/** What came of one net with several seeds. */
export function JobDetail({ job }: { readonly job: Job }) {
  const views = useViews(job);
  return (
    <article className="runs-detail" aria-label={`Job ${job.name}`} data-testid="job-detail">
      <header className="runs-head">
        <div>
          <h2>{job.name}</h2>
          <p className="quiet">
            {job.runs.length} seeds · {formatCount(job.epochs)} epochs each · {formatWhen(job.created)}
          </p>
        </div>
        <ContinueButton job={job} />
      </header>
      <Summary job={job} />
      {views.length > 0 && (
        <div className="runs-curves">
          <Curves views={views} />
        </div>
      )}
      <RunTable job={job} />
    </article>
  );
}

function ContinueButton({ job }: { readonly job: Job }) {
  const queued = useJobs((s) => s.queue.entries.find((e) => e.job.id === job.id));
  if (job.runs.every((r) => r.result || r.fault)) return null;
  if (queued && queued.state !== 'failed')
    return <span className="quiet">{queued.state === 'running' ? 'under way' : 'in the queue'}</span>;
  return (
    <button
      type="button"
      className="btn accent"
      title="Go on where it stopped"
      onClick={() => void useJobs.getState().continueJob(job.id)}
    >
      Continue
    </button>
  );
}

/** The runs of the job that have begun, read from their folders where they were not live here. */
function useViews(job: Job): RunView[] {
  const all = useRuns((s) => s.views);
  const ids = job.runs.flatMap((r) => (r.run ? [r.run] : []));
  const key = ids.join(' ');
  useEffect(() => {
    for (const id of key.split(' ')) if (id) void useRuns.getState().load(id);
  }, [key]);
  return ids.flatMap((id) => (all[id] ? [all[id]] : []));
}

function Curves({ views }: { readonly views: readonly RunView[] }) {
  const loss = useBand(views, 'loss');
  const accuracy = useBand(views, 'accuracy');
  const epochs = Math.max(1, ...views.map((v) => v.start?.epochs ?? 1));
  // lines come with the runs: a plot is made for so many
  const key = views.length;
  return (
    <>
      <BandChart
        key={`loss ${key}`}
        {...{ title: 'Loss', testId: 'band-loss', data: loss.data, epochs }}
        {...{ format: formatLoss, tick: lossTick }}
        range={lossRange(loss.span)}
      />
      <BandChart
        key={`accuracy ${key}`}
        {...{ title: 'Accuracy', testId: 'band-accuracy', data: accuracy.data, epochs }}
        {...{ format: formatPercent, tick: percentTick }}
        range={accuracyRange(accuracy.span)}
      />
    </>
  );
}

function useBand(views: readonly RunView[], curve: Curve) {
  const revision = views.map((v) => v.revision).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: steps grow in place; the revision tells
  return useMemo(() => {
    const stepsPerEpoch = Math.max(1, ...views.map((v) => v.start?.stepsPerEpoch ?? 1));
    const runs = views.map((v) => ({ steps: v.steps, marks: marksOf(v, curve) }));
    const data = bandData(runs, curve, stepsPerEpoch);
    const { x, train, validation } = data;
    const all = focusSpan([x, train.mean, train.high, validation.high]);
    const low = focusSpan([x, train.mean, train.low, validation.low]);
    return { data, span: all && low && ([Math.min(all[0], low[0]), all[1]] as [number, number]) };
  }, [revision, curve]);
}

type Row = readonly [name: string, spread: Spread | null, text: (v: number) => string];

function Summary({ job }: { readonly job: Job }) {
  const { accuracy, loss, seconds } = spreadOfRuns(job.runs);
  const rows: readonly Row[] = [
    ['Test accuracy', accuracy, (v) => `${(v * 100).toFixed(2)} %`],
    ['Test loss', loss, (v) => v.toFixed(4)],
    ['Time', seconds, formatDuration],
  ];
  return (
    <table className="job-table" data-testid="job-summary" data-selectable>
      <caption>What the seeds have in common</caption>
      <thead>
        <tr>
          <td />
          {['Mean', 'Deviation', 'Min', 'Max'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, s, text]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="job-mean">{s ? text(s.mean) : '–'}</td>
            <td>{s?.deviation == null ? '–' : text(s.deviation)}</td>
            <td>{s ? text(s.min) : '–'}</td>
            <td>{s ? text(s.max) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RunTable({ job }: { readonly job: Job }) {
  return (
    <table className="job-table" data-selectable>
      <caption>Runs</caption>
      <thead>
        <tr>
          {['Seed', 'Test accuracy', 'Loss', 'Time', 'Run'].map((title) => (
            <th key={title} scope="col" className={title === 'Run' ? 'job-run' : ''}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {job.runs.map((run) => (
          <RunRow key={run.seed} run={run} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run: { seed, run, result, fault } }: { readonly run: JobRun }) {
  const open = () => {
    useJobs.getState().select(null);
    if (run) void useRuns.getState().select(run);
  };
  return (
    <tr>
      <th scope="row">{seed}</th>
      <td>{result?.test ? `${(result.test.accuracy * 100).toFixed(2)} %` : '–'}</td>
      <td>{result?.test ? result.test.loss.toFixed(4) : '–'}</td>
      <td>{result ? formatDuration(result.seconds) : '–'}</td>
      <td className="job-run">
        {run ? (
          <button type="button" className="link" onClick={open}>
            {run}
          </button>
        ) : (
          'not begun'
        )}
        {fault && <span className="queue-fault">{fault.what}</span>}
      </td>
    </tr>
  );
}
