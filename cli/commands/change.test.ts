import { expect, it } from 'vitest';
import { RunControl } from '../../engine/train/control';
import { only, scratch, stripes, tinyNet } from '../../engine/train/testing';
import { train } from '../../engine/train/trainer';
import { convloom } from '../testing';

it('changes a run that is under way, and says from which step on', { timeout: 60_000 }, async () => {
  const doc = tinyNet(await stripes(), { epochs: 10_000, schedule: { type: 'constant', warmup: 0 } });
  const control = new RunControl();
  let answer: ReturnType<typeof convloom> | undefined;
  const events = [];
  for await (const event of train({ doc, runsFolder: await scratch(), control })) {
    if (event.type === 'start') answer = convloom('change', event.folder, '--set', 'rate=0.01', 'patience=7');
    if (event.type === 'change' && event.setting === 'patience') control.stop({ test: false });
    if (event.type !== 'step') events.push(event);
    await new Promise((next) => setImmediate(next));
  }
  const [rate] = only(events, 'change');
  expect(rate).toMatchObject({ setting: 'rate', from: 0.05, to: 0.01 });
  const { exit, out, err } = await answer!;
  expect(exit, err).toBe(0);
  expect(out.split('\n')[0]).toBe(`rate from 0.05 to 0.01 after step ${rate!.step.toLocaleString('en')}`);
});

it('refuses what cannot be changed, and a run that no one trains', async () => {
  const { exit, err } = await convloom('change', await scratch(), '--set', 'rate=0.01');
  expect([exit, err]).toEqual([1, expect.stringContaining('There is no run')]);
});
