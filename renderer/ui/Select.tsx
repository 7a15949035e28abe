import { Icon } from './Icon';
import './controls.css';

export interface SelectProps {
  readonly label: string;
  readonly options: readonly string[];
  /** Undefined where several values are in play. */
  readonly value: string | undefined;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  /** What an option is called; the option itself when left out. */
  titleOf?(option: string): string;
  onChange(value: string): void;
}

export function Select({
  label,
  options,
  value,
  disabled = false,
  describedBy,
  titleOf,
  onChange,
}: SelectProps) {
  return (
    <span className="select">
      <select
        aria-label={label}
        aria-describedby={describedBy}
        disabled={disabled}
        value={value ?? ''}
        onChange={(e) => onChange(e.target.value)}
      >
        {value === undefined && <option value="">mixed</option>}
        {options.map((o) => (
          <option key={o} value={o}>
            {titleOf?.(o) ?? o}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  );
}
