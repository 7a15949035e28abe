import type uPlot from 'uplot';
import { cssColour, withAlpha } from './theme';

export interface CurveOptions {
  readonly width: number;
  readonly height: number;
  /** Epochs of the whole run, as the end of the x axis; read at every draw. */
  readonly epochs: () => number;
  /** Limits of the y axis; read at every draw. */
  readonly range: () => [number, number];
  readonly tick: (value: number) => string;
  /** Charts with one key share their crosshair. */
  readonly sync: string;
  /** Where settings were changed, in epochs; read at every draw. */
  readonly changes: () => readonly number[];
  readonly onCursor: (u: uPlot) => void;
}

/** Pixels that the axis of values takes: room for `97.5 %` and `0.00015`. */
export const VALUE_AXIS = 52;

const FONT = '10.5px "JetBrains Mono Variable", ui-monospace, monospace';
const AXIS = { font: FONT, ticks: { show: false }, stroke: () => cssColour('--text3') } as const;

/** Faint raw line, clear smoothed line, validation in the second colour with its points. */
export function curveOptions(o: CurveOptions): uPlot.Options {
  return {
    width: o.width,
    height: o.height,
    padding: [6, 8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [0, Math.max(o.epochs(), 1e-6)] },
      y: { range: () => o.range() },
    },
    axes: [
      {
        ...AXIS,
        size: 20,
        gap: 4,
        grid: { show: false },
        space: 56,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
        values: (_, splits) => splits.map((v, i) => (i === 1 ? `epoch ${v}` : String(v))),
      },
      {
        ...AXIS,
        size: VALUE_AXIS,
        gap: 6,
        space: 28,
        grid: { stroke: () => cssColour('--line'), width: 1 },
        values: (_, splits) => splits.map(o.tick),
      },
    ],
    series: [
      {},
      { stroke: () => withAlpha(cssColour('--s1'), 0.22), width: 1, points: { show: false }, spanGaps: true },
      { stroke: () => cssColour('--s1'), width: 1.8, points: { show: false }, spanGaps: true },
      {
        stroke: () => cssColour('--s2'),
        width: 1.8,
        spanGaps: true,
        points: { show: true, size: 5, width: 0, fill: () => cssColour('--s2') },
      },
    ],
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      // None on the raw line: the smoothed one is what is told.
      points: {
        size: (_, i) => (i === 1 ? 0 : 8),
        width: 2,
        stroke: () => cssColour('--panel'),
        fill: (_, i) => cssColour(i === 3 ? '--s2' : '--s1'),
      },
      sync: { key: o.sync, setSeries: false },
      // Each series at the nearest x where it has a value: the curves are joined on one axis with gaps.
      dataIdx: (u, series, index) => (series === 0 ? index : nearestValue(u.data[series]!, index)),
    },
    hooks: { setCursor: [o.onCursor], draw: [(u) => drawChanges(u, o.changes())] },
  };
}

/** A dashed line from top to bottom at each x. */
export function drawChanges(u: Pick<uPlot, 'ctx' | 'bbox' | 'valToPos'>, xs: readonly number[]): void {
  if (xs.length === 0) return;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = cssColour('--text3');
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  for (const x of xs) {
    const at = Math.round(u.valToPos(x, 'x', true)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** Index of the value nearest to `index`, or `index` when there is none. */
export function nearestValue(values: ArrayLike<number | null | undefined>, index: number): number {
  for (let away = 0; away < values.length; away++) {
    if (values[index - away] != null) return index - away;
    if (values[index + away] != null) return index + away;
  }
  return index;
}
