import { Icon } from '../ui/Icon';
import { discard, restore, restoreAll } from './files';
import { useSession } from './session';
import './recovery.css';

/** Unsaved work that an earlier session left behind, each with the choice to go on with it. */
export function RecoveryBanner() {
  const recovered = useSession((s) => s.recovered);
  if (recovered.length === 0) return null;
  return (
    <section className="rc" aria-label="Unsaved work" role="status">
      {recovered.map(({ key, name, saved, path }) => (
        <div key={key} className="rc-row">
          <Icon name="restore" size={15} />
          <p>
            Unsaved work from {formatTime(saved)} was found: <b title={path ?? undefined}>{name}</b>
          </p>
          <button type="button" className="btn small accent" onClick={() => void restore(key)}>
            Restore
          </button>
          <button type="button" className="btn small" onClick={() => void discard(key)}>
            Discard
          </button>
        </div>
      ))}
      {recovered.length > 1 && (
        <div className="rc-row">
          <p />
          <button type="button" className="btn small accent" onClick={() => void restoreAll()}>
            Restore all {recovered.length}
          </button>
        </div>
      )}
    </section>
  );
}

/** `14:32` today, else with the day; what is no date stands as it is. */
function formatTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, { ...(today ? {} : { dateStyle: 'medium' }), timeStyle: 'short' });
}
