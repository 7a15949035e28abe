import { z } from 'zod';
import type { TrainingSettings } from '../graph/training';
import type { Score } from './events';

/** What the validation pictures have told so far. Epochs count, not measurements within one. */
export const Watched = z.strictObject({
  /** The best figure and the step it was measured after; null before the first. */
  best: z.strictObject({ value: z.number(), step: z.number().int() }).nullable(),
  /** Epochs since then, and since then or the last cut of the rate. */
  since: z.number().int(),
  flat: z.number().int(),
  /** How often the rate was cut. */
  cuts: z.number().int(),
});
export type Watched = z.infer<typeof Watched>;
export const UNWATCHED: Watched = { best: null, since: 0, flat: 0, cuts: 0 };

type Settings = TrainingSettings['watch'];

/** After the epoch that ended with `step` had `score` on the validation pictures. */
export function watch(before: Watched, score: Score, step: number, settings: Settings): Watched {
  const value = score[settings.metric];
  if (isBetter(value, before.best?.value, settings))
    return { ...before, best: { value, step }, since: 0, flat: 0 };
  const [since, flat] = [before.since + 1, before.flat + 1];
  const cut = settings.plateau > 0 && flat >= settings.plateau;
  return { ...before, since, flat: cut ? 0 : flat, cuts: before.cuts + Number(cut) };
}

function isBetter(value: number, best: number | undefined, { metric, delta }: Settings): boolean {
  if (best === undefined) return true;
  return metric === 'loss' ? value < best - delta : value > best + delta;
}

/** Whether so many epochs brought nothing better that the run is to end. */
export const isOver = ({ since }: Watched, { patience }: Settings): boolean =>
  patience > 0 && since >= patience;

/** What the rate of the schedule is multiplied by. */
export const cutOf = ({ cuts }: Watched, { factor }: Settings): number => factor ** cuts;
