import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { useMemo, useRef } from 'react';
import { alignedBand, type Band, type BandData } from './band';
import { bandOptions } from './band-options';
import { ChartTip, Legend } from './ChartTip';
import { nearestValue } from './curve-options';
import { type Hover, useCrosshair } from './use-crosshair';
import { usePlot } from './use-plot';

interface BandChartProps {
  readonly title: string;
  readonly testId: string;
  readonly data: BandData;
  readonly epochs: number;
  readonly range: [low: number, high: number];
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
}

const last = (values: readonly (number | null)[]): number | null =>
  values.filter((v) => v !== null).at(-1) ?? null;

/** One measure over several runs: each as a thin line, their mean, and one deviation around it. */
export function BandChart({ title, testId, data, format, ...plot }: BandChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const aligned = useMemo(() => alignedBand(data), [data]);
  const { hover, onCursor, keys } = useCrosshair();
  const chart = usePlot(host, {
    ...{ ...plot, data: aligned, options: bandOptions(data.runs.length), onCursor },
    sync: SYNC,
  });
  const means = [
    ['s1', 'train', last(data.train.mean)],
    ['s2', 'validation', last(data.validation.mean)],
  ] as const;
  const told = means.flatMap(([, name, v]) => (v === null ? [] : [`${name} ${format(v)}`])).join(', ');
  return (
    <figure className="curve" data-testid={testId}>
      <figcaption className="curve-head">
        <b>{title}</b>
        {means.map(
          ([tone, name, value]) =>
            value !== null && <Legend key={name} {...{ tone, name }} value={format(value)} />,
        )}
      </figcaption>
      <div
        className="curve-plot"
        role="img"
        aria-label={`${title} over epochs, mean of ${data.runs.length} runs with one deviation. ${
          told === '' ? 'No values yet.' : `Now ${told}.`
        }`}
        {...keys(chart, data.x)}
      >
        <div className="curve-canvas" ref={host} />
        {hover && hover.index < data.x.length && (
          <Tip {...{ hover, data, format }} width={host.current?.clientWidth ?? 0} />
        )}
      </div>
    </figure>
  );
}

/** All charts of a job share their crosshair. */
const SYNC = 'job';

interface TipProps {
  readonly hover: Hover;
  readonly data: BandData;
  readonly format: (value: number) => string;
  readonly width: number;
}

/** Mean and deviation at the crosshair, each at the nearest epoch where it has a value, and over how many runs. */
function Tip({ hover, data, format, width }: TipProps) {
  const lines = [
    ['s1', 'train', data.train],
    ['s2', 'validation', data.validation],
  ] as const;
  const at = nearestValue(data.train.mean, hover.index);
  const runs = data.runs.filter((values) => values[at] != null).length;
  return (
    <ChartTip left={hover.left} width={width}>
      <span>
        epoch {data.x[hover.index]!.toFixed(2)} · {runs} {runs === 1 ? 'run' : 'runs'}
      </span>
      {lines.map(([tone, name, band]) => {
        const told = spreadText(band, hover.index, format);
        return told && <Legend key={name} {...{ tone, name }} value={told} />;
      })}
    </ChartTip>
  );
}

/** `0.212 ± 0.014`; the mean alone of one run. */
function spreadText({ mean, high }: Band, index: number, format: (value: number) => string): string | null {
  const at = nearestValue(mean, index);
  const middle = mean[at];
  if (middle == null) return null;
  const deviation = (high[at] ?? middle) - middle;
  return deviation > 0 ? `${format(middle)} ± ${format(deviation)}` : format(middle);
}
