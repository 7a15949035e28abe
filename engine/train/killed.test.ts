import { expect, it } from 'vitest';
import { random } from '../random';
import { RunControl } from './control';
import { bundleTrainer, trainAndKill } from './killing-testing';
import { readEvents } from './run-folder';
import { collect, folderOf, measured, stripes, tinyNet, trained, weightsHash } from './testing';
import { continueRun } from './trainer';

const KILLS = 6;

it(`a run that was killed goes on as if it had not been, in ${KILLS} kills`, {
  timeout: 90_000,
}, async () => {
  const doc = tinyNet(await stripes(), { epochs: 30 });
  const whole = await trained(doc);
  const last = 30 * 5;
  const trainer = await bundleTrainer();
  const next = random(2);
  const moments = Array.from({ length: KILLS }, () => 80 * next());
  for (let i = 0; i < KILLS; i += 3) {
    const runs = await Promise.all(
      moments.slice(i, i + 3).map((after) => trainAndKill(trainer, doc, { type: 'checkpoint', after })),
    );
    for (const { events, signal } of runs) {
      expect(signal, 'it was killed before its end').toBe('SIGKILL');
      const folder = folderOf(events);
      await collect(continueRun(folder, new RunControl()));
      expect(measured(await readEvents(folder))).toEqual(measured(whole));
      expect(await weightsHash(folder, last)).toBe(await weightsHash(folderOf(whole), last));
    }
  }
});
