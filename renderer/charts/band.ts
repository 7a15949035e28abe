import { spread } from '../../engine/analysis/spread';
import { epochOf, type Mark } from './series';
import type { Curve, Steps } from './steps';

type Values = (number | null)[];
/** Mean of several runs and the band of one deviation around it. */
export interface Band {
  readonly low: Values;
  readonly high: Values;
  readonly mean: Values;
}
/** Several runs on one rising axis of epochs; null where a line has no value at that x. */
export interface BandData {
  readonly x: number[];
  readonly train: Band;
  readonly validation: Band;
  /** The running mean of each run. */
  readonly runs: readonly Values[];
}
export interface BandRun {
  readonly steps: Steps;
  readonly marks: readonly Mark[];
}

/** The curves of several runs of one net. @param points of the training curves, at most */
export function bandData(
  runs: readonly BandRun[],
  curve: Curve,
  stepsPerEpoch: number,
  points = 240,
): BandData {
  const longest = Math.max(0, ...runs.map((r) => r.steps.length));
  const stride = Math.max(1, Math.ceil(longest / points));
  const indices = new Map<number, number>();
  for (let i = longest - 1; i >= 0; i -= stride) indices.set(epochOf(i + 1, stepsPerEpoch), i);
  const marks = runs.map((r) => new Map(r.marks.map((m) => [m.x, m.value])));
  const x = [...new Set([...indices.keys(), ...marks.flatMap((m) => [...m.keys()])])].sort((a, b) => a - b);
  const lines = runs.map(({ steps }) =>
    x.map((at) => {
      const i = indices.get(at);
      return i === undefined || i >= steps.length ? null : steps.smooth[curve][i]!;
    }),
  );
  const seen = marks.map((m) => x.map((at) => m.get(at) ?? null));
  return { x, train: bandOf(x, lines), validation: bandOf(x, seen), runs: lines };
}

function bandOf(x: readonly number[], lines: readonly Values[]): Band {
  const spreads = x.map((_, i) =>
    spread(lines.map((line) => line[i]!).filter((v): v is number => v !== null && Number.isFinite(v))),
  );
  const edge = (way: 1 | -1) => spreads.map((s) => (s ? s.mean + way * (s.deviation ?? 0) : null));
  return { low: edge(-1), high: edge(1), mean: spreads.map((s) => s?.mean ?? null) };
}

/** As uPlot takes it. */
export const alignedBand = ({ x, train, validation, runs }: BandData): [number[], ...Values[]] => [
  ...([x, train.low, train.high, train.mean] as const),
  ...[validation.low, validation.high, validation.mean],
  ...runs,
];
