import { z } from 'zod';
import { ClassReport } from '../analysis/class-report';
import type { Problem } from '../analysis/problem';
import type { LayerSignals } from '../compile/signals';
import { Change } from './change';
import { Started } from './transfer/start';

/** Loss (mean cross-entropy, nats) and accuracy (0 to 1) over a set of pictures. */
export const Score = z.strictObject({
  loss: z.number(),
  accuracy: z.number(),
  /** Share of the pictures whose class is among the five most likely; with more than ten classes. */
  top5: z.number().optional(),
});
export type Score = z.infer<typeof Score>;

export const Device = z.strictObject({
  kind: z.enum(['cpu', 'gpu']),
  /** As TensorFlow names it, or the CPU's threads: `CPU · 2 threads`. */
  name: z.string(),
  /** Bytes that a GPU gives to TensorFlow. */
  memory: z.number().optional(),
});
export type Device = z.infer<typeof Device>;

const Start = z.strictObject({
  type: z.literal('start'),
  run: z.string(),
  folder: z.string(),
  name: z.string(),
  device: Device,
  epochs: z.number().int(),
  stepsPerEpoch: z.number().int(),
  /** The step a resumed run goes on from; 0 for a new one. */
  step: z.number().int(),
  params: z.strictObject({ trainable: z.number(), nonTrainable: z.number() }),
});
/** What the run took from an earlier one, and what of the net is frozen; only where there is either. */
const Taken = z.strictObject({ type: z.literal('transfer'), ...Started.shape });
/** After every optimizer step. `step` counts from 1 over the whole run; loss and accuracy are of that batch. */
const Step = z.strictObject({
  type: z.literal('step'),
  step: z.number().int(),
  epoch: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  rate: z.number(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number(),
});
/** `epoch` counts from 1; train scores are the mean over its steps. */
const Epoch = z.strictObject({
  type: z.literal('epoch'),
  epoch: z.number().int(),
  step: z.number().int(),
  train: Score,
  validation: Score.nullable(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number(),
});
/** Of the validation pictures within an epoch. */
const Validation = z.strictObject({
  type: z.literal('validation'),
  step: z.number().int(),
  validation: Score,
});
/** What the layers did in one step, sampled: see `LayerSignals`; `update` is the length of the change over the kernel's. */
const Signals = z.strictObject({
  type: z.literal('signals'),
  step: z.number().int(),
  layers: z.array(
    z.strictObject({
      path: z.string(),
      gradient: z.number().nullable(),
      weight: z.number().nullable(),
      update: z.number().nullable(),
      mean: z.number(),
      deviation: z.number(),
      dead: z.number().nullable(),
    }),
  ),
});
const Checkpoint = z.strictObject({
  type: z.literal('checkpoint'),
  step: z.number().int(),
  folder: z.string(),
});
/** A setting that was changed after `step`: it counts from the next one on. */
const Changed = z.strictObject({ type: z.literal('change'), ...Change.shape });
const State = z.strictObject({
  type: z.literal('state'),
  state: z.enum(['preparing', 'training', 'validating', 'paused', 'testing']),
});
const Done = z.strictObject({
  type: z.literal('done'),
  run: z.string(),
  /** Scores on the test split; null for a run stopped before its first step. */
  test: Score.nullable(),
  seconds: z.number(),
  /** Whether the user stopped it before its last step. */
  stopped: z.boolean(),
  /** Whether it ended before its last step because it got no better. */
  early: z.boolean().optional(),
  /** The best epoch on the validation pictures, by the figure that is watched. */
  best: z.strictObject({ step: z.number().int(), value: z.number() }).optional(),
  /** The step whose weights the test split was measured with. */
  testedStep: z.number().int().optional(),
  step: z.number().int(),
  /** Row: true class, column: predicted class, entry: pictures of the test split. */
  confusion: z.array(z.array(z.number().int())),
  classNames: z.array(z.string()),
  /** What follows from the confusion; absent where nothing was tested, and in runs of earlier builds. */
  report: ClassReport.optional(),
  folder: z.string(),
});

/** What a training run tells, in order: start, transfer, states, steps, epochs, checkpoints, done. */
export const TrainEvent = z.discriminatedUnion('type', [
  ...([Start, Taken, Step, Signals, Validation, Epoch, Checkpoint, Changed, State, Done] as const),
]);
export type TrainEvent = z.infer<typeof TrainEvent>;
export type EventOf<T extends TrainEvent['type']> = Extract<TrainEvent, { type: T }>;

/** What a few training steps of a net told of this machine. */
export const Probe = z.strictObject({
  device: z.string(),
  /** Median of a step, the first one left out. */
  secondsPerStep: z.number(),
  imagesPerSecond: z.number(),
  /** How much longer a step takes here than on the machine of reference: 1 is as fast. */
  slowness: z.number(),
  epochSeconds: z.number(),
  steps: z.number().int(),
});
export type Probe = z.infer<typeof Probe>;

/** The smoothed loss over a rate that grew, and the rate at which it fell fastest. */
export const RateSweep = z.strictObject({
  points: z.array(z.strictObject({ rate: z.number(), loss: z.number() })),
  suggested: z.number().nullable(),
});
export type RateSweep = z.infer<typeof RateSweep>;

/** What one batch tells before a run. */
export interface Preflight {
  /** Losses of the same batch again and again; the last is null where it became no number. */
  readonly overfit: { readonly steps: number; readonly first: number; readonly last: number | null };
  /** The loss of a guess among the classes. */
  readonly guess: number;
  readonly layers: readonly LayerSignals[];
  readonly problems: readonly Problem[];
}
