import type { ReactNode } from 'react';

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

/** The plot begins so many pixels in: the axis of values. */
const AXIS = 40;

/** What is told at the crosshair; it changes sides so that it stays inside. */
export function ChartTip({ left, width, children }: ChartTipProps) {
  const at = left + AXIS;
  return (
    <div className="curve-tip" style={at > width / 2 ? { right: width - at + 12 } : { left: at + 12 }}>
      {children}
    </div>
  );
}
