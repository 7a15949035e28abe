/** How figures of several runs lie. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of a sample, with n - 1 below the line; null for a single figure. */
  readonly deviation: number | null;
  readonly min: number;
  readonly max: number;
}

/** Mean, deviation and limits; null where there is no figure. */
export function spread(values: readonly number[]): Spread | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / count;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : null;
  return { count, mean, deviation, min: Math.min(...values), max: Math.max(...values) };
}

interface Ended {
  readonly result: {
    readonly test: { readonly accuracy: number; readonly loss: number } | null;
    readonly seconds: number;
  } | null;
}
export interface RunsSpread {
  readonly accuracy: Spread | null;
  readonly loss: Spread | null;
  /** Of training. */
  readonly seconds: Spread | null;
}

/** What the runs that came to their end have in common. */
export function spreadOfRuns(runs: readonly Ended[]): RunsSpread {
  const results = runs.flatMap((r) => (r.result ? [r.result] : []));
  const tests = results.flatMap((r) => (r.test ? [r.test] : []));
  return {
    accuracy: spread(tests.map((t) => t.accuracy)),
    loss: spread(tests.map((t) => t.loss)),
    seconds: spread(results.map((r) => r.seconds)),
  };
}
