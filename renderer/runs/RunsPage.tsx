import { useEffect } from 'react';
import { Icon } from '../ui/Icon';
import { useDataSets } from './data-store';
import { FaultCard } from './FaultCard';
import { JobDetail } from './JobDetail';
import { useJobs } from './job-store';
import { RunDetail } from './RunDetail';
import { RunList } from './RunList';
import { useRuns } from './run-store';
import './runs.css';
import './runs-page.css';

/** The Runs workspace: every run of this machine, and all that is kept of the chosen one. */
export function RunsPage() {
  const list = useRuns((s) => s.list);
  const listing = useRuns((s) => s.listing);
  const selected = useChoice();
  const summary = list.find((r) => r.id === selected);
  const job = useJobs((s) => s.jobs.find((j) => j.id === s.selected));
  const waiting = useJobs((s) => s.queue.entries.length > 0);

  if (typeof listing === 'object') {
    return (
      <div className="runs-none">
        <FaultCard fault={listing}>
          <button type="button" className="btn small" onClick={() => void useRuns.getState().refresh()}>
            Try again
          </button>
        </FaultCard>
      </div>
    );
  }
  if (list.length === 0 && !waiting) return <NoRuns loading={listing === 'loading'} />;
  return (
    <div className="runs">
      <RunList list={list} selected={job ? null : selected} />
      {job ? (
        <JobDetail job={job} />
      ) : summary ? (
        <RunDetail summary={summary} />
      ) : (
        <div className="runs-detail" />
      )}
    </div>
  );
}

/** The run that was chosen; else the one under way, else the newest. */
function useChoice(): string | null {
  const selected = useRuns((s) => s.selected);
  const fallback = useRuns((s) => (s.list.find((r) => r.id === s.current) ?? s.list[0])?.id ?? null);
  useEffect(() => {
    void useRuns.getState().refresh();
    void useDataSets.getState().refresh();
    void useJobs.getState().refresh();
  }, []);
  useEffect(() => {
    if (selected === null && fallback !== null) void useRuns.getState().select(fallback);
  }, [selected, fallback]);
  return selected ?? fallback;
}

function NoRuns({ loading }: { loading: boolean }) {
  if (loading)
    return (
      <div className="runs-none" role="status">
        Reading the runs…
      </div>
    );
  return (
    <div className="runs-none">
      <span className="runs-none-sign">
        <Icon name="play" size={22} />
      </span>
      <h2>No runs yet</h2>
      <p>
        Press <b>Run</b> to train the net in Design. Every run is kept here with its graph, its curves, its
        weights and all that is needed to repeat it.
      </p>
    </div>
  );
}
