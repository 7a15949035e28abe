import { type KeyboardEvent, useEffect, useRef } from 'react';
import './controls.css';

export interface Segment<T> {
  readonly value: T;
  readonly label: string;
  /** Where the label alone says too little, e.g. for `m×n`. */
  readonly name?: string;
}
interface SegmentsProps<T> {
  readonly label: string;
  readonly segments: readonly Segment<T>[];
  readonly value: T | undefined;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  /** Takes the focus when it appears, e.g. after an entry that stood in its place. */
  readonly focused?: boolean;
  onChange(value: T): void;
  /** The value under the pointer; null when it goes. */
  onPoint?: ((value: T | null) => void) | undefined;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of a few values, each one click away: a radio group in a row. */
export function Segments<T extends string | number>(props: SegmentsProps<T>) {
  const { label, segments, value, disabled, describedBy, focused, onChange } = props;
  const group = useRef<HTMLDivElement>(null);
  const chosen = segments.findIndex((s) => s.value === value);

  useEffect(() => {
    if (focused) group.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (Math.max(chosen, 0) + step + segments.length) % segments.length;
    onChange(segments[next]!.value);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={group}
      className="seg"
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
    >
      {segments.map((s, i) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot be drawn as a segment with its own focus ring
        <button
          type="button"
          key={s.value}
          role="radio"
          aria-checked={i === chosen}
          aria-label={s.name}
          disabled={disabled}
          tabIndex={i === Math.max(chosen, 0) ? 0 : -1}
          onClick={() => onChange(s.value)}
          onPointerEnter={() => props.onPoint?.(s.value)}
          onPointerLeave={() => props.onPoint?.(null)}
        >
          {s.label}
        </button>
      ))}
    </div>
  );
}
