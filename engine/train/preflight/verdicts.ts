import { type Problem, problem } from '../../analysis/problem';
import type { LayerSignals } from '../../compile/signals';
import type { Split } from '../../data/describe';
import { type TrainingSettings, USUAL_RATES } from '../../graph/training';

/** Beyond these a signal is lost or swamped after a few layers more. */
const [FAINT, LOUD] = [1e-3, 1e3];
const MANY_DEAD = 0.5;
/** Of the largest gradient in relation to its kernel. */
const VANISHED = 1e-5;
/** Times as many pictures in the largest class as in the smallest. */
const UNEVEN = 5;
/** Pictures of one colour only. */
const FLAT = 0.01;
/** Times the loss of a guess. */
const SURE = 3;
/** What is left of the loss of one batch, where the net does learn. */
const LEARNED = 0.5;

const patch = (label: string, change: Partial<TrainingSettings>) => ({
  label,
  command: 'training.set',
  args: { patch: change },
});
const warning = (
  text: readonly [string, string, string, string],
  node?: string,
  repairs: Problem['repairs'] = [],
) => problem('warning', text, node === undefined ? {} : { node }, repairs);

/** The first layer whose result spreads far too little or too much, and the first that is mostly dead. */
export function judgeLayers(layers: readonly LayerSignals[]): readonly Problem[] {
  const spread = layers.find(({ deviation: d }) => d < FAINT || d > LOUD);
  const dead = layers.find((l) => (l.dead ?? 0) > MANY_DEAD);
  const kernels = layers.filter((l) => l.gradient !== null && l.weight);
  const pull = ({ gradient, weight }: LayerSignals) => gradient! / weight!;
  const strongest = Math.max(...kernels.map(pull));
  const still = kernels.find((l) => pull(l) < VANISHED * strongest);
  return [
    spread &&
      warning(
        [
          'preflight/spread',
          `The result of ${spread.path} spreads by ${spread.deviation.toPrecision(2)}.`,
          'The first weights make signals fade or grow layer by layer; what lies behind learns slowly or not at all.',
          'Add batch norm before it, or choose the initialiser he for layers before a ReLU.',
        ],
        spread.path,
      ),
    dead &&
      warning(
        [
          'preflight/dead',
          `${Math.round(dead.dead! * 100)} % of the channels of ${dead.path} are zero for every picture.`,
          'A channel that never fires has no gradient and stays as it is.',
          'Add batch norm before it, or use leaky ReLU.',
        ],
        dead.path,
      ),
    still &&
      warning(
        [
          'preflight/gradient',
          still.gradient === 0
            ? `No gradient reaches ${still.path}.`
            : `The gradient of ${still.path} is ${(pull(still) / strongest).toExponential(0)} of the strongest one.`,
          'It is lost on the way back from the loss, so that this layer hardly learns.',
          'Add batch norm or shortcuts between it and the output.',
        ],
        still.path,
      ),
  ].filter((p) => p !== undefined);
}

/** Classes of very different sizes, and pictures without content. @param pixels numbers of one picture */
export function judgeData({ labels, pictures, count }: Split, classes: number, { loss }: TrainingSettings) {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  const [most, fewest] = [Math.max(...counts), Math.min(...counts)];
  const pixels = pictures.length / count;
  let flat = 0;
  for (let i = 0; i < count; i++) {
    const first = pictures[i * pixels];
    let j = i * pixels;
    while (j < (i + 1) * pixels && pictures[j] === first) j++;
    if (j === (i + 1) * pixels) flat++;
  }
  const empty = [...counts].indexOf(0);
  return [
    empty >= 0 &&
      warning([
        'preflight/empty-class',
        `No training picture is of class ${empty}.`,
        'The net cannot learn what it never sees.',
        'Check the folder or the labels, or leave the class out.',
      ]),
    empty < 0 &&
      most > UNEVEN * fewest &&
      loss.classes === 'equal' &&
      warning(
        [
          'preflight/balance',
          `The largest class has ${Math.round(most / fewest)} times as many pictures as the smallest.`,
          'The net learns the frequent classes first, and accuracy hides how it does on the rare ones.',
          'Let rare classes count more.',
        ],
        undefined,
        [patch('Balance the classes', { loss: { ...loss, classes: 'balanced' } })],
      ),
    flat > FLAT * count &&
      warning([
        'preflight/flat',
        `${flat.toLocaleString('en')} of ${count.toLocaleString('en')} training pictures are of one colour only.`,
        'They teach nothing, and may be broken files.',
        'Look at the data, and leave them out.',
      ]),
  ].filter((p) => p !== false);
}

/** What training on one batch again and again came to. */
export interface Overfit {
  readonly steps: number;
  readonly first: number;
  /** Infinite where the loss became no number. */
  readonly last: number;
}

/** The loss before the first step, and what became of it on one batch. */
export function judgeLoss(
  { first, last, steps }: Overfit,
  classes: number,
  { rate, optimizer }: TrainingSettings,
): readonly Problem[] {
  const guess = Math.log(classes);
  const usual = USUAL_RATES[optimizer.type];
  const calmer = Number(Math.min(rate / 10, usual).toPrecision(2));
  const bolder = Number((rate < usual ? Math.min(rate * 10, usual) : rate).toPrecision(2));
  const wild = last > first;
  return [
    first > SURE * guess &&
      warning([
        'preflight/first-loss',
        `The first loss is ${first.toPrecision(3)}; a guess among ${classes} classes has ${guess.toPrecision(3)}.`,
        'The first weights make the net very sure of wrong answers, which it must unlearn first.',
        'Add batch norm, or choose a calmer initialiser for the last layer.',
      ]),
    last > LEARNED * first &&
      warning(
        [
          wild ? 'preflight/grows' : 'preflight/learns-nothing',
          wild
            ? `On one batch again and again the loss grew from ${first.toPrecision(3)} to ${Number.isFinite(last) ? last.toPrecision(3) : 'no number'}.`
            : `On one batch again and again the loss only fell from ${first.toPrecision(3)} to ${last.toPrecision(3)} in ${steps} steps.`,
          wild
            ? `The learning rate ${rate} is too high for this net.`
            : 'A net that learns can learn one batch by heart.',
          wild
            ? `Set the rate to ${calmer}.`
            : 'Try another rate with the rate finder; look whether dropout or weight decay holds the net back.',
        ],
        undefined,
        wild
          ? [patch(`Set the rate to ${calmer}`, { rate: calmer })]
          : bolder > rate
            ? [patch(`Set the rate to ${bolder}`, { rate: bolder })]
            : [],
      ),
  ].filter((p) => p !== false);
}
