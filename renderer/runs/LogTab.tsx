import { useEffect, useRef } from 'react';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';
import { useRuns } from './run-store';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** Pixels from the end within which new lines keep the log at its end. */
const NEAR = 40;

/** What happened, newest last. */
export function LogTab() {
  const log = useRuns((s) => s.log);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end
  useEffect(() => {
    if (atEnd.current) box.current?.scrollTo?.({ top: box.current.scrollHeight });
  }, [log]);
  return (
    <div
      className="log"
      ref={box}
      role="log"
      aria-label="Log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      data-selectable
      onScroll={({ currentTarget: b }) => {
        atEnd.current = b.scrollHeight - b.scrollTop - b.clientHeight < NEAR;
      }}
    >
      {log.length === 0 && (
        <p className="log-none">Nothing yet: what runs and the engine tell stands here.</p>
      )}
      {log.map((line) => (
        <p key={line.id} className={`log-line ${line.tone}`}>
          <time>{clock.format(line.time)}</time>
          <span>{line.text}</span>
        </p>
      ))}
    </div>
  );
}

export function LogFileButton() {
  return (
    <button
      type="button"
      className="btn small ghost"
      onClick={() => void attempt('Showing the log', () => api.call['app.log']())}
    >
      Show log file
    </button>
  );
}
