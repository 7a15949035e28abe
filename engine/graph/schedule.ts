import type { ScheduleSettings } from '../../graph/training';

/** The share of the base rate at a moment, 0 to 1; both in epochs, after the warm-up. */
type Schedule<S> = (epoch: number, length: number, settings: S) => number;
type Of<T extends ScheduleSettings['type']> = Extract<ScheduleSettings, { type: T }>;

const schedules: { readonly [T in ScheduleSettings['type']]: Schedule<Of<T>> } = {
  constant: () => 1,
  step: (epoch, _length, { every, factor }) => factor ** Math.floor(epoch / every),
  /** Half a cosine from 1 to 0. @see Loshchilov, Hutter 2017, SGDR, equation 5 without restarts */
  cosine: (epoch, length) => (length > 0 ? (1 + Math.cos((Math.PI * epoch) / length)) / 2 : 1),
};

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
  const epoch = (step - 1 - warm) / run.stepsPerEpoch;
  const shape = schedules[schedule.type] as Schedule<ScheduleSettings>;
  // the steps between two cuts count from the start of the run, warm-up included
  const at = schedule.type === 'step' ? (step - 1) / run.stepsPerEpoch : Math.max(0, epoch);
  return rate * shape(at, run.epochs - schedule.warmup, schedule);
}
