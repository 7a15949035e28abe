import { z } from 'zod';
import { growRun } from '../../engine/train/net2net/grow';
import type { Growth } from '../../engine/train/net2net/growth';
import { whole } from '../arguments';
import { callName, defineCli } from '../command';
import { runsFolder } from '../run';
import { findRun } from '../start';

const RUN = ['run', 'a run folder, or its name in the folder of runs'] as const;
const OPTIONS = [
  ['--checkpoint <which>', 'of that run: last or best; else last'],
  ['--runs <dir>', 'where run folders go; else CONVLOOM_RUNS or ~/Convloom/runs'],
] as const;
const shared = {
  run: z.string().min(1, 'needs a run folder'),
  checkpoint: z.enum(['last', 'best'], { error: 'must be last or best' }).default('last'),
  runs: z.string().min(1).optional(),
};
const node = z.string({ error: 'is needed: the id of a node' }).min(1);

type Shared = z.output<z.ZodObject<typeof shared>>;
async function grown({ run, checkpoint, runs }: Shared, growth: Growth) {
  const root = runsFolder(runs);
  const { folder, nodes } = await growRun({ run: findRun(run, root), checkpoint, runs: root }, growth);
  const what = growth.how === 'widen' ? 'wider' : 'new';
  return {
    text: [
      `${what.padEnd(7)} ${nodes.join(', ')}`,
      `weights ${folder}`,
      `train   ${callName()} train ${folder} --from ${folder}`,
    ].join('\n'),
    data: { folder, nodes },
  };
}

/** `convloom widen RUN --node conv1 --to 32`: more channels, the same function. */
export const widenRun = defineCli({
  name: 'widen',
  summary: 'Give a layer of a trained net more channels, keeping what the net computes',
  argument: RUN,
  options: [
    ['--node <id>', 'the node to widen; layers whose maps are added to its map get as many channels'],
    ['--to <channels>', 'channels or units, more than there are'],
    ...OPTIONS,
  ],
  example: 'convloom widen 2025-01-31T12-00-00-LeNet-5 --node conv1 --to 12',
  args: z.object({ ...shared, node, to: whole(2, 65_536) }),
  run: ({ node, to, ...rest }) => grown(rest, { how: 'widen', node, to }),
});

/** `convloom deepen RUN --after relu1`: one layer more, the same function. */
export const deepenRun = defineCli({
  name: 'deepen',
  summary: 'Put a layer into a trained net, keeping what the net computes',
  argument: RUN,
  options: [
    ['--after <id>', 'the node behind which it stands, or behind the ReLU that follows it'],
    ...OPTIONS,
  ],
  example: 'convloom deepen 2025-01-31T12-00-00-LeNet-5 --after relu2',
  args: z.object({ ...shared, after: node }),
  run: ({ after, ...rest }) => grown(rest, { how: 'deepen', node: after }),
});
