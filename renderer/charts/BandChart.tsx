import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { useMemo, useRef } from 'react';
import { alignedBand, type BandData } from './band';
import { bandOptions } from './band-options';
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
  usePlot(host, {
    ...{ ...plot, data: aligned, options: bandOptions(data.runs.length), onCursor: () => {} },
    sync: testId,
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
            value !== null && (
              <span key={name} className="curve-legend">
                <i className={tone} />
                {name} <span className="curve-value">{format(value)}</span>
              </span>
            ),
        )}
      </figcaption>
      <div
        className="curve-plot"
        role="img"
        aria-label={`${title} over epochs, mean of ${data.runs.length} runs with one deviation. ${
          told === '' ? 'No values yet.' : `Now ${told}.`
        }`}
      >
        <div className="curve-canvas" ref={host} />
      </div>
    </figure>
  );
}
