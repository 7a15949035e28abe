import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { useRef } from 'react';
import { ChartTip, Legend } from './ChartTip';
import { nearestValue } from './curve-options';
import type { CurveData } from './series';
import { type Hover, useCrosshair } from './use-crosshair';
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

/** One measure over a run: what every batch gave, its running mean, the validation score of every epoch. */
export function CurveChart(props: CurveChartProps) {
  const { title, data, format } = props;
  const host = useRef<HTMLDivElement>(null);
  const { hover, onCursor, keys } = useCrosshair();
  const plot = usePlot(host, { ...props, onCursor });
  const train = last(data[2]);
  const validation = last(data[3]);
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
        aria-label={`${title} over epochs. ${tellValues(train, validation, format)}`}
        {...keys(plot, data[0])}
      >
        <div className="curve-canvas" ref={host} />
        {hover && hover.index < data[0].length && (
          <Tip hover={hover} {...props} width={host.current?.clientWidth ?? 0} />
        )}
      </div>
    </figure>
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
  return (
    <ChartTip left={hover.left} width={width}>
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
    </ChartTip>
  );
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
