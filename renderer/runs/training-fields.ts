import { OptimizerSettings, ScheduleSettings } from '../../engine/graph/training';
import type { Field } from '../../engine/nodes/fields';

const int = (name: string, title: string, min: number, max: number, help?: string): Field => ({
  name,
  title,
  control: 'int',
  min,
  max,
  ...(help && { help }),
});
const real = (name: string, title: string, min: number, max: number, help?: string): Field => ({
  name,
  title,
  control: 'number',
  min,
  max,
  ...(help && { help }),
});

const choice = (name: string, title: string, options: readonly string[], help: string): Field => ({
  ...{ name, title, control: 'choice', options, help },
});

/** Limits are those of the schema in engine/graph/training.ts, which judges every value. */
export const trainingFields: Readonly<Record<string, Field>> = {
  epochs: int('epochs', 'Epochs', 1, 10_000, 'How often every training picture is seen'),
  batch: int('batch', 'Batch', 1, 65_536, 'Pictures in one step; memory grows with it'),
  seed: int(
    'seed',
    'Seed',
    0,
    2_147_483_647,
    'Fixes first weights and order: the same seed repeats a run on the CPU bit by bit',
  ),
  rate: real('rate', 'Rate', 1e-12, 100, 'Length of a step, after the warm-up'),
  weightDecay: real('weightDecay', 'Weight decay', 0, 1, 'Pulls kernels towards zero'),
};
export const validationField = int(
  'validation',
  'Validation',
  0,
  1_000_000,
  'Training pictures held back to check every epoch',
);

const momentum = real('momentum', 'Momentum', 0, 0.9999, 'Share of the last step that is kept');
const adam: readonly Field[] = [
  real('beta1', 'β₁', 0, 0.9999, 'Memory of the mean gradient'),
  real('beta2', 'β₂', 0, 0.99999, 'Memory of its square'),
  real('epsilon', 'ε', 1e-12, 1, 'Keeps the division from zero'),
];
/** What an optimizer is called, and its own settings. */
export const optimizers: {
  readonly [T in OptimizerSettings['type']]: {
    readonly title: string;
    readonly fields: readonly Field[];
  };
} = {
  sgd: {
    title: 'SGD',
    fields: [
      momentum,
      { name: 'nesterov', title: 'Nesterov', control: 'toggle', help: 'Looks ahead along the momentum' },
    ],
  },
  adam: { title: 'Adam', fields: adam },
  adamw: { title: 'AdamW', fields: adam },
  rmsprop: {
    title: 'RMSProp',
    fields: [
      real('rho', 'ρ', 0, 0.9999, 'Memory of the squared gradient'),
      momentum,
      real('epsilon', 'ε', 1e-12, 10, 'Keeps the division from zero'),
    ],
  },
  adagrad: {
    title: 'Adagrad',
    fields: [real('epsilon', 'ε', 1e-12, 1, 'Keeps the division from zero')],
  },
  lion: { title: 'Lion', fields: adam.slice(0, 2) },
  lars: {
    title: 'LARS',
    fields: [momentum, real('trust', 'Trust', 1e-6, 1, 'Step of a layer as a share of its weights’ length')],
  },
};

const warmup = real('warmup', 'Warm-up', 0, 1000, 'Epochs in which the rate grows from zero');
const factor = real('factor', 'Cut to', 0.0001, 1, 'The rate is multiplied by this');
/** What a schedule is called, and its own settings. */
export const schedules: {
  readonly [T in ScheduleSettings['type']]: { readonly title: string; readonly fields: readonly Field[] };
} = {
  constant: { title: 'Constant', fields: [warmup] },
  step: {
    title: 'Steps, evenly',
    fields: [real('every', 'Cut every', 0.01, 10_000, 'Epochs between two cuts of the rate'), factor, warmup],
  },
  'multi-step': {
    title: 'Steps at epochs',
    fields: [
      { name: 'at', title: 'Cut after', control: 'text', help: 'Epochs, parted by commas' },
      factor,
      warmup,
    ],
  },
  exponential: {
    title: 'Exponential',
    fields: [real('factor', 'Each epoch', 0.0001, 1, 'What is left of the rate after an epoch'), warmup],
  },
  cosine: { title: 'Cosine', fields: [warmup] },
  'cosine-restarts': {
    title: 'Cosine with restarts',
    fields: [
      real('period', 'First', 0.01, 10_000, 'Epochs of the first cosine'),
      real('growth', 'Growth', 1, 10, 'Each cosine is this many times as long as the one before'),
      warmup,
    ],
  },
  'one-cycle': {
    title: 'One cycle',
    fields: [
      real('rise', 'Rise', 0.01, 0.99, 'Share of the run in which the rate grows'),
      real('start', 'Start ÷', 1, 1e6, 'The first rate is the highest divided by this'),
      real('end', 'End ÷', 1, 1e8, 'The last rate is the first divided by this'),
    ],
  },
  polynomial: {
    title: 'Polynomial',
    fields: [real('power', 'Power', 0.1, 10, '1 is a straight line to zero'), warmup],
  },
};

export const augmentFields: readonly Field[] = [
  {
    name: 'flip',
    title: 'Flip',
    control: 'toggle',
    help: 'Mirrors every other picture left to right; not for digits',
  },
  int(
    'crop',
    'Pad and crop',
    0,
    64,
    'Pixels of zeros around the picture, then a cut of its own size at a random place',
  ),
  real(
    'mixup',
    'Mixup',
    0,
    10,
    'Alpha: each picture is blended with another, and its label with that of the other',
  ),
  real(
    'cutmix',
    'CutMix',
    0,
    10,
    'Alpha: a rectangle of another picture is laid over each, its label by the area',
  ),
];

export const lossFields: readonly Field[] = [
  real('smoothing', 'Smoothing', 0, 0.9, 'Share of the target that is spread over all classes'),
  choice(
    'classes',
    'Classes',
    ['equal', 'balanced'],
    'Balanced: rare classes count more, so that all count the same',
  ),
];
export const clipFields: readonly Field[] = [
  real('norm', 'Clip norm', 0, 1e6, 'Longest the gradient of all weights together may be; 0 is any length'),
  real('value', 'Clip value', 0, 1e6, 'Largest a single number of the gradient may be; 0 is any'),
];
export const stepFields: readonly Field[] = [
  int(
    'accumulate',
    'Batches a step',
    1,
    1024,
    'Their gradients are averaged: a large batch in the memory of a small one',
  ),
  real(
    'average',
    'Average',
    0,
    0.99999,
    'Share kept in the running average of the weights, which is what is measured; 0 is none',
  ),
  choice(
    'precision',
    'Precision',
    ['float32', 'mixed'],
    'Mixed: products in 16 bits, sums and weights in 32. Needs a GPU, or a processor with bfloat16',
  ),
  {
    name: 'recompute',
    title: 'Recompute',
    control: 'toggle',
    help: 'Computes most layers twice in place of keeping them: about a third slower, with much less memory',
  },
];
export const watchFields: readonly Field[] = [
  choice('metric', 'Better by', ['accuracy', 'loss'], 'Of the validation pictures'),
  int('patience', 'Patience', 0, 10_000, 'Epochs without a better one after which the run ends; 0 is never'),
  real('delta', 'By at least', 0, 100, 'How much better counts as better'),
  int('plateau', 'Plateau', 0, 10_000, 'Epochs without a better one after which the rate is cut; 0 is never'),
  {
    ...real('factor', 'Cut to', 0.0001, 1, 'The rate is multiplied by this'),
    only: (w) => w['plateau'] !== 0,
  },
  {
    name: 'best',
    title: 'Test the best',
    control: 'toggle',
    help: 'The test is of the best epoch, not of the last',
  },
  int(
    'every',
    'Check every',
    0,
    1_000_000,
    'Steps between two measurements within an epoch; 0 is at its end only',
  ),
];

/** The settings of another optimizer or schedule, with its defaults. */
export function withType(section: 'optimizer', type: OptimizerSettings['type']): OptimizerSettings;
export function withType(
  section: 'schedule',
  type: ScheduleSettings['type'],
  kept: { warmup: number },
): ScheduleSettings;
export function withType(
  section: 'optimizer' | 'schedule',
  type: string,
  kept: object = {},
): OptimizerSettings | ScheduleSettings {
  return section === 'optimizer'
    ? OptimizerSettings.parse({ type })
    : ScheduleSettings.parse({ type, ...kept });
}
