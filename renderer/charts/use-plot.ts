import { type RefObject, useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import { curveOptions } from './curve-options';
import { onThemeChange } from './theme';

/** uPlot asks for matchMedia as soon as it is loaded, which only a real window has. */
const library = typeof matchMedia === 'function' ? import('uplot') : undefined;

export interface PlotInput {
  /** x first, then the lines; null where one has no value at that x. */
  readonly data: [x: number[], ...lines: (number | null)[][]];
  readonly epochs: number;
  readonly range: [number, number];
  readonly tick: (value: number) => string;
  readonly sync: string;
  readonly changes?: readonly number[];
  /** Lines, bands and axes; those of one run when left out. Read once. */
  readonly options?: typeof curveOptions;
  readonly onCursor: (index: number | null, left: number) => void;
}

/** Keeps a uPlot in `host` at its size, with the newest data, in the colours of the theme. */
export function usePlot(host: RefObject<HTMLDivElement | null>, input: PlotInput): RefObject<uPlot | null> {
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(input);

  useEffect(() => {
    latest.current = input;
  });
  // Only for new data: setData tells the crosshair anew, which renders, which must not set the data again.
  const { data, epochs } = input;
  const [low, high] = input.range;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the axes read the limits when they are drawn
  useEffect(() => {
    plot.current?.setData(data);
  }, [data, epochs, low, high]);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    void library?.then(({ default: Plot }) => {
      if (gone || !host.current) return;
      stop = mount(Plot, host.current, latest, plot);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [host]);
  return plot;
}

function mount(
  Plot: typeof uPlot,
  host: HTMLDivElement,
  latest: RefObject<PlotInput>,
  plot: RefObject<uPlot | null>,
): () => void {
  const options = (latest.current.options ?? curveOptions)({
    width: Math.max(1, host.clientWidth),
    height: Math.max(1, host.clientHeight),
    epochs: () => latest.current.epochs,
    range: () => latest.current.range,
    tick: (v) => latest.current.tick(v),
    sync: latest.current.sync,
    changes: () => latest.current.changes ?? [],
    onCursor: ({ cursor: { idx, left = -1 } }) =>
      latest.current.onCursor(left < 0 ? null : (idx ?? null), left),
  });
  const u = new Plot(options, latest.current.data, host);
  plot.current = u;
  const sizes = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientHeight > 0)
      u.setSize({ width: host.clientWidth, height: host.clientHeight });
  });
  sizes.observe(host);
  const stopTheme = onThemeChange(() => u.redraw(false, true));
  return () => {
    stopTheme();
    sizes.disconnect();
    u.destroy();
    plot.current = null;
  };
}
