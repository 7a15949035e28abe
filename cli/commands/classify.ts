import { z } from 'zod';
import { type Classified, classify } from '../../engine/train/classify';
import { whole } from '../arguments';
import { defineCli } from '../command';
import { percent } from '../format';
import { runsFolder } from '../run';
import { findRun } from '../start';

/** `convloom classify RUN cat.png`: what a trained net says of pictures. */
export const classifyPictures = defineCli({
  name: 'classify',
  summary: 'Say what is on picture files, by a trained net',
  argument: ['run', 'a run folder, or its name in the folder of runs'],
  second: ['pictures...', 'PNG, JPEG, WebP or BMP files'],
  options: [
    ['--checkpoint <which>', 'of that run: last or best; else last'],
    ['--top <n>', 'classes to list of each picture; 3 by default'],
    ['--runs <dir>', 'where run folders go; else CONVLOOM_RUNS or ~/Convloom/runs'],
  ],
  example: 'convloom classify 2025-01-31T12-00-00-LeNet-5 seven.png',
  args: z.object({
    run: z.string().min(1, 'needs a run folder'),
    pictures: z.array(z.string().min(1)).min(1, 'needs a picture file'),
    checkpoint: z.enum(['last', 'best'], { error: 'must be last or best' }).default('last'),
    top: whole(1, 1000).default(3),
    runs: z.string().min(1).optional(),
  }),

  async run({ run, pictures, checkpoint, top, runs }) {
    const found: Classified[] = [];
    const request = { run: findRun(run, runsFolder(runs)), checkpoint, files: pictures };
    for await (const one of classify(request)) {
      found.push('classes' in one ? { ...one, classes: one.classes.slice(0, top) } : one);
    }
    const text = found.flatMap((one) => [
      one.file,
      ...('fault' in one
        ? [`    ${one.fault}`]
        : one.classes.map(({ name, share }) => `  ${percent(share, 1).padStart(7)}  ${name}`)),
    ]);
    return { text: text.join('\n'), data: found, exit: found.some((f) => 'fault' in f) ? 1 : 0 };
  },
});
