import { z } from 'zod';
import { continueRun } from '../../engine/train/trainer';
import { defineCli } from '../command';
import { runsFolder, runToEnd } from '../run';
import { findRun } from '../start';

/** `convloom resume RUN`: goes on from the newest checkpoint of a run that was stopped or killed. */
export const resume = defineCli({
  name: 'resume',
  summary: 'Go on with a run that was stopped or killed',
  argument: ['run', 'a run folder, or its name in the folder of runs'],
  options: [],
  example: 'convloom resume ~/Convloom/runs/2025-01-31T12-00-00-ResNet-20',
  args: z.object({ run: z.string().min(1, 'needs a run folder') }),

  async run({ run }, terminal) {
    const folder = findRun(run, runsFolder());
    return runToEnd((control) => continueRun(folder, control), terminal);
  },
});
