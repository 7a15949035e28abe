import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TrainingSettings } from '../graph/training';
import { Changes, checkWish, type Wish } from './change';
import { RunControl } from './control';
import type { TrainEvent } from './events';
import { readChanges, readEvents } from './run-folder';
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
beforeAll(async () => {
  data = await stripes();
});

/** A run of five steps an epoch, changed right after some of its steps. */
async function changed(at: Readonly<Record<number, Wish>>, more: object = {}, stop = 0) {
  const control = new RunControl();
  const doc = tinyNet(data, { schedule: { type: 'constant', warmup: 0 }, ...more });
  return collect(train({ doc, runsFolder: await scratch(), control }), (e) => {
    if (e.type !== 'step') return;
    const wish = at[e.step];
    if (wish) control.change(wish);
    if (e.step === stop) control.stop({ test: false });
  });
}
const rates = (events: readonly TrainEvent[]) => only(events, 'step').map((e) => e.rate);

describe('changes of settings', () => {
  const settings = TrainingSettings.parse({ rate: 0.1 });

  it('are told with what was before, and count from then on', () => {
    const changes = new Changes(settings, [], 0);
    expect(changes.take(3, [{ factor: 0.1 }, { epochs: 4, patience: 2 }])).toEqual([
      { step: 3, setting: 'rate', from: 0.1, to: expect.closeTo(0.01, 12) },
      { step: 3, setting: 'epochs', from: 10, to: 4 },
      { step: 3, setting: 'patience', from: 0, to: 2 },
    ]);
    expect(changes.settings).toMatchObject({ epochs: 4, watch: { patience: 2 } });
    expect(changes.take(4, [{ epochs: 4 }]), 'no change').toEqual([]);
  });

  it('are told again at their steps, but for those that a newer wish has overtaken', () => {
    const recorded = [
      { step: 2, setting: 'rate' as const, from: 0.1, to: 0.05 },
      { step: 7, setting: 'rate' as const, from: 0.05, to: 0.02 },
      { step: 9, setting: 'epochs' as const, from: 10, to: 5 },
    ];
    const changes = new Changes(settings, recorded, 5);
    expect(changes.settings.rate).toBe(0.05);
    expect(changes.take(5, [])).toEqual([]);
    expect(changes.take(6, [{ rate: 0.3 }])).toEqual([{ step: 6, setting: 'rate', from: 0.05, to: 0.3 }]);
    expect(changes.take(7, [])).toEqual([]);
    expect(changes.take(9, [])).toEqual([recorded[2]]);
  });

  it('are refused where the run is past them', () => {
    expect(() => checkWish({ epochs: 2 }, 3)).toThrow(expect.objectContaining({ code: 'change/epochs' }));
    expect(() => checkWish({ rate: 1 }, undefined)).toThrow(expect.objectContaining({ code: 'change/late' }));
    checkWish({ epochs: 3 }, 3);
  });
});

describe('a run that is changed on its way', () => {
  it('takes another rate from the next step on', async () => {
    const events = await changed({ 4: { rate: 0.02 }, 8: { factor: 0.5 } });
    expect(rates(events)).toEqual([...Array(4).fill(0.05), ...Array(4).fill(0.02), ...Array(7).fill(0.01)]);
    expect(only(events, 'change')).toEqual([
      { type: 'change', step: 4, setting: 'rate', from: 0.05, to: 0.02 },
      { type: 'change', step: 8, setting: 'rate', from: 0.02, to: 0.01 },
    ]);
    expect((await readEvents(folderOf(events))).filter((e) => e.type === 'change')).toHaveLength(2);
  });

  it('becomes longer or shorter, but not shorter than it is', async () => {
    expect(only(await changed({ 12: { epochs: 4 } }), 'done')[0]).toMatchObject({ step: 20, stopped: false });
    expect(only(await changed({ 6: { epochs: 2 } }), 'done')[0]).toMatchObject({ step: 10, stopped: false });
    await expect(changed({ 6: { epochs: 1 } })).rejects.toMatchObject({ code: 'change/epochs' });
  });

  it('ends early by a patience that it is given on its way', async () => {
    const events = await changed({ 3: { patience: 1 } }, { epochs: 20, rate: 1e-9, augment: {} });
    expect(only(events, 'done')[0]).toMatchObject({ early: true, stopped: false });
  });

  it('decays otherwise from the next step on, as a net does that was built so', async () => {
    const plain = { rate: 0.01, optimizer: { type: 'sgd', momentum: 0 }, augment: {} };
    const at = await changed({ 5: { weightDecay: 0.5 } }, plain);
    const never = await changed({}, plain);
    expect(measured(at).slice(0, 6)).toEqual(measured(never).slice(0, 6));
    expect(measured(at).at(-1)).not.toEqual(measured(never).at(-1));
    const always = await changed({ 5: { rate: 0.01 } }, { ...plain, weightDecay: 0.5 });
    expect(measured(at).at(-1)).not.toEqual(measured(always).at(-1));
  });

  it('goes on bit for bit from a checkpoint before its changes, which it makes again', async () => {
    const at = {
      3: { rate: 0.02 },
      7: { weightDecay: 0.01, factor: 0.5 },
      10: { epochs: 4 },
      12: { rate: 0.1 },
    };
    const whole = await changed(at);
    const stopped = await changed(at, {}, 13);
    const run = folderOf(stopped);
    // the newest checkpoint is lost: what comes after step 10 is computed anew
    await rm(join(run, 'checkpoints', 'step-13'), { recursive: true });
    expect(only(stopped, 'change')).toHaveLength(5);
    const rest = await collect(continueRun(run, new RunControl()));
    expect(only(rest, 'start')[0]!.step).toBe(10);
    expect(await weightsHash(run, 20)).toBe(await weightsHash(folderOf(whole), 20));
    expect(measured(await readEvents(run))).toEqual(measured(await readEvents(folderOf(whole))));
    const told = (events: readonly TrainEvent[]) => only(events, 'change');
    expect(told(await readEvents(run))).toEqual(told(whole));
    expect(await readChanges(run)).toHaveLength(5);
  });

  it('changes while it is paused, at once', async () => {
    const control = new RunControl();
    const doc = tinyNet(data, { schedule: { type: 'constant', warmup: 0 } });
    const seen: string[] = [];
    await collect(train({ doc, runsFolder: await scratch(), control }), (e) => {
      if (e.type === 'step' && e.step === 2) control.pause();
      if (e.type === 'state' && e.state === 'paused') setTimeout(() => control.change({ rate: 0.2 }), 20);
      if (e.type === 'change') setTimeout(() => control.resume(), 20);
      if (e.type === 'change' || (e.type === 'state' && seen.length < 3)) seen.push(e.type);
      if (e.type === 'step' && e.step === 3) expect(e.rate).toBe(0.2);
    });
    expect(seen).toContain('change');
  });
});

it('a run without changes keeps none', async () => {
  expect(await readChanges(folderOf(await trained(tinyNet(data, { epochs: 1 }))))).toEqual([]);
});
