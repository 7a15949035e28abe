import { useEffect } from 'react';
import { findTransform } from '../../engine/analysis/transforms/table';
import { useEditor } from '../app/store';
import { Icon } from '../ui/Icon';
import { BulkList } from './BulkList';
import { BulkPreview } from './BulkPreview';
import { chooseBulk, closeBulk, type Draft, setBulk } from './bulk-store';
import './bulk.css';

/** In place of the inspector: changes of many nodes, each shown on the canvas before it is done. */
export function BulkPanel({ draft }: { readonly draft: Draft }) {
  const transform = draft.id === null ? undefined : findTransform(draft.id);
  useEscape();
  useOwnDocument(draft.of);
  return (
    <section className="bulk" aria-label="Change many nodes">
      <header className="bulk-head">
        {transform && (
          <button
            type="button"
            className="btn icon ghost"
            aria-label="Back to the list of changes"
            onClick={() => chooseBulk(null)}
          >
            <span className="bulk-back">
              <Icon name="chevron" />
            </span>
          </button>
        )}
        <h2>{transform?.title ?? 'Change many nodes'}</h2>
        <button
          type="button"
          className="btn icon ghost"
          aria-label="Close"
          title="Close (Esc)"
          onClick={closeBulk}
        >
          <Icon name="close" />
        </button>
      </header>
      {draft.scope.length > 0 && <Scope count={draft.scope.length} />}
      {transform ? (
        <BulkPreview key={transform.id} draft={draft} transform={transform} />
      ) : (
        <BulkList draft={draft} />
      )}
    </section>
  );
}

function Scope({ count }: { readonly count: number }) {
  return (
    <p className="bulk-scope">
      In the {count === 1 ? 'selected node' : `${count} selected nodes`} only
      <button
        type="button"
        className="btn small ghost"
        onClick={() => setBulk({ scope: [], leave: new Set() })}
      >
        Whole net
      </button>
    </p>
  );
}

/** Leaves all as it was, unless something that lies above takes the key first. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[data-modal], [role="alertdialog"]')) return;
      closeBulk();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function useOwnDocument(of: string): void {
  const key = useEditor((s) => s.key);
  useEffect(() => {
    if (key !== of) closeBulk();
  }, [key, of]);
}
