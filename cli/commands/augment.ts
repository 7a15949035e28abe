import { resolve } from 'node:path';
import { z } from 'zod';
import { closeData, findDataSet, previewOf } from '../../engine/data/catalogue';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import type { GraphDocument } from '../../engine/graph/document';
import { openTensorFlow } from '../../engine/tensorflow/runtime';
import { augmentedPreview } from '../../engine/train/augmented';
import { NET, whole } from '../arguments';
import { defineCli } from '../command';
import { count, printable } from '../format';
import { contactSheet, pngOf } from '../sheet';
import { prepare, trainArgs, trainOptions } from './train';

const SHARED: ReadonlySet<string> = new Set(
  ['data <set>', 'as <set>', 'size <n>', 'colour <kind>', 'seed <n>', 'set <path=value...>', 'fit'].map(
    (flag) => `--${flag}`,
  ),
);

/** `convloom augment resnet-20 --data flowers --set augment.flip=true --out seen.png`: what the training step sees. */
export const augmentSheet = defineCli({
  name: 'augment',
  summary: 'Draw training pictures as the net will see them, to a PNG',
  argument: NET,
  options: [
    ['--out <file>', 'the PNG; a file that is there is replaced'],
    ['--rows <n>', 'training pictures, else 10'],
    ['--draws <n>', 'how often each is drawn, else 7'],
    ['--start <n>', 'the first picture, else 1'],
    ...trainOptions.filter(([flags]) => SHARED.has(flags)),
  ],
  example: 'convloom augment resnet-20 --data mnist --set augment.crop=4 --out seen.png',
  args: trainArgs
    .pick({ net: true, data: true, as: true, size: true, colour: true, seed: true, set: true, fit: true })
    .extend({
      out: z.string({ error: 'must name a file' }).min(1, 'must name a file'),
      rows: whole(1, 100).default(10),
      draws: whole(1, 100).default(7),
      start: whole(1, 1_000_000_000).default(1),
    }),

  async run({ out, rows, draws, start, ...options }, terminal) {
    const { training } = await prepare(options, terminal);
    const data = await findDataSet(training.data).load(training.data);
    // mixed pictures are mixed with others of the batch: those of the sheet
    const from = Math.min(start, data.train.count) - 1;
    const plain = await previewOf(data, 'train', from, rows).finally(() => closeData(data));
    const numbers = Array.from({ length: draws }, (_, i) => i + 1);
    const drawn = await augmentedPreview(openTensorFlow(), plain, training, numbers);
    const sheet = contactSheet(plain, drawn);
    const file = resolve(out);
    await writeFileAtomic(file, await pngOf(sheet));
    const labels = plain.labels.map((label) => plain.classNames[label] ?? String(label));
    const made = { file, width: sheet.width, height: sheet.height, rows: labels.length, draws };
    return {
      text: printable(
        [
          `${file}  ${count(sheet.width)}×${count(sheet.height)} pixels`,
          `rows     ${labels.join(', ')}`,
          `columns  as it is, then ${count(draws)} draws: ${augmentText(training.augment)}`,
        ].join('\n'),
      ),
      data: { ...made, labels, augment: training.augment },
    };
  },
});

/** What is switched on, as settings; a net that switches on nothing sees the pictures as they are. */
function augmentText({ flip, crop, mixup, cutmix }: GraphDocument['training']['augment']): string {
  const on = [
    flip && 'flip',
    ...Object.entries({ crop, mixup, cutmix }).map(([k, v]) => v > 0 && `${k} ${v}`),
  ];
  const parts = on.filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'nothing is switched on (--set augment.flip=true)';
}
