import { z } from 'zod';
import { closeData, findDataSet } from '../../engine/data/catalogue';
import type { DataReport } from '../../engine/data/describe';
import { reportOf } from '../../engine/data/report';
import { defineCli } from '../command';
import { DATA_HELP, dataChoice, otherKinds, PICTURE_OPTIONS, pictureArgs } from '../data';
import { count, printable } from '../format';
import { table } from '../table';

/** `convloom data flowers`: what lies in a folder, before a net is trained on it. */
export const data = defineCli({
  name: 'data',
  summary: 'Look at a data set: its classes, channels, broken files and duplicates',
  argument: ['data', DATA_HELP],
  options: PICTURE_OPTIONS,
  example: 'convloom data flowers --size 64',
  args: z.object({
    data: z.string().min(1, 'needs a data set or a folder'),
    ...pictureArgs,
  }),

  async run({ data: name, as, size, colour }, terminal) {
    const choice = { ...(await dataChoice(name, as)), size, colour };
    const kinds = await otherKinds(name, choice);
    if (kinds) terminal.note(kinds);
    const loaded = await findDataSet(choice).load(choice);
    const report = await reportOf(loaded).finally(() => closeData(loaded));
    return { text: printable(textOf(report)), data: { set: choice.set, ...report } };
  },
});

function textOf({ info, classes, channels, duplicates }: DataReport): string {
  const { title, shape, train, test, source, skipped, streamed } = info;
  const lines = [
    `${title}   ${shape.join('×')}, ${count(info.classNames.length)} classes`,
    `${count(train)} pictures to train, ${count(test)} to test`,
    source,
    ...(streamed ? ['More than fits into the memory: read from the disk in training.'] : []),
    '',
    classTable(classes),
    '',
    ...channels.map(
      (c, i) =>
        `${channelName(i, channels.length)}  mean ${c.mean.toFixed(4)}, deviation ${c.deviation.toFixed(4)}`,
    ),
    '',
    duplicatesText(duplicates),
  ];
  if (!skipped) return lines.join('\n');
  const named = skipped.first.map((f) => `  ${f.name} ${f.why}`);
  const rest = skipped.count - skipped.first.length;
  return [
    ...lines,
    `${count(skipped.count)} ${skipped.count === 1 ? 'picture is' : 'pictures are'} left out:`,
    ...named,
    ...(rest > 0 ? [`  and ${count(rest)} more`] : []),
  ].join('\n');
}

const channelName = (i: number, of: number): string =>
  of === 3 ? ['red  ', 'green', 'blue '][i]! : of === 1 ? 'grey' : `channel ${i}`;
const BAR = 30;

function classTable(classes: DataReport['classes']): string {
  const most = Math.max(...classes.map((c) => c.train), 1);
  return table(
    [
      { title: 'class', of: (c) => c.name },
      { title: 'train', of: (c) => count(c.train), right: true },
      { title: 'test', of: (c) => count(c.test), right: true },
      { title: '', of: (c) => '█'.repeat(Math.round((BAR * c.train) / most)) },
    ],
    classes,
  );
}

function duplicatesText({ between, train, test, otherLabel, first }: DataReport['duplicates']): string {
  if (between + train + test === 0) return 'No picture is there twice.';
  const pairs = first.slice(0, 5).map((f) => `${count(f.test)} is training ${count(f.train)}`);
  const lines = [
    `${count(between)} test pictures stand among the training pictures${pairs.length > 0 ? ` (test ${pairs.join(', ')}${between > pairs.length ? ', …' : ''})` : ''}.`,
    `${count(train)} training pictures repeat another one, ${count(test)} test pictures likewise.`,
  ];
  return [
    ...lines,
    ...(otherLabel > 0 ? [`${count(otherLabel)} of all these have another label.`] : []),
  ].join('\n');
}
