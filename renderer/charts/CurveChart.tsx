import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { type KeyboardEvent, useRef, useState } from 'react';
import { nearestValue } from './curve-options';
import type { CurveData } from './series';
import { usePlot } from './use-plot';

export interface CurveChartProps {
  readonly title: string;
  readonly testId: string;
  readonly data: CurveData;
  /** Epochs of the whole run: the end of the x axis. */
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly range: [low: number, high: number];
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
  /** Charts with one key share their crosshair. */
  readonly sync: string;
  /** Epochs at which settings were changed: lines from top to bottom. */
  readonly changes?: readonly number[];
}
interface Hover {
  readonly index: number;
  readonly left: number;
}

/** One measure over a run: what every batch gave, its running mean, the validation score of every epoch. */
export function CurveChart(props: CurveChartProps) {
  const { title, data, format } = props;
  const host = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const plot = usePlot(host, {
    ...props,
    onCursor: (index, left) => setHover((old) => nextHover(old, index, left)),
  });
  const train = last(data[2]);
  const validation = last(data[3]);

  const move = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, hover?.index ?? null, data[0].length - 1);
    const u = plot.current;
    if (to === undefined || !u) return;
    event.preventDefault();
    const x = to === null ? null : data[0][to];
    u.setCursor(x == null ? { left: -10, top: -10 } : { left: u.valToPos(x, 'x'), top: 10 }, true);
  };
  return (
    <figure className="curve" data-testid={props.testId}>
      <figcaption className="curve-head">
        <b>{title}</b>
        {train !== null && <Legend tone="s1" name="train" value={format(train)} />}
        {validation !== null && <Legend tone="s2" name="validation" value={format(validation)} />}
      </figcaption>
      <div
        className="curve-plot"
        role="img"
        tabIndex={data[0].length > 0 ? 0 : -1}
        aria-label={`${title} over epochs. ${tellValues(train, validation, format)}`}
        onKeyDown={move}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 }, true)}
      >
        <div className="curve-canvas" ref={host} />
        {hover && hover.index < data[0].length && (
          <Tip hover={hover} {...props} width={host.current?.clientWidth ?? 0} />
        )}
      </div>
    </figure>
  );
}

function Legend({ tone, name, value }: { tone: 's1' | 's2'; name: string; value: string }) {
  return (
    <span className="curve-legend">
      <i className={tone} />
      {name} <span className="curve-value">{value}</span>
    </span>
  );
}

function Tip({
  hover,
  data,
  format,
  stepsPerEpoch,
  width,
}: CurveChartProps & { hover: Hover; width: number }) {
  const x = data[0][hover.index]!;
  const train = data[2][nearestValue(data[2], hover.index)];
  const at = nearestValue(data[3], hover.index);
  const validation = data[3][at];
  // The plot begins 40 px in; the tip changes sides so that it stays inside.
  const left = hover.left + 40;
  const side = left > width / 2 ? { right: width - left + 12 } : { left: left + 12 };
  return (
    <div className="curve-tip" style={side}>
      <span>
        epoch {x.toFixed(2)} · step {Math.round(x * stepsPerEpoch).toLocaleString('en')}
      </span>
      {train != null && <Legend tone="s1" name="train" value={format(train)} />}
      {validation != null && (
        <Legend
          tone="s2"
          name={`validation, epoch ${Number(data[0][at]!.toFixed(2))}`}
          value={format(validation)}
        />
      )}
    </div>
  );
}

/** The same object while the crosshair stands still, so that nothing is drawn again. */
function nextHover(old: Hover | null, index: number | null, left: number): Hover | null {
  if (index === null) return null;
  return old?.index === index && old.left === left ? old : { index, left };
}

/** Index the key moves the crosshair to; null hides it; undefined when the key means nothing here. */
function keyTarget(key: string, from: number | null, end: number): number | null | undefined {
  const stride = Math.max(1, Math.round(end / 60));
  if (key === 'ArrowLeft') return Math.max(0, (from ?? end + stride) - stride);
  if (key === 'ArrowRight') return Math.min(end, (from ?? -stride) + stride);
  if (key === 'Home') return 0;
  if (key === 'End') return end;
  return key === 'Escape' && from !== null ? null : undefined;
}

const last = (values: readonly (number | null)[]): number | null => {
  for (let i = values.length - 1; i >= 0; i--) if (values[i] != null) return values[i]!;
  return null;
};

function tellValues(train: number | null, validation: number | null, format: (v: number) => string): string {
  if (train === null) return 'No values yet.';
  const seen = validation === null ? '' : `, validation ${format(validation)}`;
  return `Now train ${format(train)}${seen}.`;
}
