import type { Queue } from '../../ipc/contract';
import { Icon } from '../ui/Icon';
import { formatCount } from './format';
import { useJobs } from './job-store';

/** What waits for its turn: moved, taken out, paused. */
export function QueueList() {
  const { paused, entries } = useJobs((s) => s.queue);
  if (entries.length === 0) return null;
  const { pause } = useJobs.getState();
  return (
    <section className="queue" aria-label="Queue" data-testid="queue">
      <h2>
        Queue <small>{formatCount(entries.length)}</small>
        <button type="button" className="btn small" aria-pressed={paused} onClick={() => void pause(!paused)}>
          {paused ? 'Go on' : 'Pause'}
        </button>
      </h2>
      {paused && <p className="queue-note">Paused: nothing that waits begins.</p>}
      <ol>
        {entries.map((entry, i) => (
          <Entry key={entry.job.id} entry={entry} place={i} last={i === entries.length - 1} />
        ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly entry: Queue['entries'][number];
  readonly place: number;
  readonly last: boolean;
}
function Entry({ entry: { job, state, fault }, place, last }: EntryProps) {
  const { move, remove } = useJobs.getState();
  const seeds = job.runs.length === 1 ? `seed ${job.runs[0]!.seed}` : `${job.runs.length} seeds`;
  const begun = job.runs.some((r) => r.run !== null);
  const word = { running: 'under way', waiting: begun ? 'goes on' : 'waits', failed: 'broke off' }[state];
  return (
    <li className={`queue-entry ${state}`} data-testid="queue-entry">
      <span className="queue-text">
        <b>{job.name}</b>
        <span>
          {word} · {seeds} · {formatCount(job.epochs)} epochs
        </span>
        {fault && <span className="queue-fault">{`${fault.what} ${fault.remedy}`}</span>}
      </span>
      {state !== 'running' && (
        <span className="queue-acts">
          <button
            type="button"
            className="btn icon ghost"
            aria-label={`Move ${job.name} up`}
            disabled={place === 0}
            onClick={() => void move(job.id, place - 1)}
          >
            <Icon name="up" size={12} />
          </button>
          <button
            type="button"
            className="btn icon ghost"
            aria-label={`Move ${job.name} down`}
            disabled={last}
            onClick={() => void move(job.id, place + 1)}
          >
            <Icon name="down" size={12} />
          </button>
          <button
            type="button"
            className="btn icon ghost"
            aria-label={`Take ${job.name} out of the queue`}
            onClick={() => void remove(job.id)}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      )}
    </li>
  );
}
