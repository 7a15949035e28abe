import type { KeyboardEvent } from 'react';
import { Icon } from '../ui/Icon';
import { Segments } from '../ui/Segments';
import { HistoryList } from './HistoryList';
import { closePast, usePast } from './past-store';
import { VersionList } from './VersionList';
import './past-panel.css';

const PAGES = [
  { value: 'history', label: 'History' },
  { value: 'versions', label: 'Versions' },
] as const;

/** What was before: the steps of undo, and the versions kept with the file. Stands on the canvas, at its right. */
export function PastPanel() {
  const page = usePast((s) => s.page);
  if (page === null) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    closePast();
  };
  return (
    <section className="pp" aria-label={page === 'history' ? 'History' : 'Versions'} onKeyDown={onKeyDown}>
      <header className="pp-head">
        <Segments
          label="What was before"
          segments={PAGES}
          value={page}
          onChange={(next) => usePast.setState({ page: next })}
        />
        <button type="button" className="btn icon ghost" aria-label="Close" onClick={closePast}>
          <Icon name="close" size={13} />
        </button>
      </header>
      {page === 'history' ? <HistoryList /> : <VersionList />}
    </section>
  );
}
