import { z } from 'zod';
import { type Analysis, analyse } from '../../engine/analysis/analyse';
import { checkFit, type DataShape } from '../../engine/analysis/fit';
import { fitDocument } from '../../engine/analysis/fit-command';
import type { DataInfo } from '../../engine/data/describe';
import type { DataChoice } from '../../engine/data/source';
import { UserError } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import { formatShape } from '../../engine/ir/shape';
import { createJob } from '../../engine/train/jobs/job-folder';
import { train as startTraining } from '../../engine/train/trainer';
import { NET, net, whole } from '../arguments';
import { defineCli, type Terminal } from '../command';
import { DATA_HELP, dataChoice, describeData, PICTURE_OPTIONS, pictureArgs } from '../data';
import { count } from '../format';
import { jobToEnd } from '../job';
import { openNet, requireSound } from '../net';
import { runsFolder, runToEnd } from '../run';
import { seedsArgument, seedsOf } from '../seeds';
import { START_OPTIONS, startArgs, startOptions } from '../start';
import { withSettings } from '../training';

const RATE = 'must be a number above 0, up to 100';
export const trainArgs = z.object({
  net,
  data: z.string().min(1).optional(),
  ...pictureArgs,
  epochs: whole(1, 10_000).optional(),
  batch: whole(1, 65_536).optional(),
  seed: whole(0, 2_147_483_647).optional(),
  seeds: seedsArgument.optional(),
  rate: z.coerce.number({ error: RATE }).positive(RATE).max(100, RATE).optional(),
  limit: whole(1, 1_000_000_000).optional(),
  set: z.array(z.string()).default([]),
  runs: z.string().min(1).optional(),
  fit: z.boolean().default(false),
  ...startArgs,
});
export const probeArgs = trainArgs.pick({
  ...{ net: true, data: true, as: true, size: true, colour: true },
  ...{ batch: true, set: true, fit: true },
});
const SET = ['--set <path=value...>', 'any other setting: loss.smoothing=0.1 optimizer.type=adam'] as const;
export const probeOptions = [
  ['--data <set>', `${DATA_HELP}; else that of the graph file`],
  ...PICTURE_OPTIONS,
  ['--batch <n>', 'pictures a step'],
  SET,
  ['--fit', 'give the net of a file the shape and classes of the data, as is done with templates'],
] as const;
type Args = z.output<typeof trainArgs>;
export const trainOptions = [
  ['--data <set>', `${DATA_HELP}; else that of the graph file`],
  ...PICTURE_OPTIONS,
  ['--epochs <n>', 'times that every picture is seen'],
  ['--batch <n>', 'pictures a step'],
  ['--seed <n>', 'the same seed gives the same run on the CPU'],
  [
    '--seeds <n or list>',
    'a run for each of n seeds, or of seeds such as 1,2,7: a job, with mean and deviation',
  ],
  ['--rate <r>', 'learning rate'],
  SET,
  ...START_OPTIONS,
  ['--limit <steps>', 'end after so many steps'],
  ['--runs <dir>', 'where run folders go; else CONVLOOM_RUNS or ~/Convloom/runs'],
  ['--fit', 'give the net of a file the shape and classes of the data, as is done with templates'],
] as const;

/** `convloom train resnet-20 --data mnist --epochs 1`: trains, and keeps all in a run folder. */
export const train = defineCli({
  name: 'train',
  summary: 'Train a net with TensorFlow',
  argument: NET,
  options: trainOptions,
  example: 'convloom train resnet-20 --data mnist --epochs 1',
  args: trainArgs,

  async run(options, terminal) {
    const doc = await prepare(options, terminal);
    const limit = options.limit === undefined ? {} : { limit: options.limit };
    const runs = runsFolder(options.runs);
    const start = startOptions(options, runs);
    if (options.seeds) {
      const seeds = seedsOf(options.seeds, doc.training.seed);
      return jobToEnd(await createJob(runs, { doc, seeds, ...limit, ...(start && { start }) }), terminal);
    }
    const rest = { runsFolder: runs, start, ...limit };
    return runToEnd((control) => startTraining({ doc, control, ...rest }), terminal);
  },
});

/**
 * The document as it will be trained: with the options in its training section, and fitted to the data
 * where that is wanted.
 *
 * @throws UserError the first fault of data, fit or graph
 */
export async function prepare(
  options: Pick<Args, 'net' | 'fit'> & Partial<Args>,
  terminal: Pick<Terminal, 'note'>,
): Promise<GraphDocument> {
  const { doc, from } = await openNet(options.net);
  const { size, colour } = options;
  const choice = {
    ...(options.data === undefined ? doc.training.data : await dataChoice(options.data, options.as)),
    ...(size !== undefined && { size }),
    ...(colour !== undefined && { colour }),
  };
  const info = await describeData(choice);
  const settled = withOptions(doc, options, choice, info);
  const { validation } = settled.training.data;
  if (validation < doc.training.data.validation) {
    terminal.note(`${count(validation)} pictures are held back to validate, a tenth of ${info.title}.`);
  }
  if (from === 'file' && !options.fit) {
    requireFit(analyse(settled), info);
    return settled;
  }
  const fitted = fitDocument.run(settled, { shape: info.shape, classes: info.classes });
  if (fitted !== settled)
    terminal.note(`Fitted to ${info.title}: ${formatShape(info.shape)}, ${info.classes} classes.`);
  requireFit(analyse(fitted), info);
  return fitted;
}

function withOptions(
  doc: GraphDocument,
  options: Partial<Args>,
  chosen: DataChoice,
  info: DataInfo,
): GraphDocument {
  const training = withSettings(doc.training, options.set ?? []);
  const held = training.data.validation;
  // a small data set would have nothing left to train on
  const validation = held * 2 > info.train ? Math.floor(info.train / 10) : held;
  const { set, folder, size, colour } = chosen;
  const data = {
    ...{ set, validation },
    ...(folder !== undefined && { folder }),
    ...(size !== undefined && { size }),
    ...(colour !== undefined && { colour }),
  };
  const {
    epochs = training.epochs,
    batch = training.batch,
    seed = training.seed,
    rate = training.rate,
  } = options;
  return { ...doc, training: { ...training, data, epochs, batch, seed, rate } };
}

/** @throws UserError the first error of the graph, or how it does not fit the data */
function requireFit(analysis: Analysis, data: DataShape): void {
  requireSound(analysis);
  const [misfit] = checkFit(analysis.elaboration, data);
  if (misfit)
    throw UserError.from({
      ...misfit,
      remedy: `${misfit.remedy} Or add --fit, and that is done for this run.`,
    });
}
