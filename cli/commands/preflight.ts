import { RunControl } from '../../engine/train/control';
import type { Preflight } from '../../engine/train/events';
import { preflight as take } from '../../engine/train/preflight/preflight';
import { NET } from '../arguments';
import { defineCli } from '../command';
import { table } from '../table';
import { prepare, probeArgs, probeOptions } from './train';

const digits = (x: number | null): string => (x === null ? '' : x.toPrecision(3));

type Row = Preflight['layers'][number];
const number = (title: string, of: (row: Row) => number | null) => ({
  title,
  of: (row: Row) => digits(of(row)),
  right: true,
});
const COLUMNS = [
  { title: 'layer', of: (row: Row) => row.path },
  number('deviation', (row) => row.deviation),
  number('gradient', (row) => row.gradient),
  number('kernel', (row) => row.weight),
  number('dead', (row) => row.dead),
];

/** `convloom preflight resnet-20 --data mnist`: what one batch tells before hours are spent. Exits with 1 on a warning. */
export const preflight = defineCli({
  name: 'preflight',
  summary: 'Look at one batch before a run: signals, gradients, data, and whether the net learns it by heart',
  argument: NET,
  options: probeOptions,
  example: 'convloom preflight resnet-20 --data mnist',
  args: probeArgs,

  async run(options, terminal) {
    const doc = await prepare(options, terminal);
    const data = await take(doc, new RunControl());
    const { overfit, guess, layers, problems } = data;
    const rows = layers.filter((l) => l.weight !== null || l.dead !== null);
    const text = [
      table(COLUMNS, rows),
      '',
      `first loss  ${digits(overfit.first)}; a guess has ${digits(guess)}`,
      `one batch   ${digits(overfit.first)} to ${overfit.last === null ? 'no number' : digits(overfit.last)} in ${overfit.steps} steps`,
      ...problems.map((p) => `\n${p.what}\n  ${p.why}\n  ${p.remedy}`),
      ...(problems.length === 0 ? ['', 'Nothing found that would keep it from learning.'] : []),
    ].join('\n');
    return { text, data, exit: problems.length > 0 ? 1 : 0 };
  },
});
