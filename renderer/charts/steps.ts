/** What is drawn of one optimizer step. */
export interface StepPoint {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}
export type Curve = 'loss' | 'accuracy';

/**
 * The steps of a run in arrays that grow by doubling. Appending does not make a new object: whoever draws
 * them looks at `length`, or at a revision kept beside it.
 */
export interface Steps {
  length: number;
  /** Strictly rising. */
  step: Float64Array;
  readonly raw: Record<Curve, Float32Array>;
  /** Running means of `raw`, see {@link newMean}. */
  readonly smooth: Record<Curve, Float32Array>;
  readonly mean: Record<Curve, Mean>;
}

/** @param memory number of steps over which the smoothed curve forgets, see {@link newMean} */
export function newSteps(memory: number, capacity = 1024): Steps {
  const pair = () => ({ loss: new Float32Array(capacity), accuracy: new Float32Array(capacity) });
  return {
    length: 0,
    step: new Float64Array(capacity),
    raw: pair(),
    smooth: pair(),
    mean: { loss: newMean(memory), accuracy: newMean(memory) },
  };
}

/** Adds a step; one that is already there (read from the file and sent live too) is left out. */
export function appendStep(s: Steps, point: StepPoint): void {
  const n = s.length;
  if (n > 0 && point.step <= s.step[n - 1]!) return;
  if (n === s.step.length) grow(s);
  s.step[n] = point.step;
  for (const curve of CURVES) {
    s.raw[curve][n] = point[curve];
    s.smooth[curve][n] = s.mean[curve].next(point[curve]);
  }
  s.length = n + 1;
}

/** Drops the steps after `step`: those a run had done since the checkpoint it goes on from. */
export function keepUntil(s: Steps, step: number, memory: number): Steps {
  const kept = newSteps(memory, s.step.length);
  for (let i = 0; i < s.length && s.step[i]! <= step; i++) {
    appendStep(kept, { step: s.step[i]!, loss: s.raw.loss[i]!, accuracy: s.raw.accuracy[i]! });
  }
  return kept;
}

const CURVES = ['loss', 'accuracy'] as const;
function grow(s: Steps): void {
  const longer = new Float64Array(s.step.length * 2);
  longer.set(s.step);
  s.step = longer;
  for (const curve of CURVES) {
    for (const kind of [s.raw, s.smooth]) {
      const values = new Float32Array(kind[curve].length * 2);
      values.set(kind[curve]);
      kind[curve] = values;
    }
  }
}

export interface Mean {
  next(value: number): number;
}

/**
 * Exponential moving mean with weight e^(-k/memory) for the value k steps ago, divided by the sum of the
 * weights so far, so that it starts at the first value rather than at zero. The memory grows with the run. Values that are not finite are
 * left out.
 *
 * @see Kingma and Ba, "Adam", section 3, for the correction of the bias
 */
export function newMean(memory: number): Mean {
  let sum = 0;
  let weight = 0;
  let count = 0;
  return {
    next(value) {
      if (Number.isFinite(value)) {
        count += 1;
        // the first steps change fast: the memory is an eighth of what there is until it is full
        const keep = Math.exp(-1 / Math.max(1e-6, Math.min(memory, Math.max(2, count / 8))));
        sum = keep * sum + (1 - keep) * value;
        weight = keep * weight + (1 - keep);
      }
      return weight > 0 ? sum / weight : Number.NaN;
    },
  };
}
