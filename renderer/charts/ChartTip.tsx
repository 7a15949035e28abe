import type { ReactNode } from 'react';
import { VALUE_AXIS } from './curve-options';

interface LegendProps {
  readonly tone: 's1' | 's2';
  readonly name: string;
  readonly value: string;
}
export function Legend({ tone, name, value }: LegendProps) {
  return (
    <span className="curve-legend">
      <i className={tone} />
      {name} <span className="curve-value">{value}</span>
    </span>
  );
}

interface ChartTipProps {
  /** Pixels of the crosshair from the plot's left. */
  readonly left: number;
  /** Pixels of the whole chart. */
  readonly width: number;
  readonly children: ReactNode;
}

/** What is told at the crosshair; it changes sides so that it stays inside. */
export function ChartTip({ left, width, children }: ChartTipProps) {
  const at = left + VALUE_AXIS;
  return (
    <div className="curve-tip" style={at > width / 2 ? { right: width - at + 12 } : { left: at + 12 }}>
      {children}
    </div>
  );
}
