import { spreadOfRuns } from '../../engine/analysis/spread';
import type { Job } from '../../ipc/contract';
import { formatCount, formatPercent, formatWhen } from './format';
import { useJobs } from './job-store';

/** Jobs of several seeds, above the runs that they are made of. */
export function JobList() {
  const all = useJobs((s) => s.jobs);
  const selected = useJobs((s) => s.selected);
  const jobs = all.filter((j) => j.runs.length > 1 && j.runs.some((r) => r.run !== null));
  if (jobs.length === 0) return null;
  return (
    <section className="jobs" aria-label="Jobs">
      <h2>
        Jobs <small>{formatCount(jobs.length)}</small>
      </h2>
      <ul>
        {jobs.map((job) => (
          <li key={job.id}>
            <button
              type="button"
              className="runs-row"
              data-testid="job-row"
              aria-current={job.id === selected}
              onClick={() => useJobs.getState().select(job.id)}
            >
              <JobRow job={job} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const { accuracy } = spreadOfRuns(job.runs);
  const ended = job.runs.filter((r) => r.result || r.fault).length;
  return (
    <>
      <span className="runs-row-top">
        <i className={`runs-dot ${ended === job.runs.length ? 'done' : 'stopped'}`} aria-hidden="true" />
        <b>{job.name}</b>
        <span className="runs-row-score">{accuracy ? formatPercent(accuracy.mean) : '–'}</span>
      </span>
      <span className="runs-row-more">
        {ended} of {job.runs.length} seeds
        <span className="runs-row-end">
          {accuracy?.deviation != null && `± ${(accuracy.deviation * 100).toFixed(2)}`}
        </span>
      </span>
      <span className="runs-row-more">{formatWhen(job.created)}</span>
    </>
  );
}
