import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveDocument } from '../engine/graph/file';
import { stripes, tinyNet } from '../engine/train/testing';
import { findRun, startLines, startOptions } from './start';
import { convloom, fileWith, tempFolder } from './testing';

const none = { freeze: [], classifierOnly: false };
const run = async () => {
  const runs = await tempFolder();
  mkdirSync(join(runs, 'r1'));
  writeFileSync(join(runs, 'r1', 'graph.json'), '{}');
  return { runs, folder: join(runs, 'r1') };
};

describe('what training starts from', () => {
  it('is a run by its folder, or by its name in the folder of runs', async () => {
    const { runs, folder } = await run();
    expect([findRun(folder, '/nowhere'), findRun('r1', runs)]).toEqual([folder, folder]);
    expect(() => findRun('r2', runs)).toThrow(expect.objectContaining({ code: 'cli/no-such-run' }));
    expect(startOptions({ ...none, from: 'r1', checkpoint: 'best' }, runs).from).toEqual({
      ...{ run: folder, checkpoint: 'best' },
    });
  });

  it('is a checkpoint of a run, not of none', () => {
    const wrong = () => startOptions({ ...none, checkpoint: 'best' }, '/runs');
    expect(wrong).toThrow(expect.objectContaining({ code: 'cli/option' }));
  });

  it('takes names to freeze apart or with commas', () => {
    expect(startOptions({ ...none, freeze: ['a,b', 'c*'] }, '/runs').freeze).toEqual(['a', 'b', 'c*']);
  });
});

it('what was taken, is new, was dropped and is frozen stands in lines of its own', () => {
  const lines = startLines({
    type: 'transfer',
    frozen: ['a/kernel'],
    transfer: {
      ...{ run: '/runs/r1', step: 1200, taken: ['a/kernel'], fresh: [{ name: 'b/kernel', shape: [4, 3] }] },
      dropped: [
        { name: 'b/kernel', shape: [4, 2], here: [4, 3] },
        { name: 'old/kernel', shape: [5] },
      ],
    },
  });
  expect(lines).toEqual([
    'From step 1,200 of /runs/r1: 1 weights taken, 1 new, 2 dropped, 1 frozen.',
    '  taken    a/kernel',
    '  new      b/kernel  4×3',
    '  dropped  b/kernel  4×2, here it is 4×3',
    '  dropped  old/kernel  5, not in this net',
    '  frozen   a/kernel',
  ]);
});

it('train --from takes the weights of a run, and says so before its first step', {
  timeout: 60_000,
}, async () => {
  const [data, runs] = [await stripes(), await tempFolder()];
  const file = await fileWith(saveDocument(tinyNet(data, { epochs: 1 })));
  const first = await convloom('train', file, '--runs', runs);
  expect(first.exit, first.err).toBe(0);
  const folder = /^run +(.+)$/m.exec(first.out)![1]!;
  const second = await convloom(
    ...['train', file, '--runs', runs, '--from', folder.split('/').at(-1)!, '--classifier-only', '--json'],
  );
  expect(second.exit, second.err).toBe(0);
  const events = second.out.split('\n').map((line) => JSON.parse(line));
  const types = events.map((e) => e.type).filter((t) => t !== 'state');
  expect(types.slice(0, 3)).toEqual(['start', 'transfer', 'step']);
  expect(events.find((e) => e.type === 'transfer')).toMatchObject({
    frozen: ['n1/kernel', 'n2/gamma', 'n2/beta', 'n2/running-mean', 'n2/running-variance'],
    transfer: { run: folder, step: 5, fresh: [], dropped: [] },
  });
});
