import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { type Change, Wish } from '../../engine/train/change';
import { leaveWish } from '../../engine/train/mailbox';
import { readChanges } from '../../engine/train/run-folder';
import { defineCli } from '../command';
import { count } from '../format';
import { runsFolder } from '../run';
import { findRun } from '../start';

/** Seconds to wait for the run's next step. */
const PATIENCE = 30;
const NAMES = Object.keys(Wish.shape);

/** `convloom change RUN --set rate=0.01`: changes settings of a run that another process trains. */
export const changeRun = defineCli({
  name: 'change',
  summary: 'Change settings of a run that is under way',
  argument: ['run', 'a run folder, or its name in the folder of runs'],
  options: [['--set <name=value...>', 'rate=0.01, factor=0.1 (of the rate), weightDecay, epochs, patience']],
  example: 'convloom change 2025-01-31T12-00-00-ResNet-20 --set rate=0.01 epochs=30',
  args: z.object({
    run: z.string().min(1, 'needs a run folder'),
    set: z.array(z.string(), { error: 'is needed: it says what to change' }).min(1),
  }),

  async run({ run, set }, terminal) {
    const folder = findRun(run, runsFolder());
    const wish = wishOf(set);
    const before = (await readChanges(folder)).length;
    const taken = await leaveWish(folder, wish);
    for (let waited = 0; !(await taken()); waited += 0.2) {
      if (waited > PATIENCE) {
        terminal.note('The run measures or is paused: it takes the change before its next step.');
        return { text: '', data: [] };
      }
      await new Promise((later) => setTimeout(later, 200));
    }
    return told(folder, before);
  },
});

/** What the run has made of it. It is written before the wish counts, a moment after it was taken. */
async function told(folder: string, before: number) {
  for (let tries = 0; tries < 10; tries++) {
    const made = (await readChanges(folder)).slice(before);
    if (made.length > 0) return { text: made.map(lineOf).join('\n'), data: made };
    await new Promise((later) => setTimeout(later, 200));
  }
  const log = await readFile(join(folder, 'log.txt'), 'utf8').catch(() => '');
  return { text: log.trimEnd().split('\n').at(-1) ?? '', data: [] };
}

const lineOf = ({ setting, from, to, step }: Change): string =>
  `${setting} from ${from} to ${to} after step ${count(step)}`;

/** @throws UserError `cli/setting` */
function wishOf(pairs: readonly string[]): Wish {
  const values = pairs.map((pair) => {
    const [, name, text] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    return [name ?? pair, Number(text)] as const;
  });
  const parsed = Wish.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(
    'cli/setting',
    `${issue.path.join('.') || pairs.join(' ')}: ${issue.message}.`,
    `While a run is under way ${NAMES.slice(0, -1).join(', ')} and ${NAMES.at(-1)} can be changed.`,
    'For example: --set rate=0.01 epochs=30',
    { param: 'set' },
  );
}
