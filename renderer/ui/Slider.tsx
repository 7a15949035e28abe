import './controls.css';

interface SliderProps {
  readonly label: string;
  /** Rising; the thumb goes from one to the next, each the same way on. */
  readonly stops: readonly number[];
  /** Undefined where several values are in play. */
  readonly value: number | undefined;
  readonly unit?: string | undefined;
  readonly describedBy?: string | undefined;
  /** While it is dragged, and at each arrow key. */
  onMove(value: number): void;
  /** Let go, Enter, or left: what it stands at is taken. */
  onTake(): void;
  onCancel(): void;
}

/** Sensible values in a row, for a quick look at what each does. */
export function Slider({ label, stops, value, unit, describedBy, ...on }: SliderProps) {
  const at = nearest(stops, value ?? stops[0]!);
  return (
    <input
      type="range"
      className={value === undefined ? 'slider mixed' : 'slider'}
      aria-label={`${label}, slider`}
      aria-describedby={describedBy}
      aria-valuetext={value === undefined ? 'mixed' : [value, unit].filter(Boolean).join(' ')}
      min={0}
      max={stops.length - 1}
      step={1}
      value={at}
      style={{ '--at': `${(100 * at) / Math.max(1, stops.length - 1)}%` } as React.CSSProperties}
      onChange={(e) => on.onMove(stops[Number(e.target.value)]!)}
      onPointerUp={on.onTake}
      onBlur={on.onTake}
      onKeyDown={(e) => {
        if (e.key === 'Enter') on.onTake();
        if (e.key === 'Escape') on.onCancel();
      }}
    />
  );
}

/** The stop that `value` is least far from, by ratio. */
function nearest(stops: readonly number[], value: number): number {
  const distance = (stop: number) => Math.abs(Math.log(stop / Math.max(value, Number.MIN_VALUE)));
  return stops.reduce((best, stop, i) => (distance(stop) < distance(stops[best]!) ? i : best), 0);
}
