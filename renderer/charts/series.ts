import type { Curve, Steps } from './steps';

/** What uPlot takes: x (in epochs), raw, smoothed, validation; null where a series has no value at that x. */
export type CurveData = [x: number[], raw: Values, smooth: Values, validation: Values];
type Values = (number | null)[];
/** A score at the end of an epoch. */
export interface Mark {
  /** In epochs. */
  readonly x: number;
  readonly value: number;
}

/** Where `step` lies on an axis in epochs: 430 steps at 430 an epoch are 1. */
export const epochOf = (step: number, stepsPerEpoch: number): number => step / Math.max(1, stepsPerEpoch);

/** Steps over which the smoothed line forgets: a twentieth of an epoch, but not under 5 nor over 100. */
export const smoothingMemory = (stepsPerEpoch: number): number =>
  Math.min(100, Math.max(5, stepsPerEpoch / 20));

/**
 * Which of `length` values to draw so that a line through them looks like the line through all: of every
 * bucket the lowest and the highest, and the very last. Buckets are a power of two long, so that a growing
 * series keeps its points until they double and the line does not flicker.
 *
 * @returns rising indices, at most 2 * buckets + 1
 */
export function decimate(values: ArrayLike<number>, length: number, buckets: number): number[] {
  let size = 1;
  while (length / size > buckets) size *= 2;
  if (size <= 2) return Array.from({ length }, (_, i) => i);
  const kept: number[] = [];
  for (let from = 0; from < length; from += size)
    kept.push(...extremes(values, from, Math.min(length, from + size)));
  if (kept.at(-1) !== length - 1) kept.push(length - 1);
  return kept;
}

function extremes(values: ArrayLike<number>, from: number, to: number): number[] {
  let low = from;
  let high = from;
  for (let i = from + 1; i < to; i++) {
    if (values[i]! < values[low]!) low = i;
    if (values[i]! > values[high]!) high = i;
  }
  return low === high ? [low] : low < high ? [low, high] : [high, low];
}

/** The decimated curve of a run joined with its validation scores on one rising x axis. */
export function curveData(
  steps: Steps,
  curve: Curve,
  {
    stepsPerEpoch,
    marks,
    buckets = 320,
  }: { stepsPerEpoch: number; marks: readonly Mark[]; buckets?: number },
): CurveData {
  const out: CurveData = [[], [], [], []];
  const raw = steps.raw[curve];
  const smooth = steps.smooth[curve];
  let next = 0;
  const push = (x: number, r: number | null, s: number | null) => {
    for (; next < marks.length && marks[next]!.x < x; next++) pushMark(out, marks[next]!);
    const here = next < marks.length && marks[next]!.x === x ? marks[next++]!.value : null;
    out[0].push(x);
    out[1].push(r);
    out[2].push(s);
    out[3].push(here);
  };
  for (const i of decimate(raw, steps.length, buckets))
    push(epochOf(steps.step[i]!, stepsPerEpoch), raw[i]!, smooth[i]!);
  for (; next < marks.length; next++) pushMark(out, marks[next]!);
  return out;
}

function pushMark(out: CurveData, { x, value }: Mark): void {
  out[0].push(x);
  out[1].push(null);
  out[2].push(null);
  out[3].push(value);
}

/** Share of the drawn points at the start that may leave the frame, once there are enough of them. */
const TRANSIENT = 0.04;

/**
 * The span of values worth showing: of the smoothed and validation lines, without the fall of the very first
 * steps when the run has gone far beyond them. Null when there is nothing to show.
 */
export function focusSpan([x, , smooth, validation]: CurveData): [low: number, high: number] | null {
  const skip = x.length >= 100 ? Math.floor(x.length * TRANSIENT) : 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const see = (v: number | null | undefined) => {
    if (v === null || v === undefined || !Number.isFinite(v)) return;
    low = Math.min(low, v);
    high = Math.max(high, v);
  };
  for (let i = skip; i < x.length; i++) see(smooth[i]);
  validation.forEach(see);
  return low <= high ? [low, high] : null;
}

/** Limits of a loss axis: from zero while the losses reach near it, with air above. */
export function lossRange(span: [number, number] | null): [number, number] {
  if (!span) return [0, 1];
  const [low, high] = span;
  const air = Math.max((high - low) * 0.08, high * 0.02, 1e-6);
  return [low < high * 0.5 ? 0 : Math.max(0, low - air), high + air];
}

/** Limits of an accuracy axis: up to 1 when the curve comes near it. */
export function accuracyRange(span: [number, number] | null): [number, number] {
  if (!span) return [0, 1];
  const [low, high] = span;
  const air = Math.max((high - low) * 0.08, 0.005);
  const top = high + (1 - high) * 0.15;
  return [Math.max(0, low - air), 1 - high < (high - low) * 0.5 + 0.02 ? 1 : Math.min(1, top + air)];
}
