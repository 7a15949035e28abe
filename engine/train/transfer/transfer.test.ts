import { beforeAll, describe, expect, it } from 'vitest';
import { elaborate } from '../../analysis/elaborate';
import { netOf } from '../../analysis/net';
import type { GraphDocument } from '../../graph/document';
import { rowOf } from '../../graph/testing';
import { loadCheckpoint } from '../checkpoint';
import { RunControl } from '../control';
import type { TrainEvent } from '../events';
import { readStarted } from '../run-folder';
import {
  collect,
  folderOf,
  measured,
  only,
  scratch,
  stripes,
  tinyNet,
  trained,
  weightsHash,
} from '../testing';
import { continueRun, train } from '../trainer';
import { frozenOf } from './freeze';
import { previewStart } from './load';
import { matchWeights } from './match';
import { FROM_SCRATCH, type StartOptions } from './start';

let data: string;
let first: TrainEvent[];
beforeAll(async () => {
  data = await stripes();
  first = await trained(tinyNet(data, { epochs: 2, augment: {} }));
});

const begin = async (doc: GraphDocument, start: StartOptions, control = new RunControl()) =>
  collect(train({ doc, runsFolder: await scratch(), control, start }));
const from = (run = folderOf(first)): StartOptions => ({
  ...FROM_SCRATCH,
  from: { run, checkpoint: 'last' },
});
const weightsAt = async (events: readonly TrainEvent[]) => (await loadCheckpoint(folderOf(events))).blocks;
/** The same net with six filters in place of four. */
const another = (): GraphDocument => {
  const doc = tinyNet(data);
  const conv = doc.nodes['n1']!;
  return { ...doc, nodes: { ...doc.nodes, n1: { ...conv, params: { ...conv.params, filters: 6 } } } };
};

const block = (...shape: number[]) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });

describe('weights of an earlier run', () => {
  it('are joined by name and shape, and slots are left', () => {
    const average = { ...block(2), data: Float32Array.of(1, 2) };
    const blocks = new Map([
      ['a/kernel', block(3, 3, 1, 4)],
      ['a/kernel/momentum', block(3, 3, 1, 4)],
      ['b/kernel', block(4, 2)],
      ['c/bias', block(2)],
      ['c/bias/average', average],
      ['old/kernel', block(5)],
    ]);
    const weights = [
      { name: 'a/kernel', shape: [3, 3, 1, 4] },
      { name: 'b/kernel', shape: [4, 3] },
      { name: 'c/bias', shape: [2] },
    ];
    const { values, ...lists } = matchWeights(weights, blocks);
    expect(lists).toEqual({
      taken: ['a/kernel', 'c/bias'],
      fresh: [{ name: 'b/kernel', shape: [4, 3] }],
      dropped: [
        { name: 'b/kernel', shape: [4, 2], here: [4, 3] },
        { name: 'old/kernel', shape: [5] },
      ],
    });
    expect(values.get('c/bias'), 'the average is what was measured').toBe(average.data);
  });

  it('let a run start where the earlier one ended', async () => {
    const events = await begin(tinyNet(data, { epochs: 1, rate: 1e-9, augment: {} }), from());
    const [then, now] = [only(first, 'done')[0]!.test!, only(events, 'done')[0]!.test!];
    expect(now.accuracy).toBe(then.accuracy);
    const told = only(events, 'transfer')[0]!;
    expect(told.transfer).toMatchObject({ run: folderOf(first), step: 10, fresh: [], dropped: [] });
    expect(told.transfer!.taken).toEqual([
      'n1/kernel',
      'n2/gamma',
      'n2/beta',
      'n2/running-mean',
      'n2/running-variance',
      'n7/kernel',
      'n7/bias',
    ]);
    expect((await readStarted(folderOf(events))).transfer).toEqual(told.transfer);
  });

  it('leave out what has another shape, and say both shapes before the run starts', async () => {
    const { transfer } = await previewStart(another(), from());
    expect(transfer!.taken).toEqual(['n7/bias']);
    expect(transfer!.dropped).toContainEqual({ name: 'n1/kernel', shape: [3, 3, 1, 4], here: [3, 3, 1, 6] });
    expect(transfer!.fresh).toContainEqual({ name: 'n7/kernel', shape: [96, 3] });
  });

  it('come from the best epoch where that is wished', async () => {
    const { transfer } = await previewStart(tinyNet(data), {
      ...FROM_SCRATCH,
      from: { run: folderOf(first), checkpoint: 'best' },
    });
    expect(transfer!.step).toBe(only(first, 'done')[0]!.best!.step);
  });

  it('are refused where none fits, and where the run has no checkpoint', async () => {
    const other = rowOf([
      ['input', { shape: [8, 8, 1] }],
      ['flatten'],
      ['dense', { units: 3 }],
      ['output', { classes: 3 }],
    ]);
    await expect(previewStart(other, from())).rejects.toMatchObject({ code: 'transfer/nothing' });
    await expect(previewStart(tinyNet(data), from('/nowhere'))).rejects.toMatchObject({
      code: 'checkpoint/none',
    });
    const best = { ...FROM_SCRATCH, from: { run: '/nowhere', checkpoint: 'best' as const } };
    await expect(previewStart(tinyNet(data), best)).rejects.toMatchObject({ code: 'checkpoint/no-best' });
  });
});

describe('frozen weights', () => {
  const net = () => netOf(elaborate(tinyNet(data)));

  it('are named by weight, by node, or by a beginning', () => {
    const named = (...freeze: string[]) => frozenOf(net(), { freeze, classifierOnly: false });
    expect(named('n7/bias')).toEqual(['n7/bias']);
    expect(named('n7')).toEqual(['n7/kernel', 'n7/bias']);
    expect(named('n1', 'n2/ga*')).toEqual(['n1/kernel', 'n2/gamma']);
    expect(() => named('n')).toThrow(expect.objectContaining({ code: 'transfer/freeze' }));
    expect(() => named('n*')).toThrow(expect.objectContaining({ code: 'transfer/all-frozen' }));
  });

  it('are all but the last layer with a kernel where the classifier alone is trained', () => {
    expect(frozenOf(net(), { freeze: [], classifierOnly: true })).toEqual([
      'n1/kernel',
      'n2/gamma',
      'n2/beta',
      'n2/running-mean',
      'n2/running-variance',
    ]);
    const gap = rowOf([
      ['input', { shape: [8, 8, 1] }],
      ['conv2d', { filters: 4 }],
      ['conv2d', { filters: 3, kernel: 1 }],
      ['batch-norm'],
      ['global-avg-pool'],
      ['output', { classes: 3 }],
    ]);
    const kept = frozenOf(netOf(elaborate(gap)), { freeze: [], classifierOnly: true });
    expect(kept).toEqual(['n1/kernel', 'n1/bias']);
  });

  it('do not move, and neither do the statistics of a frozen batch norm', async () => {
    const options = { ...from(), freeze: [], classifierOnly: true };
    const events = await begin(tinyNet(data, { epochs: 1 }), options);
    const [before, after] = [await weightsAt(first), await weightsAt(events)];
    for (const name of ['n1/kernel', 'n2/gamma', 'n2/beta', 'n2/running-mean', 'n2/running-variance'])
      expect(after.get(name)!.data, name).toEqual(before.get(name)!.data);
    expect(after.get('n7/kernel')!.data).not.toEqual(before.get('n7/kernel')!.data);
    expect([...after.keys()], 'no slot for what does not move').not.toContain('n1/kernel/momentum');
  });

  it('stay frozen in a run that goes on, bit for bit', async () => {
    const doc = tinyNet(data, { epochs: 2 });
    const options = { ...from(), classifierOnly: true };
    const whole = await begin(doc, options);
    const control = new RunControl();
    const stopped = await collect(
      train({ doc, runsFolder: await scratch(), control, start: options }),
      (e) => e.type === 'step' && e.step === 4 && control.stop({ test: false }),
    );
    const rest = await collect(continueRun(folderOf(stopped), new RunControl()));
    expect(measured([...stopped, ...rest])).toEqual(measured(whole));
    expect(await weightsHash(folderOf(stopped), 10)).toBe(await weightsHash(folderOf(whole), 10));
    expect((await readStarted(folderOf(stopped))).transfer?.step).toBe(10);
  });
});
