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
/** Adam with the decay taken off the weight itself, not added to the gradient. */
const AdamW = Adam.extend({ type: z.literal('adamw') });
const RmsProp = z.strictObject({
  type: z.literal('rmsprop'),
  rho: z.number().min(0).max(0.9999).default(0.9),
  momentum: z.number().min(0).max(0.9999).default(0),
  epsilon: z.number().positive().max(10).default(1e-7),
});
const Adagrad = z.strictObject({
  type: z.literal('adagrad'),
  epsilon: z.number().positive().max(1).default(1e-7),
});
const Lion = z.strictObject({
  type: z.literal('lion'),
  beta1: z.number().min(0).max(0.9999).default(0.9),
  beta2: z.number().min(0).max(0.99999).default(0.99),
});
const Lars = z.strictObject({
  type: z.literal('lars'),
  momentum: z.number().min(0).max(0.9999).default(0.9),
  /** Length of a layer's step as a share of the length of its weights. */
  trust: z.number().positive().max(1).default(0.001),
});
export const OptimizerSettings = z.discriminatedUnion('type', [
  ...([Sgd, Adam, AdamW, RmsProp] as const),
  ...([Adagrad, Lion, Lars] as const),
]);

/** Rates that most nets train at. */
export const USUAL_RATES: Readonly<Record<z.infer<typeof OptimizerSettings>['type'], number>> = {
  ...{ sgd: 0.1, adam: 0.001, adamw: 0.001, rmsprop: 0.001 },
  ...{ adagrad: 0.01, lion: 0.0001, lars: 1 },
};

const warmup = z.number().min(0).max(1000).default(0).describe('Epochs in which the rate grows from zero');
const epochs = z.number().positive().max(10_000);
const Constant = z.strictObject({ type: z.literal('constant'), warmup });
const Step = z.strictObject({
  type: z.literal('step'),
  warmup,
  every: epochs.default(30).describe('Epochs between two cuts'),
  factor: z.number().positive().max(1).default(0.1),
});
const MultiStep = z.strictObject({
  type: z.literal('multi-step'),
  warmup,
  /** Epochs after which the rate is cut. */
  at: z.array(epochs).min(1).max(50).default([5, 8]),
  factor: z.number().positive().max(1).default(0.1),
});
const Exponential = z.strictObject({
  type: z.literal('exponential'),
  warmup,
  /** Of the rate, epoch by epoch. */
  factor: z.number().positive().max(1).default(0.95),
});
const Cosine = z.strictObject({ type: z.literal('cosine'), warmup });
const CosineRestarts = z.strictObject({
  type: z.literal('cosine-restarts'),
  warmup,
  /** Epochs of the first cosine; each one after it is `growth` times as long. */
  period: epochs.default(2),
  growth: z.number().min(1).max(10).default(2),
});
const OneCycle = z.strictObject({
  type: z.literal('one-cycle'),
  /** Of no use here: the cycle starts low by itself. */
  warmup,
  /** Share of the run in which the rate grows. */
  rise: z.number().min(0.01).max(0.99).default(0.3),
  /** The first rate is the highest divided by this, the last one the first divided by `end`. */
  start: z.number().min(1).max(1e6).default(25),
  end: z.number().min(1).max(1e8).default(1e4),
});
const Polynomial = z.strictObject({
  type: z.literal('polynomial'),
  warmup,
  power: z.number().min(0.1).max(10).default(1),
});
export const ScheduleSettings = z.discriminatedUnion('type', [
  ...([Constant, Step, MultiStep, Exponential] as const),
  ...([Cosine, CosineRestarts, OneCycle, Polynomial] as const),
]);

const alpha = z.number().min(0).max(10).default(0);
/** Alpha of the Beta distribution that the share of the other picture is drawn from; 0 leaves it out. */
const Mixing = {
  /** Of every pixel. @see Zhang, Cisse, Dauphin, Lopez-Paz 2018, mixup. arXiv:1710.09412 */
  mixup: alpha,
  /** Of the area: a rectangle. @see Yun et al. 2019, CutMix. arXiv:1905.04899 */
  cutmix: alpha,
};
const Loss = z.strictObject({
  /** Share of the target that is spread over all classes. @see Szegedy et al. 2016, arXiv:1512.00567, section 7 */
  smoothing: z.number().min(0).max(0.9).default(0),
  /** What the loss of a picture counts by its class: the same; more for rare classes; or a number for each class. */
  classes: z
    .union([z.enum(['equal', 'balanced']), z.array(z.number().min(0).max(1e6)).max(65_536)])
    .default('equal'),
});
const Clip = z.strictObject({
  /** Longest the gradient of all weights together may be; 0: any length. */
  norm: z.number().min(0).max(1e6).default(0),
  /** Largest a gradient of one number may be; 0: any. */
  value: z.number().min(0).max(1e6).default(0),
});
/** What follows from the validation pictures. */
const Watch = z.strictObject({
  metric: z.enum(['loss', 'accuracy']).default('accuracy'),
  /** Epochs without a better figure after which the run ends; 0: it never does. */
  patience: z.number().int().min(0).max(10_000).default(0),
  /** Epochs without a better figure after which the rate is multiplied by `factor`; 0: never. */
  plateau: z.number().int().min(0).max(10_000).default(0),
  factor: z.number().min(0.0001).max(1).default(0.1),
  /** How much better counts as better. */
  delta: z.number().min(0).max(100).default(0),
  /** Whether the test split is measured with the weights of the best epoch, not the last. */
  best: z.boolean().default(false),
  /** Steps between two measurements within an epoch; 0: at its end only. */
  every: z.number().int().min(0).max(1_000_000).default(0),
});

export const TrainingSettings = z.strictObject({
  data: z
    .strictObject({
      /** Id of a data set in `engine/data/catalogue.ts`: mnist, or `pictures` for a folder of picture files. */
      set: z.string().min(1).max(64).default('mnist'),
      folder: z.string().max(4096).optional(),
      /** Side to which a folder of picture files is brought; left out, it follows from the pictures. */
      size: z.number().int().min(8).max(512).optional(),
      colour: z.enum(['grey', 'colour']).optional(),
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
      ...Mixing,
    })
    .prefault({}),
  loss: Loss.prefault({}),
  clip: Clip.prefault({}),
  /** Batches whose gradients are averaged for one step: a large batch in the memory of a small one. */
  accumulate: z.number().int().min(1).max(1024).default(1),
  /** Share of the old value kept in the running average of each weight, which is then what is measured; 0: none. */
  average: z.number().min(0).max(0.99999).default(0),
  watch: Watch.prefault({}),
  /**
   * `mixed`: convolutions and products in 16 bits, sums and weights in 32; bfloat16 on a CPU that has it, float16 on a
   * GPU. @see Micikevicius et al. 2018, Mixed Precision Training. arXiv:1710.03740
   */
  precision: z.enum(['float32', 'mixed']).default('float32'),
  /**
   * Whether the backward pass computes most layers a second time in place of keeping what they gave: slower, and deeper
   * nets or larger batches fit. @see Chen et al. 2016, arXiv:1604.06174
   */
  recompute: z.boolean().default(false),
});
export type TrainingSettings = z.infer<typeof TrainingSettings>;
export type OptimizerSettings = z.infer<typeof OptimizerSettings>;
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;
