import { z } from 'zod';
import { UserError } from '../errors';
import { TrainingSettings } from '../graph/training';

const { epochs, rate, weightDecay } = TrainingSettings.shape;
/** What may be changed while a run is under way; `factor` multiplies the base rate. Limits are those of the settings. */
export const Wish = z.strictObject({
  rate: rate.unwrap().optional(),
  factor: z.number().positive().max(1000).optional(),
  weightDecay: weightDecay.unwrap().optional(),
  epochs: epochs.unwrap().optional(),
  patience: z.number().int().min(0).max(10_000).optional(),
});
export type Wish = z.infer<typeof Wish>;

/** One setting, changed between the step and the one after it. */
export const Change = z.strictObject({
  step: z.number().int(),
  setting: z.enum(['rate', 'weightDecay', 'epochs', 'patience']),
  from: z.number(),
  to: z.number(),
});
export type Change = z.infer<typeof Change>;
type Setting = Change['setting'];

const read = (t: TrainingSettings, setting: Setting): number =>
  setting === 'patience' ? t.watch.patience : t[setting];
const write = (t: TrainingSettings, { setting, to }: Change): TrainingSettings =>
  setting === 'patience' ? { ...t, watch: { ...t.watch, patience: to } } : { ...t, [setting]: to };

/** The settings after all `changes`. */
export const settingsAfter = (t: TrainingSettings, changes: readonly Change[]): TrainingSettings =>
  changes.reduce(write, t);

/** Largest rate there is: a factor leads no further. */
const MOST = 100;

/**
 * The settings of a run under way. What was changed once is told again at the same step by a run that goes on from an
 * earlier one, so that it computes the same.
 */
export class Changes {
  #settings: TrainingSettings;
  #made: readonly Change[];
  #ahead: readonly Change[];

  /** @param recorded of the run so far; those of `step` and after it are still to be made */
  constructor(settings: TrainingSettings, recorded: readonly Change[], step: number) {
    this.#made = recorded.filter((c) => c.step < step);
    this.#ahead = recorded.filter((c) => c.step >= step);
    this.#settings = settingsAfter(settings, this.#made);
  }

  get settings(): TrainingSettings {
    return this.#settings;
  }
  /** All that are made or still to be told again. */
  get all(): readonly Change[] {
    return [...this.#made, ...this.#ahead];
  }

  /** Makes what is wished, and what was recorded at this step. @returns what has changed by it, in order */
  take(step: number, wishes: readonly Wish[]): readonly Change[] {
    const due = this.#ahead.filter((c) => c.step <= step);
    this.#ahead = this.#ahead.filter((c) => c.step > step);
    const made = due.map((c) => this.#make({ ...c, step }));
    for (const wish of wishes) made.push(...this.#grant(step, wish));
    return made.filter((c) => c.from !== c.to);
  }

  #grant(step: number, { factor, ...wish }: Wish): Change[] {
    const scaled = factor && Math.min(MOST, (wish.rate ?? this.#settings.rate) * factor);
    const wanted = { ...wish, ...(scaled && { rate: scaled }) };
    return (Object.keys(wanted) as Setting[]).flatMap((setting) => {
      const to = wanted[setting];
      if (to === undefined) return [];
      // who changes a setting anew wants nothing that was recorded of it for later
      this.#ahead = this.#ahead.filter((c) => c.setting !== setting);
      return [this.#make({ step, setting, from: 0, to })];
    });
  }

  #make(change: Change): Change {
    const made = { ...change, from: read(this.#settings, change.setting) };
    this.#settings = write(this.#settings, made);
    if (made.from !== made.to) this.#made = [...this.#made, made];
    return made;
  }
}

/**
 * Whether a wish can be met.
 *
 * @param epoch the one under way, from 1 on; undefined when the last step is done
 * @throws UserError `change/late`, `change/epochs`
 */
export function checkWish({ epochs: wanted }: Wish, epoch: number | undefined): void {
  if (epoch === undefined) throw tooLate();
  if (wanted !== undefined && wanted < epoch) throw tooFew(epoch);
}

const tooLate = () =>
  new UserError(
    'change/late',
    'The run has done its last step.',
    'Settings count for the steps to come, and there are none.',
    'Start another run from this one: `train --from`, or Start from in the window.',
    { setting: 'epochs' },
  );
const tooFew = (epoch: number) =>
  new UserError(
    'change/epochs',
    `Epoch ${epoch} is under way.`,
    'A run cannot end before where it is.',
    `Set epochs to ${epoch} or more, or stop the run.`,
    { setting: 'epochs' },
  );
