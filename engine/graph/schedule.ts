import type { ScheduleSettings } from './training';

/**
 * The share of the base rate at a moment, 0 to 1; both in epochs, after the warm-up. `tick` is the length of a step.
 * Cuts (`step`, `multi-step`, `exponential`) count from the start of the run, warm-up included.
 */
type Schedule<S> = (epoch: number, length: number, settings: S, tick: number) => number;
type Of<T extends ScheduleSettings['type']> = Extract<ScheduleSettings, { type: T }>;

const schedules: { readonly [T in ScheduleSettings['type']]: Schedule<Of<T>> } = {
  constant: () => 1,
  step: (epoch, _length, { every, factor }) => factor ** Math.floor(epoch / every),
  'multi-step': (epoch, _length, { at, factor }) => factor ** at.filter((cut) => epoch >= cut).length,
  exponential: (epoch, _length, { factor }) => factor ** epoch,
  cosine: (epoch, length) => (length > 0 ? half(epoch / length) : 1),
  'cosine-restarts': (epoch, _length, { period, growth }) => half(phase(epoch, period, growth)),
  'one-cycle': oneCycle,
  polynomial: (epoch, length, { power }) => (length > 0 ? Math.max(0, 1 - epoch / length) ** power : 1),
};
const fromStart: ReadonlySet<string> = new Set(['step', 'multi-step', 'exponential', 'one-cycle']);

/** Half a cosine from 1 to 0. @see Loshchilov, Hutter 2017, SGDR, equation 5 */
const half = (share: number): number => (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;

/** How far the cosine under way has come, 0 to 1. @see Loshchilov, Hutter 2017, SGDR, section 3: T_i, T_mult */
function phase(epoch: number, period: number, growth: number): number {
  let [start, length] = [0, period];
  while (epoch >= start + length) {
    start += length;
    length *= growth;
  }
  return (epoch - start) / length;
}

/**
 * Up along a cosine and down along another, further than it began: the last step of the rise has the whole rate, the
 * last step of the run the lowest.
 * @see Smith, Topin 2017, Super-Convergence; the form of PyTorch's OneCycleLR with two phases
 */
function oneCycle(
  epoch: number,
  length: number,
  { rise, start, end }: Of<'one-cycle'>,
  tick: number,
): number {
  const top = Math.max(0, rise * length - tick);
  if (epoch < top) return 1 / start + (1 - 1 / start) * (1 - half(epoch / top));
  const last = 1 / start / end;
  const fall = length - tick - top;
  return last + (1 - last) * (fall > 0 ? half((epoch - top) / fall) : 1);
}

/**
 * The learning rate of a step.
 *
 * @param step 1 for the first step of the run
 * @param run  its length: steps of an epoch, and epochs
 */
export function rateAt(
  step: number,
  run: { readonly stepsPerEpoch: number; readonly epochs: number },
  { rate, schedule }: { readonly rate: number; readonly schedule: ScheduleSettings },
): number {
  const warm = schedule.warmup * run.stepsPerEpoch;
  if (step <= warm) return (rate * step) / warm;
  return rate * shareAt((step - 1) / run.stepsPerEpoch, run.epochs, schedule, 1 / run.stepsPerEpoch);
}

/** The same at a moment in epochs of the run, warm-up included, as if steps had no length. */
export function rateAtEpoch(
  epoch: number,
  {
    rate,
    epochs,
    schedule,
  }: { readonly rate: number; readonly epochs: number; readonly schedule: ScheduleSettings },
): number {
  if (epoch < schedule.warmup) return (rate * epoch) / schedule.warmup;
  return rate * shareAt(epoch, epochs, schedule, 0);
}

function shareAt(epoch: number, epochs: number, schedule: ScheduleSettings, tick: number): number {
  const { warmup } = schedule;
  const shape = schedules[schedule.type] as Schedule<ScheduleSettings>;
  if (fromStart.has(schedule.type)) return shape(epoch, epochs, schedule, tick);
  return shape(Math.max(0, epoch - warmup), epochs - warmup, schedule, tick);
}
