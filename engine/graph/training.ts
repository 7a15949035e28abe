import { z } from 'zod';

/**
 * How the net of a document is trained. Every field has a default, so `TrainingSettings.parse({})` is a sound start.
 * Rates are per step; lengths of schedules are epochs, so that they keep their meaning when the batch changes.
 */
const Sgd = z.strictObject({
  type: z.literal('sgd'),
  momentum: z.number().min(0).max(0.9999).default(0.9),
  nesterov: z.boolean().default(false),
});
const Adam = z.strictObject({
  type: z.literal('adam'),
  beta1: z.number().min(0).max(0.9999).default(0.9),
  beta2: z.number().min(0).max(0.99999).default(0.999),
  epsilon: z.number().positive().max(1).default(1e-7),
});
export const OptimizerSettings = z.discriminatedUnion('type', [Sgd, Adam]);

const warmup = z.number().min(0).max(1000).default(0).describe('Epochs in which the rate grows from zero');
const Constant = z.strictObject({ type: z.literal('constant'), warmup });
const Step = z.strictObject({
  type: z.literal('step'),
  warmup,
  every: z.number().positive().max(10_000).default(30).describe('Epochs between two cuts'),
  factor: z.number().positive().max(1).default(0.1),
});
const Cosine = z.strictObject({ type: z.literal('cosine'), warmup });
export const ScheduleSettings = z.discriminatedUnion('type', [Constant, Step, Cosine]);

export const TrainingSettings = z.strictObject({
  data: z
    .strictObject({
      /** Id of a data set: mnist, fashion-mnist, or `idx` for a folder of IDX files. */
      set: z.string().min(1).max(64).default('mnist'),
      folder: z.string().max(4096).optional(),
      /** Pictures of the training split that are held back to validate. */
      validation: z.number().int().min(0).max(1_000_000).default(5000),
    })
    .prefault({}),
  epochs: z.number().int().min(1).max(10_000).default(10),
  batch: z.number().int().min(1).max(65_536).default(128),
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  rate: z.number().positive().max(100).default(0.1),
  schedule: ScheduleSettings.prefault({ type: 'cosine', warmup: 0.1 }),
  optimizer: OptimizerSettings.prefault({ type: 'sgd' }),
  weightDecay: z.number().min(0).max(1).default(1e-4),
  augment: z
    .strictObject({
      flip: z.boolean().default(false),
      /** Pixels of zero padding before a crop of the picture's own size at a random place; 0 leaves it out. */
      crop: z.number().int().min(0).max(64).default(0),
    })
    .prefault({}),
});
export type TrainingSettings = z.infer<typeof TrainingSettings>;
export type OptimizerSettings = z.infer<typeof OptimizerSettings>;
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;
