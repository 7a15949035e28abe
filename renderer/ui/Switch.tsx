import './controls.css';

interface SwitchProps {
  readonly label: string;
  /** Undefined where several values are in play. */
  readonly checked: boolean | undefined;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  onChange(checked: boolean): void;
  /** What a click would give while the pointer is on it; null when it goes. */
  onPoint?: ((checked: boolean | null) => void) | undefined;
}

export function Switch({ label, checked, disabled = false, describedBy, onChange, onPoint }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={checked === true}
      data-mixed={checked === undefined || undefined}
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={() => onChange(checked !== true)}
      onPointerEnter={() => onPoint?.(checked !== true)}
      onPointerLeave={() => onPoint?.(null)}
    />
  );
}
