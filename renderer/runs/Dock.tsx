import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import { useProblems } from '../app/store';
import { ProblemsList } from '../problems/ProblemsList';
import { NetTable } from '../table/NetTable';
import { Icon } from '../ui/Icon';
import {
  BAR_HEIGHT,
  DOCK_LEAST,
  type DockTab,
  dockMost,
  SLIM_HEIGHT,
  useDock,
  useDockHeight,
} from './dock-state';
import { formatCount } from './format';
import { LogFileButton, LogTab } from './LogTab';
import { RunProgress, stateText } from './RunProgress';
import { RunTab } from './RunTab';
import { useCurrentRun, useRuns } from './run-store';
import './runs.css';
import './dock.css';

/** What happens below the canvas: the run, the problems of the graph, the log. */
export function Dock() {
  const { open, tab } = useDock();
  const run = useCurrentRun();
  const slim = open && tab === 'run' && !run;
  const height = useDockHeight();
  const shown = slim ? SLIM_HEIGHT : open ? height : BAR_HEIGHT;
  useLayoutEffect(() => {
    // messages stand above it
    const { style } = document.documentElement;
    style.setProperty('--dock', `${shown}px`);
    return () => void style.removeProperty('--dock');
  }, [shown]);
  return (
    <section className="dock" aria-label="Runs and problems" style={{ height: shown }}>
      {!slim && <DragHandle />}
      <div className="dock-bar">
        <Tabs />
        <span className="dock-space" />
        {tab === 'log' && open ? <LogFileButton /> : run && <RunProgress view={run} />}
        <FoldButton />
      </div>
      {open && (
        <div className="dock-body" role="tabpanel" id="dock-panel" aria-labelledby={`dock-tab-${tab}`}>
          {tab === 'run' && <RunTab />}
          {tab === 'problems' && (
            <div className="dock-scroll">
              <ProblemsList />
            </div>
          )}
          {tab === 'table' && <NetTable />}
          {tab === 'log' && <LogTab />}
        </div>
      )}
    </section>
  );
}

function Tabs() {
  const { tab, show, open } = useDock();
  const run = useCurrentRun();
  const pending = useRuns((s) => s.pending);
  const problems = useProblems();
  const errors = problems.filter((p) => p.severity === 'error').length;
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]!;
    show(next);
    list.current?.querySelector<HTMLElement>(`#dock-tab-${next}`)?.focus();
  };
  const words = {
    run: run ? (
      <span>
        Run · <span data-testid="run-state">{stateText(run, pending)}</span>
      </span>
    ) : (
      'Run'
    ),
    problems: (
      <>
        Problems <Count of={problems.length} bad={errors > 0} />
      </>
    ),
    table: 'Table',
    log: 'Log',
  };
  return (
    <div className="dock-tabs" role="tablist" aria-label="Dock" ref={list} onKeyDown={onKeyDown}>
      {TABS.map((t) => (
        <button
          type="button"
          key={t}
          id={`dock-tab-${t}`}
          role="tab"
          data-testid={`dock-tab-${t}`}
          aria-selected={open && t === tab}
          aria-controls={open && t === tab ? 'dock-panel' : undefined}
          tabIndex={t === tab ? 0 : -1}
          onClick={() => show(t)}
        >
          {words[t]}
        </button>
      ))}
    </div>
  );
}
const TABS: readonly DockTab[] = ['run', 'problems', 'table', 'log'];

function Count({ of, bad }: { of: number; bad: boolean }) {
  return of === 0 ? null : <span className={bad ? 'dock-count bad' : 'dock-count'}>{formatCount(of)}</span>;
}

function FoldButton() {
  const { open, toggle } = useDock();
  return (
    <button
      type="button"
      className="btn icon ghost dock-fold"
      aria-expanded={open}
      aria-label={open ? 'Fold the dock' : 'Unfold the dock'}
      title={open ? 'Fold' : 'Unfold'}
      onClick={toggle}
    >
      <Icon name={open ? 'down' : 'up'} size={13} />
    </button>
  );
}

/** Drags, or arrow keys by 16 pixels, change the height; a double click brings the usual one back. */
function DragHandle() {
  const { open, resize, reset, toggle } = useDock();
  const height = useDockHeight();
  const from = useRef<{ y: number; height: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: 16, ArrowDown: -16 }[event.key];
    if (step) resize(height + step);
    else if (event.key === 'Enter') toggle();
    else return;
    event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    if (from.current) resize(from.current.height + from.current.y - event.clientY);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is moved and has a value, which hr cannot carry
    <div
      className="dock-handle"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the dock"
      aria-valuemin={DOCK_LEAST}
      aria-valuemax={dockMost()}
      aria-valuenow={open ? height : BAR_HEIGHT}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={reset}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        from.current = { y: e.clientY, height: open ? height : BAR_HEIGHT };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
    />
  );
}
