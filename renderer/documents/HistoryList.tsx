import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { type Moment, momentsOf } from '../../engine/graph/history';
import { useEditor } from '../app/store';
import { whatChanged } from './step-words';
import { Thumb, useSeen } from './Thumb';

/** Every step that Undo and Redo know, from the oldest down. A click or an arrow key goes there; it is no new step. */
export function HistoryList() {
  const history = useEditor((s) => s.history);
  const jump = useEditor((s) => s.jump);
  const list = useRef<HTMLOListElement>(null);
  const moments = useMemo(() => momentsOf(history), [history]);
  const now = history.past.length;
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-at="${now}"]`);
    row?.scrollIntoView?.({ block: 'nearest' });
    // while the list has the focus it goes along; typing in a field is not disturbed
    if (list.current?.contains(document.activeElement)) row?.focus({ preventScroll: true });
  }, [now]);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: moments.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    jump(to);
  };
  return (
    <>
      <ol ref={list} className="pp-list" onKeyDown={onKeyDown}>
        {moments.map((moment) => (
          <li key={moment.at}>
            <Step
              moment={moment}
              before={moments[moment.at - 1]?.doc}
              now={now}
              onGo={() => jump(moment.at)}
            />
          </li>
        ))}
      </ol>
      {moments.length === 1 && <p className="pp-note">Nothing was changed since the graph was opened.</p>}
    </>
  );
}

interface StepProps {
  readonly moment: Moment;
  readonly before: GraphDocument | undefined;
  readonly now: number;
  onGo(): void;
}

function Step({ moment: { at, doc, label }, before, now, onGo }: StepProps) {
  const [box, seen] = useSeen();
  const words = useMemo(() => (seen && before ? whatChanged(before, doc) : ''), [seen, before, doc]);
  return (
    <button
      type="button"
      className={at > now ? 'pp-step undone' : 'pp-step'}
      data-at={at}
      aria-current={at === now ? 'step' : undefined}
      tabIndex={at === now ? 0 : -1}
      onClick={onGo}
    >
      <Thumb doc={doc} before={before} />
      <span ref={box} className="pp-words">
        <b>{label ?? 'opened'}</b>
        <small>{words}</small>
      </span>
      {at === now && <span className="pp-now">now</span>}
    </button>
  );
}
