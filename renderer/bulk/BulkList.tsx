import { type KeyboardEvent, useEffect, useRef } from 'react';
import { transforms } from '../../engine/analysis/transforms/table';
import { useDocument } from '../app/store';
import { formatCount } from '../ui/format';
import { chooseBulk, type Draft, foundIn } from './bulk-store';

/** Every change that has something to do here, with the number of places; the others below by name. */
export function BulkList({ draft }: { readonly draft: Draft }) {
  const doc = useDocument();
  const list = useRef<HTMLUListElement>(null);
  const found = foundIn(doc, draft.scope);
  const idle = transforms.filter((t) => !found.some((f) => f.transform === t));
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <div className="bulk-body">
      {found.length === 0 && (
        <p className="bulk-none">There is nothing here that one of these would change.</p>
      )}
      <ul ref={list} className="bulk-list" onKeyDown={byArrows}>
        {found.map(({ transform, places }) => (
          <li key={transform.id}>
            <button
              type="button"
              data-testid={`bulk-${transform.id}`}
              onClick={() => chooseBulk(transform.id)}
            >
              <b>{transform.title}</b>
              <span className="bulk-count">
                {formatCount(places.length)} {places.length === 1 ? 'place' : 'places'}
              </span>
              <small>{transform.help}</small>
            </button>
          </li>
        ))}
      </ul>
      {idle.length > 0 && (
        <details className="bulk-idle">
          <summary>{formatCount(idle.length)} more find nothing to do here</summary>
          <ul>
            {idle.map((t) => (
              <li key={t.id}>{t.title}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Up and down go from row to row. */
function byArrows(event: KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}
