import { type KeyboardEvent, useRef } from 'react';
import type { RunSummary } from '../../ipc/contract';
import { formatShort } from '../ui/format';
import { useDataSets } from './data-store';
import { formatCount, formatPercent, formatWhen } from './format';
import { JobList } from './JobList';
import { jobOf, useJobs } from './job-store';
import { QueueList } from './QueueList';
import { useRuns } from './run-store';
import './jobs.css';
import { isActive } from './run-view';

const WORDS: Readonly<Record<RunSummary['state'], string>> = {
  running: 'running',
  done: 'done',
  stopped: 'stopped',
  made: 'made from a run',
  broken: 'broke off',
};

interface RunListProps {
  readonly list: readonly RunSummary[];
  readonly selected: string | null;
}

export function RunList({ list, selected }: RunListProps) {
  const box = useRef<HTMLUListElement>(null);
  const choose = (id: string) => {
    useJobs.getState().select(null);
    void useRuns.getState().select(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && list[list.findIndex((r) => r.id === selected) + step];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
    box.current?.querySelectorAll<HTMLElement>('button')[list.indexOf(next)]?.focus();
  };
  return (
    <nav className="runs-list" aria-label="Runs">
      <QueueList />
      <JobList />
      <h2>
        Runs <small>{formatCount(list.length)}</small>
      </h2>
      <ul ref={box} onKeyDown={onKeyDown}>
        {list.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              className="runs-row"
              aria-current={run.id === selected}
              tabIndex={run.id === selected || (selected === null && run === list[0]) ? 0 : -1}
              onClick={() => choose(run.id)}
            >
              <RunRow run={run} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const data = useDataSets((s) => s.list.find((e) => e.id === run.data)?.title ?? run.data);
  // A live run is further than the list, which was read when it began.
  const live = useRuns((s) => s.views[run.id]);
  const jobs = useJobs((s) => s.jobs);
  const seed = jobOf(jobs, run.id)?.seed;
  const active = live ? isActive(live.phase) : run.state === 'running';
  const state = live?.fault
    ? 'broke off'
    : active
      ? (live?.phase ?? 'running')
      : WORDS[run.state === 'running' ? 'done' : run.state];
  const test = live?.done?.test ?? run.test;
  const tone = active ? 'running' : live?.fault || run.state === 'broken' ? 'broken' : run.state;
  return (
    <>
      <span className="runs-row-top">
        <i className={`runs-dot ${tone}`} aria-hidden="true" />
        <b title={run.name}>{run.name}</b>
        <span className="runs-row-score">{test ? formatPercent(test.accuracy) : '–'}</span>
      </span>
      <span className="runs-row-more">
        {state}
        {seed !== undefined && ` · seed ${seed}`} · epoch {live?.epochs.length || run.epochsDone} of{' '}
        {run.epochs}
        <span className="runs-row-end">
          {run.params !== null && (
            <>
              {formatShort(run.params)}
              <span className="runs-word"> params</span>
            </>
          )}
        </span>
      </span>
      <span className="runs-row-more">
        {formatWhen(run.started)}
        <span className="runs-row-end">{data}</span>
      </span>
    </>
  );
}
