import { existsSync } from 'node:fs';
import { z } from 'zod';
import { jobFileOf } from '../../engine/train/jobs/job-folder';
import { continueRun } from '../../engine/train/trainer';
import { defineCli } from '../command';
import { jobToEnd } from '../job';
import { runsFolder, runToEnd } from '../run';
import { findRun } from '../start';

/** `convloom resume RUN`: goes on from the newest checkpoint of a run, or with a job, that was stopped or killed. */
export const resume = defineCli({
  name: 'resume',
  summary: 'Go on with a run or a job that was stopped or killed',
  argument: ['run', 'the folder of a run or a job, or its name in the folder of runs'],
  options: [],
  example: 'convloom resume ~/Convloom/runs/2025-01-31T12-00-00-ResNet-20',
  args: z.object({ run: z.string().min(1, 'needs a run folder') }),

  async run({ run }, terminal) {
    const folder = findRun(run, runsFolder(), ['graph.json', 'job.json']);
    if (existsSync(jobFileOf(folder))) return jobToEnd(folder, terminal);
    return runToEnd((control) => continueRun(folder, control), terminal);
  },
});
