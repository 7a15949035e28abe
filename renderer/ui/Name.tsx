import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import './name.css';

interface NameProps {
  readonly label: string;
  readonly value: string;
  /** Shown, and meant, where there is no name. */
  readonly placeholder?: string;
  onChange(value: string): void;
}

/** A title that is a field as soon as it is clicked. Enter keeps what was typed, Escape brings back what was. */
export function Name({ label, value, placeholder, onChange }: NameProps) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const leaving = useRef(false);
  const text = draft ?? value;

  useEffect(() => {
    leaving.current = false;
  });
  const finish = () => {
    if (!leaving.current && draft !== null) onChange(draft.trim());
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    leaving.current = event.key === 'Escape';
    input.current?.blur();
  };
  return (
    <span className="nm" data-text={text || placeholder}>
      <input
        ref={input}
        type="text"
        maxLength={200}
        value={text}
        placeholder={placeholder}
        aria-label={label}
        title={text || placeholder}
        spellCheck={false}
        autoComplete="off"
        onFocus={(e) => {
          setDraft(value);
          e.target.select();
        }}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
