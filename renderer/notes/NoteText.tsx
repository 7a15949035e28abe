import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

interface NoteTextProps {
  readonly label: string;
  readonly value: string;
  /** Keeps what was written. @param byKey whether the focus has nowhere to go yet */
  onDone(text: string, byKey: boolean): void;
}

/** As many rows as the text takes, more or less: a note is some 34 letters wide. */
const rowsOf = (text: string): number => {
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 34)), 0);
  return Math.min(16, Math.max(3, rows));
};

/** The text of a note while it is written. Leaving it, Escape and Ctrl Enter keep what was typed; undo brings back. */
export function NoteText({ label, value, onDone }: NoteTextProps) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  useEffect(() => {
    done.current = false;
    const element = field.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const finish = (byKey: boolean) => {
    if (done.current) return;
    done.current = true;
    onDone(text, byKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const leaves = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!leaves) return;
    event.preventDefault();
    finish(true);
  };
  return (
    <textarea
      ref={field}
      className="note-text"
      aria-label={label}
      placeholder="Markdown: # heading, **bold**, - list"
      maxLength={20_000}
      value={text}
      rows={rowsOf(text)}
      spellCheck={false}
      onChange={(e) => setText(e.target.value)}
      onBlur={() => finish(false)}
      onKeyDown={onKeyDown}
    />
  );
}
