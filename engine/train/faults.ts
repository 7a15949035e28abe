import type { Analysis } from '../analysis/analyse';
import type { firstFault } from '../compile/signals';
import type { DataSet } from '../data/describe';
import { UserError } from '../errors';
import type { GraphDocument } from '../graph/document';
import { type TrainingSettings, USUAL_RATES } from '../graph/training';

/** @throws UserError `train/no-weights`, `train/too-few-pictures` */
export function checkTrainable(doc: GraphDocument, { total }: Analysis, data: DataSet): void {
  if (total.params.trainable === 0) throw noWeights();
  checkSizes(doc, data);
}

const noWeights = () =>
  new UserError(
    'train/no-weights',
    'The net has no weights to train.',
    'Training changes weights, and none of the layers between Input and Output has one.',
    'Put a Conv or a Dense between Input and Output.',
  );

function checkSizes({ training }: GraphDocument, { train, info }: DataSet): void {
  const { batch, accumulate, data } = training;
  const left = Math.max(0, train.count - data.validation);
  if (left >= batch * accumulate) return;
  const step = accumulate === 1 ? `one batch of ${batch}` : `${accumulate} batches of ${batch} of one step`;
  const fits = Math.max(1, Math.min(batch, Math.floor(train.count / 2)));
  const validation = Math.min(data.validation, Math.floor(train.count / 10));
  throw new UserError(
    'train/too-few-pictures',
    `${left} pictures are left to train on, fewer than ${step}.`,
    `${info.title} has ${train.count} training pictures, and ${data.validation} of them are to validate.`,
    `Set batch to ${fits} or less, and validation to ${validation}.`,
    { setting: left > 0 ? 'batch' : 'data' },
    [
      {
        label: `Set batch to ${fits} and validation to ${validation}`,
        command: 'training.set',
        args: { patch: { batch: fits, accumulate: 1, data: { ...data, validation } } },
      },
    ],
  );
}

/** Name of the first variable that holds a number that is none, in the order of the net. */
export const firstBroken = (values: ReadonlyMap<string, Float32Array>): string | undefined =>
  [...values].find(([, data]) => !data.every(Number.isFinite))?.[0];

interface Divergence {
  /** Where it is the loss that is no number. */
  readonly loss?: number;
  /** The first variable that is no longer finite, where it is the weights. */
  readonly broken?: string | undefined;
  readonly fault?: ReturnType<typeof firstFault>;
}

/** @param file the run's folder */
export function diverged(
  step: number,
  { loss, broken, fault }: Divergence,
  { rate, optimizer }: TrainingSettings,
  file: string,
): UserError {
  const calmer = Number(Math.min(rate / 10, USUAL_RATES[optimizer.type]).toPrecision(2));
  const what = loss === undefined ? `The values of ${broken}` : 'The loss';
  const became = loss === undefined || Number.isNaN(loss) ? 'not a number' : 'infinite';
  const where = fault && `The ${fault.in} of ${fault.path} was the first that was no number. `;
  return new UserError(
    'train/diverged',
    `${what} became ${became} at step ${step}.`,
    `${where ?? ''}Weights grew past all bounds, most often because the learning rate (${rate}) is too high for this net.`,
    `Set the rate to ${calmer}, or add batch norm after the convolutions. The last checkpoint is kept.`,
    { setting: 'rate', file, ...(fault && { node: fault.path }) },
    [
      {
        label: `Set the rate to ${calmer}`,
        command: 'training.set',
        args: { patch: { rate: calmer } },
      },
    ],
  );
}
