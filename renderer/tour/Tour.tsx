import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { formatShortcut, isMac } from '../app/keys';
import { Icon } from '../ui/Icon';
import { boxOf, CARD, placeCard } from './place';
import { STEPS, type TourStep } from './steps';
import { useTour } from './tour-state';
import './tour.css';

/** A card beside what it speaks of; the window works as always meanwhile. */
export function Tour() {
  const step = useTour((s) => s.step);
  const shown = step === null ? undefined : STEPS[step];
  if (step === null || !shown) return null;
  return <Card step={shown} at={step} />;
}

/** Twice as often as one notices. */
const LOOK = 200;
/** So long the sign of what was done stands, before the next step. */
const REST = 1100;

interface CardProps {
  readonly step: TourStep;
  readonly at: number;
}

function Card({ step, at }: CardProps) {
  const { go, end } = useTour.getState();
  const last = at === STEPS.length - 1;
  const card = useRef<HTMLElement>(null);
  const box = useAnchor(step);
  const next = () => {
    if (last) leave(end);
    else go(at + 1);
  };
  const done = useDone(step, next);
  // the keyboard begins here, once: later steps leave the focus where the work is
  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    leave(end);
  };
  return (
    <>
      {box && <i className="tour-ring" aria-hidden="true" style={around(box)} />}
      <aside
        ref={card}
        className="tour"
        aria-label={`Tour, step ${at + 1} of ${STEPS.length}`}
        tabIndex={-1}
        style={{ width: CARD.width, ...placeCard(box, { width: innerWidth, height: innerHeight }) }}
        onKeyDown={onKeyDown}
        data-testid="tour"
        data-step={step.id}
      >
        <div aria-live="polite">
          <h2 className="tour-title">{step.title}</h2>
          <p className="tour-text">{step.text}</p>
          <p className={done ? 'tour-task done' : 'tour-task'}>
            {done && <Icon name="check" size={13} />}
            <span>{done ? 'Done' : withKeys(step.task)}</span>
          </p>
        </div>
        <footer className="tour-foot">
          <span className="tour-count">
            {at + 1} of {STEPS.length}
          </span>
          <button type="button" className="btn small ghost" onClick={() => leave(end)}>
            {last ? 'Close' : 'Skip the tour'}
          </button>
          {at > 0 && (
            <button type="button" className="btn small" onClick={() => go(at - 1)}>
              Back
            </button>
          )}
          <button type="button" className="btn small accent" onClick={next}>
            {last ? 'Done' : 'Next'}
          </button>
        </footer>
      </aside>
    </>
  );
}

/** The focus goes where the work is. */
function leave(end: () => void): void {
  document.querySelector<HTMLElement>('section[data-canvas]')?.focus({ preventScroll: true });
  end();
}

const around = (r: DOMRect) => ({
  left: r.left - 4,
  top: r.top - 4,
  width: r.width + 8,
  height: r.height + 8,
});

/** `Press {Mod+K}` with the key as it is called here. */
const withKeys = (text: string): ReactNode =>
  text
    .split(/[{}]/)
    .map((part, i) => (i % 2 === 1 ? <kbd key={part}>{formatShortcut(part, isMac())}</kbd> : part));

/** Where the thing that the step is about is now; it moves with the window, the view and the panels. */
function useAnchor({ at }: TourStep): DOMRect | undefined {
  const [box, setBox] = useState<DOMRect>();
  useEffect(() => {
    const look = () => setBox((was) => boxOf(at, was));
    look();
    const timer = setInterval(look, LOOK);
    return () => clearInterval(timer);
  }, [at]);
  return box;
}

/** Whether the user did what was asked for; the next step then comes by itself. */
function useDone(step: TourStep, next: () => void): boolean {
  const [did, setDid] = useState('');
  const onward = useRef(next);
  useEffect(() => {
    onward.current = next;
  });
  useEffect(() => {
    if (!step.state) return undefined;
    const before = step.state();
    let rest: ReturnType<typeof setTimeout> | undefined;
    const timer = setInterval(() => {
      const now = step.state?.();
      if (rest || now === before || !step.done?.(now)) return;
      setDid(step.id);
      rest = setTimeout(() => onward.current(), REST);
    }, LOOK);
    return () => {
      clearInterval(timer);
      clearTimeout(rest);
    };
  }, [step]);
  return did === step.id;
}
