import { type KeyboardEvent, useEffect, useRef } from 'react';
import { formatShape } from '../../engine/ir/shape';
import { focusNode } from '../app/focus';
import { useAnalysis } from '../app/store';
import { Glyph } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import { useFind } from './find-store';
import { useFindCommands } from './use-find-commands';
import { useHits } from './use-hits';
import './find.css';

interface FindBarProps {
  /** Gives the focus back to the canvas. */
  focus(): void;
}

/** Finds nodes by name, kind, parameter, shape, cost or problem; Enter goes from hit to hit. */
export function FindBar({ focus }: FindBarProps) {
  const open = useFind((s) => s.open);
  return open ? <Bar focus={focus} /> : null;
}

function Bar({ focus }: FindBarProps) {
  const hits = useHits();
  const { text, at, set } = useFind();
  const { go, selectAll } = useFindCommands(hits);
  const field = useField();
  const close = () => {
    useFind.getState().close();
    focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.altKey) selectAll();
    else if (event.key === 'Enter' || event.key === 'F3') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') go(event.key === 'ArrowUp' ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const index = at === null ? -1 : hits.indexOf(at);
  return (
    <search className="fb" aria-label="Find in the net" data-testid="find-bar">
      <div className="fb-line">
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          value={text}
          placeholder="conv, stride 2, > 1M params, problem"
          aria-label="Find in the net"
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => set({ text: e.target.value, at: null })}
          onKeyDown={onKeyDown}
        />
        <output className="fb-count" data-testid="find-count">
          {text.trim() === '' ? '' : countWords(hits.length, index)}
        </output>
        <Step label="Previous hit" icon="up" hits={hits} go={() => go(-1)} />
        <Step label="Next hit" icon="down" hits={hits} go={() => go(1)} />
        <button type="button" className="btn icon ghost" aria-label="Close the find bar" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {text.trim() === '' ? <Examples try={(words) => set({ text: words, at: null })} /> : null}
      {hits.length > 0 && <HitList hits={hits} at={at} selectAll={selectAll} />}
      {text.trim() !== '' && hits.length === 0 && (
        <p className="fb-none">
          No node is so. Words stand for names, kinds and shapes; “kernel &gt; 3” asks.
        </p>
      )}
    </search>
  );
}

const countWords = (count: number, index: number): string =>
  count === 0 ? 'none' : index < 0 ? String(count) : `${index + 1} of ${count}`;

/** Takes the focus each time that it is asked for, with its text marked. */
function useField() {
  const field = useRef<HTMLInputElement>(null);
  const asked = useFind((s) => s.asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is the reason to mark it again
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  return field;
}

interface StepProps {
  readonly label: string;
  readonly icon: 'up' | 'down';
  readonly hits: readonly string[];
  go(): void;
}
function Step({ label, icon, hits, go }: StepProps) {
  return (
    <button
      type="button"
      className="btn icon ghost"
      aria-label={label}
      title={label}
      disabled={hits.length === 0}
      onClick={go}
    >
      <Icon name={icon} />
    </button>
  );
}

const EXAMPLES = ['stride 2', 'kernel > 3', '> 100k params', 'shape 7x7', 'conv -> relu', 'problem'];

function Examples({ try: tryOut }: { try(words: string): void }) {
  return (
    <p className="fb-examples">
      {EXAMPLES.map((words) => (
        <button key={words} type="button" onClick={() => tryOut(words)}>
          {words}
        </button>
      ))}
    </p>
  );
}

/** Rows that are drawn: a net has thousands of nodes, and nobody reads so many. */
const MOST_ROWS = 200;

interface HitListProps {
  readonly hits: readonly string[];
  readonly at: string | null;
  selectAll(): void;
}
function HitList({ hits, at, selectAll }: HitListProps) {
  const { nodes } = useAnalysis();
  const row = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another hit is the reason to scroll
  useEffect(() => row.current?.scrollIntoView?.({ block: 'nearest' }), [at]);
  return (
    <>
      <ul className="fb-list" aria-label="Hits">
        {hits.slice(0, MOST_ROWS).map((path) => {
          const { instance, output } = nodes.get(path) ?? {};
          if (!instance) return null;
          return (
            <li key={path}>
              <button
                ref={path === at ? row : null}
                type="button"
                className={`fb-row${path === at ? ' on' : ''}`}
                aria-current={path === at}
                onClick={() => goTo(path)}
              >
                <Glyph category={instance.def?.category} />
                <span className="fb-title">{instance.title}</span>
                <span className="fb-place">{path}</span>
                <span className="fb-shape">{output ? formatShape(output) : ''}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <footer className="fb-foot">
        {hits.length > MOST_ROWS && <span>and {hits.length - MOST_ROWS} more</span>}
        <button type="button" className="btn small" onClick={selectAll}>
          Select all hits <kbd>Alt Enter</kbd>
        </button>
      </footer>
    </>
  );
}

/** Shows a hit, and opens the blocks that it lies in. */
function goTo(path: string): void {
  useFind.getState().set({ at: path });
  focusNode(path);
}
