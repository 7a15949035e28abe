import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../engine/errors';
import { jobFileOf } from '../../engine/train/jobs/job-folder';
import { continueRun } from '../../engine/train/trainer';
import { defineCli } from '../command';
import { jobToEnd } from '../job';
import { runToEnd } from '../run';

/** `convloom resume RUN`: goes on from the newest checkpoint of a run, or with a job, that was stopped or killed. */
export const resume = defineCli({
  name: 'resume',
  summary: 'Go on with a run or a job that was stopped or killed',
  argument: ['run', 'a run folder, or the folder of a job'],
  options: [],
  example: 'convloom resume ~/Convloom/runs/2025-01-31T12-00-00-ResNet-20',
  args: z.object({ run: z.string().min(1, 'needs a run folder') }),

  async run({ run }, terminal) {
    const folder = resolve(run);
    if (existsSync(jobFileOf(folder))) return jobToEnd(folder, terminal);
    if (existsSync(join(folder, 'graph.json'))) {
      return runToEnd((control) => continueRun(folder, control), terminal);
    }
    throw new UserError(
      'cli/no-such-run',
      `${folder} is no run folder.`,
      'A run folder has the graph of the run, graph.json, and its checkpoints.',
      'Name the folder that `convloom train` printed.',
      { file: folder },
    );
  },
});
