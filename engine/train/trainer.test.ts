import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { idxFolderWith } from '../data/idx/testing';
import { UserError } from '../errors';
import { setTraining } from '../graph/commands/document';
import type { GraphDocument } from '../graph/document';
import { saveDocument } from '../graph/file';
import { rowOf } from '../graph/testing';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { RunControl } from './control';
import type { TrainEvent } from './events';
import { readEvents } from './run-folder';
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
} from './testing';
import { continueRun, train } from './trainer';

let data: string;
/** Three epochs of five steps, never interrupted. */
let whole: TrainEvent[];
beforeAll(async () => {
  data = await stripes();
  whole = await trained(tinyNet(data));
});

/** A run of the tiny net that is stopped after `step`, gone on with to its end. */
async function stoppedAt(
  step: number,
  stop: (e: TrainEvent) => boolean = (e) => e.type === 'step' && e.step === step,
  more: Record<string, unknown> = {},
) {
  const control = new RunControl();
  const runsFolder = await scratch();
  const first = await collect(train({ doc: tinyNet(data, more), runsFolder, control }), (e) => {
    if (stop(e)) control.stop({ test: false });
  });
  const second = await collect(continueRun(folderOf(first), new RunControl()));
  return { first, second, folder: folderOf(first) };
}
const faultOf = async (run: Promise<unknown>): Promise<UserError> => {
  const error = await run.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

describe('training', () => {
  it('learns to tell three patterns apart', async () => {
    const events = await trained(tinyNet(data, { epochs: 12, augment: {} }));
    expect(only(events, 'done')[0]!.test!.accuracy).toBeGreaterThan(0.9);
    expect(only(events, 'epoch').at(-1)!.validation!.accuracy).toBeGreaterThan(0.9);
  });

  it('tells of its start, every step, every epoch and its end, in that order', () => {
    expect(whole.map((e) => e.type).filter((t) => t !== 'state')).toEqual([
      'start',
      ...[1, 2, 3].flatMap(() => [...Array.from({ length: 5 }, () => 'step'), 'checkpoint', 'epoch']),
      'done',
    ]);
    const done = only(whole, 'done')[0]!;
    expect([done.step, done.stopped]).toEqual([15, false]);
    expect(done.confusion.flat().reduce((a, b) => a + b, 0)).toBe(30);
  });

  it('writes every event to metrics.jsonl', async () => {
    expect(await readEvents(folderOf(whole))).toEqual(whole.filter((e, i) => i > 0 || e.type !== 'state'));
  });

  it('gives the same numbers, bit for bit, when it is run again', async () => {
    const again = await trained(tinyNet(data));
    expect(measured(again)).toEqual(measured(whole));
    expect(only(again, 'done')[0]!.test).toEqual(only(whole, 'done')[0]!.test);
    expect(await weightsHash(folderOf(again), 15)).toBe(await weightsHash(folderOf(whole), 15));
  });

  it('gives others from another seed', async () => {
    const other = await trained(tinyNet(data, { seed: 2 }));
    expect(measured(other)[0]).not.toEqual(measured(whole)[0]);
    expect(await weightsHash(folderOf(other), 15)).not.toBe(await weightsHash(folderOf(whole), 15));
  });

  it('trains with Adam and continues its moments', async () => {
    const doc = tinyNet(data, { optimizer: { type: 'adam' }, rate: 0.01, epochs: 1 });
    const names = [...(await loadCheckpoint(folderOf(await trained(doc)))).blocks.keys()];
    expect(names).toContain('n1/kernel/m');
    expect(names).toContain('n1/kernel/v');
  });

  it('ends after as many steps as it is allowed', async () => {
    const events = await trained(tinyNet(data), new RunControl(), 7);
    expect(only(events, 'step')).toHaveLength(7);
    expect(measured(events).slice(0, 6)).toEqual(measured(whole).slice(0, 6));
  });

  it('trains on MNIST as it comes with the app', async () => {
    const doc = rowOf(
      [['input'], ['max-pool', { kernel: 4, stride: 4 }], ['flatten'], ['dense', { units: 10 }], ['output']],
      { batch: 64, rate: 0.1, data: { validation: 58_000 }, epochs: 4 },
    );
    const events = await trained(doc, new RunControl(), 60);
    expect(only(events, 'done')[0]!.test!.accuracy).toBeGreaterThan(0.7);
  });
});

describe('a run that was stopped and goes on', () => {
  // within an epoch, at the end of one, in the first step, and while it validates
  it.each([7, 10, 1])('equals the uninterrupted one bit for bit, stopped after step %i', async (step) => {
    const { folder } = await stoppedAt(step);
    const events = await readEvents(folder);
    expect(measured(events)).toEqual(measured(whole));
    expect(await weightsHash(folder, 15)).toBe(await weightsHash(folderOf(whole), 15));
  });

  it('measures an epoch anew that was stopped while it validated', async () => {
    const { folder } = await stoppedAt(5, (e) => e.type === 'state' && e.state === 'validating');
    expect(measured(await readEvents(folder))).toEqual(measured(whole));
  });

  it('is stopped again and again and still the same', async () => {
    const control = new RunControl();
    const stopAt = (steps: number, c: RunControl) => (e: TrainEvent) => {
      if (e.type === 'step' && e.step === steps) c.stop({ test: false });
    };
    const first = await collect(
      train({ doc: tinyNet(data), runsFolder: await scratch(), control }),
      stopAt(3, control),
    );
    for (const step of [4, 9, 14]) {
      const reins = new RunControl();
      await collect(continueRun(folderOf(first), reins), stopAt(step, reins));
    }
    await collect(continueRun(folderOf(first), new RunControl()));
    expect(measured(await readEvents(folderOf(first)))).toEqual(measured(whole));
    expect(await weightsHash(folderOf(first), 15)).toBe(await weightsHash(folderOf(whole), 15));
  });

  it('says that there is nothing to go on from in a folder without a checkpoint', async () => {
    const folder = await scratch();
    const missing = await faultOf(collect(continueRun(folder, new RunControl())));
    expect(missing.code).toBe('file/missing');
    expect(missing.place.file).toContain('graph.json');
  });
});

describe('the reins', () => {
  it('pause within a step, hold, and let go on to the same numbers', async () => {
    const control = new RunControl();
    let pausedAt = 0;
    const events = await collect(train({ doc: tinyNet(data), runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'step' && e.step === 4) control.pause();
      if (e.type !== 'state' || e.state !== 'paused') return;
      pausedAt = performance.now();
      setTimeout(() => control.resume(), 100);
    });
    const at = events.findIndex((e) => e.type === 'state' && e.state === 'paused');
    expect(events[at - 1]).toMatchObject({ type: 'step', step: 4 });
    expect(performance.now() - pausedAt).toBeGreaterThan(90);
    expect(measured(events)).toEqual(measured(whole));
  });

  it('pause while it validates, and go on to the same numbers', async () => {
    const control = new RunControl();
    let held = 0;
    const events = await collect(train({ doc: tinyNet(data), runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'state' && e.state === 'validating' && !held++) control.pause();
      if (e.type === 'state' && e.state === 'paused') setTimeout(() => control.resume(), 20);
    });
    const states = only(events, 'state').map((e) => e.state);
    const at = states.indexOf('validating');
    expect(states.slice(at, at + 3)).toEqual(['validating', 'paused', 'validating']);
    expect(measured(events)).toEqual(measured(whole));
  });

  it('stop within a step: a checkpoint is kept, and the test split is still measured', async () => {
    const control = new RunControl();
    const events = await collect(train({ doc: tinyNet(data), runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'step' && e.step === 3) control.stop();
    });
    expect(only(events, 'step')).toHaveLength(3);
    expect(only(events, 'checkpoint').map((e) => e.step)).toEqual([3]);
    expect(only(events, 'done')[0]).toMatchObject({ stopped: true, step: 3 });
    expect(only(events, 'done')[0]!.test).not.toBeNull();
  });

  it('stop a run that is paused', async () => {
    const control = new RunControl();
    const events = await collect(train({ doc: tinyNet(data), runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'step' && e.step === 2) control.pause();
      if (e.type === 'state' && e.state === 'paused') setTimeout(() => control.stop({ test: false }), 20);
    });
    expect(only(events, 'done')[0]).toMatchObject({ stopped: true, step: 2, test: null });
  });

  it('stop before the first step', async () => {
    const control = new RunControl();
    control.stop();
    const events = await collect(train({ doc: tinyNet(data), runsFolder: await scratch(), control }));
    expect(events.map((e) => e.type)).not.toContain('step');
    expect(only(events, 'done')[0]).toMatchObject({ stopped: true, step: 0, test: null });
  });

  it('let a reader that turns away end the run', async () => {
    const run = train({ doc: tinyNet(data), runsFolder: await scratch(), control: new RunControl() });
    for await (const event of run) if (event.type === 'step') break;
    expect((await run.next()).done).toBe(true);
  });
});

describe('faults of training', () => {
  const mend = (doc: GraphDocument, fault: UserError): GraphDocument =>
    setTraining.run(doc, fault.repairs[0]!.args as Parameters<typeof setTraining.run>[1]);
  const at = (doc: GraphDocument, rate: number): GraphDocument => ({
    ...doc,
    training: { ...doc.training, rate },
  });

  it('ends a run that diverges, with the step and a rate that works', async () => {
    const doc = at(tinyNet(data), 1e10);
    const fault = await faultOf(trained(doc));
    expect(fault.code).toBe('train/diverged');
    expect(fault.what).toMatch(/ step \d+\.$/);
    const mended = mend(doc, fault);
    expect(mended.training.rate).toBe(0.1);
    expect(only(await trained(mended), 'done')[0]!.step).toBe(15);
  });

  it('keeps the checkpoint from before the divergence, and saves none of weights that are not finite', async () => {
    const control = new RunControl();
    const doc = tinyNet(data);
    const first = await collect(train({ doc, runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'step' && e.step === 9) control.stop({ test: false });
    });
    const folder = folderOf(first);
    // a momentum that throws the weights out in step 10, which ends an epoch: its loss, before that, is a number
    const { blocks, state } = await loadCheckpoint(folder);
    const momentum = blocks.get('n7/kernel/momentum')!;
    await rm(join(folder, 'checkpoints', 'step-9'), { recursive: true });
    const wildBlocks = new Map([
      ...blocks,
      ['n7/kernel/momentum', { ...momentum, data: momentum.data.map(() => 3e38) }],
    ]);
    await saveCheckpoint(folder, wildBlocks, state);
    await writeFile(join(folder, 'graph.json'), saveDocument(at(doc, 100)));
    const hash = await weightsHash(folder, 9);
    const saved: number[] = [];
    const wild = collect(continueRun(folder, new RunControl()), (e) => {
      if (e.type === 'checkpoint') saved.push(e.step);
    });
    const fault = await faultOf(wild);
    expect(fault.code).toBe('train/diverged');
    expect(fault.what).toContain('n7/kernel became not a number at step 10.');
    expect(saved).toEqual([]);
    expect((await loadCheckpoint(folder)).state.step).toBe(9);
    expect(await weightsHash(folder, 9)).toBe(hash);
  });

  it('refuses a batch that is larger than what is left to train on, with sizes that fit', async () => {
    const doc = tinyNet(data, { batch: 90 });
    const fault = await faultOf(trained(doc));
    expect(fault.code).toBe('train/too-few-pictures');
    const mended = mend(doc, fault);
    expect(only(await trained(mended, new RunControl(), 1), 'step')).toHaveLength(1);
  });

  it('refuses a net that has nothing to train', async () => {
    const folder = await idxFolderWith({ shape: [1, 3], train: [0, 1, 2, 0, 1, 2] });
    const bare = rowOf([['input', { shape: [1, 3, 1] }], ['flatten'], ['output', { classes: 3 }]], {
      data: { set: 'idx', folder, validation: 0 },
      batch: 2,
    });
    expect((await faultOf(trained(bare))).code).toBe('train/no-weights');
  });

  it('refuses a net with a problem, or one that does not fit the data', async () => {
    const { training } = tinyNet(data);
    const rgb = rowOf(
      [['input', { shape: [8, 8, 3] }], ['global-avg-pool'], ['output', { classes: 3 }]],
      training,
    );
    expect((await faultOf(trained(rgb))).code).toBe('data/channels');
    const map = rowOf(
      [
        ['input', { shape: [8, 8, 1] }],
        ['output', { classes: 3 }],
      ],
      training,
    );
    expect((await faultOf(trained(map))).code).toBe('output/not-a-vector');
  });
});

describe('what follows from validation', () => {
  // no accuracy is better than another by more than 1
  const wild = { watch: { patience: 2, best: true, delta: 1 }, epochs: 10 };

  it('ends a run that gets no better, keeps its best checkpoint, and tests that', async () => {
    const events = await trained(tinyNet(data, wild));
    const [done] = only(events, 'done');
    expect(done).toMatchObject({ step: 15, stopped: false, early: true, best: { step: 5 }, testedStep: 5 });
    expect(only(events, 'epoch')).toHaveLength(3);
    const kept = await readdir(join(folderOf(events), 'checkpoints'));
    expect(kept.sort()).toEqual(['best', 'latest', 'step-10', 'step-15', 'step-5']);
    const one = await trained(tinyNet(data, wild), new RunControl(), 5);
    expect(done!.test).toEqual(only(one, 'done')[0]!.test);
  });

  it('cuts the rate on a plateau', async () => {
    const how = { watch: { delta: 1, plateau: 1, factor: 0.5 }, schedule: { type: 'constant' } };
    const rates = only(await trained(tinyNet(data, how)), 'step').map((e) => e.rate);
    expect([rates[0], rates[5], rates[10]]).toEqual([0.05, 0.05, 0.025]);
  });

  it('measures within an epoch as well', async () => {
    const events = await trained(tinyNet(data, { watch: { every: 2 } }));
    expect(only(events, 'validation').map((e) => e.step)).toEqual([2, 4, 6, 8, 12, 14]);
    expect(measured(events)).toEqual(measured(whole));
  });
});

it('goes on bit for bit with everything that has a state of its own', async () => {
  const more = {
    ...{
      accumulate: 2,
      batch: 8,
      average: 0.9,
      clip: { norm: 1 },
      loss: { smoothing: 0.1, classes: 'balanced' },
    },
    augment: { flip: true, crop: 1, mixup: 0.5, cutmix: 0.5 },
    ...{ optimizer: { type: 'adamw' }, rate: 0.01, watch: { plateau: 1, delta: 0.5, every: 3 } },
  };
  const all = await trained(tinyNet(data, more));
  for (const step of [3, 7, 10]) {
    const { folder } = await stoppedAt(step, undefined, more);
    const events = await readEvents(folder);
    expect(measured(events)).toEqual(measured(all));
    expect(only(events, 'validation')).toEqual(only(all, 'validation'));
    expect(await weightsHash(folder, 15)).toBe(await weightsHash(folderOf(all), 15));
  }
});
