import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../engine/errors';
import { formatShape } from '../engine/ir/shape';
import type { EventOf } from '../engine/train/events';
import type { StartOptions } from '../engine/train/transfer/start';
import { count } from './format';

export const START_OPTIONS = [
  ['--from <run>', 'start from the weights of an earlier run: its folder, or its name in the folder of runs'],
  ['--checkpoint <which>', 'of that run: last or best; else last'],
  ['--freeze <names...>', 'weights to keep: conv1, stage1/conv2/kernel, or a beginning with a star: stage1*'],
  ['--classifier-only', 'train the classifier alone, and keep all other weights'],
] as const;

export const startArgs = {
  from: z.string().min(1).optional(),
  checkpoint: z.enum(['last', 'best'], { error: 'must be last or best' }).optional(),
  freeze: z.array(z.string().min(1)).default([]),
  classifierOnly: z.boolean().default(false),
};
type Args = z.output<z.ZodObject<typeof startArgs>>;

/** @throws UserError `cli/no-such-run`, and `cli/option` for a checkpoint of no run */
export function startOptions(args: Args, runs: string): StartOptions {
  const { from, checkpoint, classifierOnly } = args;
  if (from === undefined && checkpoint !== undefined) throw noRun(checkpoint);
  // names may be parted by commas too
  const freeze = args.freeze.flatMap((names) => names.split(',')).filter((name) => name !== '');
  const run = from === undefined ? undefined : findRun(from, runs);
  return { freeze, classifierOnly, ...(run && { from: { run, checkpoint: checkpoint ?? 'last' } }) };
}

/**
 * The folder of a run that is named by it, or by its name in the folder of runs.
 *
 * @param marks files that only such a folder has
 * @throws UserError `cli/no-such-run`
 */
export function findRun(name: string, runs: string, marks: readonly string[] = ['graph.json']): string {
  const places = [resolve(name), resolve(runs, name)];
  const found = places.find((folder) => marks.some((mark) => existsSync(join(folder, mark))));
  if (found) return found;
  throw new UserError(
    'cli/no-such-run',
    `There is no run '${name}'.`,
    `A run folder has the graph of the run, graph.json, and its checkpoints; neither ${places.join(' nor ')} has them.`,
    'Name the folder that `convloom train` printed.',
    { file: places[0]! },
  );
}

const noRun = (checkpoint: string) =>
  new UserError(
    'cli/option',
    `--checkpoint ${checkpoint} is of no run.`,
    'It chooses among the checkpoints of the run that --from names.',
    'Add --from and a run folder.',
    { param: 'checkpoint' },
  );

/** Lines of each sort; `config.json` of the run has all. */
const MOST = 24;

/** What a run took from an earlier one, what is new, what was dropped, and what is frozen. */
export function startLines({ transfer, frozen }: EventOf<'transfer'>): string[] {
  const listed = (sort: string, lines: readonly string[]) => [
    ...lines.slice(0, MOST).map((line) => `  ${sort.padEnd(8)} ${line}`),
    ...(lines.length > MOST ? [`  ${sort.padEnd(8)} and ${count(lines.length - MOST)} more`] : []),
  ];
  const kept = listed('frozen', frozen);
  if (!transfer) return [`${count(frozen.length)} weights are frozen.`, ...kept];
  const { run, step, taken, fresh, dropped } = transfer;
  const counts = [`${taken.length} weights taken`, `${fresh.length} new`, `${dropped.length} dropped`];
  const frozenCount = frozen.length > 0 ? [`${frozen.length} frozen`] : [];
  return [
    `From step ${count(step)} of ${run}: ${[...counts, ...frozenCount].join(', ')}.`,
    ...listed('taken', taken),
    ...listed(
      'new',
      fresh.map(({ name, shape }) => `${name}  ${formatShape(shape)}`),
    ),
    ...listed(
      'dropped',
      dropped.map(({ name, shape, here }) => {
        const why = here ? `here it is ${formatShape(here)}` : 'not in this net';
        return `${name}  ${formatShape(shape)}, ${why}`;
      }),
    ),
    ...kept,
  ];
}
