import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from './Icon';
import './controls.css';

export interface EntryProps {
  readonly label: string;
  readonly text: string;
  readonly placeholder?: string | undefined;
  readonly bad?: boolean;
  readonly disabled?: boolean;
  /** Takes the cursor when it appears. */
  readonly focused?: boolean;
  readonly describedBy?: string | undefined;
  /** What the number counts, behind it. */
  readonly unit?: string | undefined;
  /** What stands there and is not taken yet; null once it is, or is given up. */
  onDraft?: ((text: string | null) => void) | undefined;
  /** Called with what was typed, on Enter and when the field is left. @returns whether it was taken */
  onCommit(text: string): boolean;
  /** Enter, once what stands there is taken. */
  onEnter?: (() => void) | undefined;
  /** Escape, which brings back what was. */
  onCancel?: (() => void) | undefined;
  /** Arrow keys and the two buttons; ten at a time with Shift. */
  onStep?: ((delta: number) => void) | undefined;
  /** The cursor went elsewhere. @param taken whether what was typed was sound */
  onLeave?: ((taken: boolean) => void) | undefined;
}

/** A short text that is taken when it is sound; else it stays, marked, for the user to mend. */
export function Entry(props: EntryProps) {
  const { label, text, placeholder, bad = false, disabled = false, focused, describedBy, onStep } = props;
  const input = useRef<HTMLInputElement>(null);
  /** What was typed and not yet taken. */
  const [draft, keepDraft] = useState<string | null>(null);
  const setDraft = (next: string | null) => {
    keepDraft(next);
    props.onDraft?.(next);
  };
  useEffect(() => {
    if (focused) input.current?.select();
  }, [focused]);

  const commit = (): boolean => {
    if (draft === null) return true;
    const taken = props.onCommit(draft);
    if (taken) setDraft(null);
    return taken;
  };
  const step = (delta: number) => {
    if (commit()) onStep?.(delta);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && commit()) props.onEnter?.();
    if (event.key === 'Escape') {
      setDraft(null);
      props.onCancel?.();
    }
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || !onStep || disabled) return;
    event.preventDefault();
    step(direction * (event.shiftKey ? 10 : 1));
  };
  return (
    <div className={`entry${bad ? ' bad' : ''}${disabled ? ' still' : ''}`}>
      <input
        ref={input}
        type="text"
        value={draft ?? text}
        placeholder={placeholder}
        readOnly={disabled}
        spellCheck={false}
        autoComplete="off"
        aria-label={label}
        aria-invalid={bad}
        aria-describedby={describedBy}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={() => {
          const taken = commit();
          props.onLeave?.(taken);
        }}
        onKeyDown={onKeyDown}
      />
      {props.unit && <span className="entry-unit">{props.unit}</span>}
      {onStep && !disabled && <Steps label={label} onStep={step} />}
    </div>
  );
}

function Steps({ label, onStep }: { readonly label: string; onStep(delta: number): void }) {
  return (
    <span className="steps">
      {([1, -1] as const).map((d) => (
        <button
          type="button"
          key={d}
          tabIndex={-1}
          aria-label={`${label}: ${d > 0 ? 'more' : 'less'}`}
          onClick={(e) => onStep(d * (e.shiftKey ? 10 : 1))}
        >
          <Icon name={d > 0 ? 'up' : 'down'} size={10} />
        </button>
      ))}
    </span>
  );
}
