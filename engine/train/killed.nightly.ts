import { expect, it } from 'vitest';
import { random } from '../random';
import { loadCheckpoint } from './checkpoint';
import { RunControl } from './control';
import { acknowledged, bundleTrainer, continueAndKill, trainAndKill } from './killing-testing';
import { readEvents } from './run-folder';
import { collect, folderOf, measured, stripes, tinyNet, trained, weightsHash } from './testing';
import { continueRun } from './trainer';

const RUNS = 20;
const KILLS_A_RUN = 5;
/** Each of five steps and a checkpoint. */
const EPOCHS = 80;
const [MOST_CHECKPOINTS, MOST_MILLISECONDS] = [6, 60];

it(`no checkpoint that was told of is lost in ${RUNS * KILLS_A_RUN} kills, and ${RUNS} runs end bit for bit as if there had been none`, {
  timeout: 3_600_000,
}, async () => {
  const doc = tinyNet(await stripes(), { epochs: EPOCHS });
  const whole = await trained(doc);
  const hash = await weightsHash(folderOf(whole), EPOCHS * 5);
  const trainer = await bundleTrainer();
  const count = { kills: 0, told: 0, lost: 0, same: 0 };

  async function killedRun(seed: number): Promise<void> {
    const next = random(seed, 9);
    const moment = () => {
      const [nth, after] = [1 + Math.floor(MOST_CHECKPOINTS * next()), MOST_MILLISECONDS * next()];
      return { type: 'checkpoint', nth, after } as const;
    };
    // one in five comes while a run is opened again
    const later = () => (next() < 0.2 ? ({ type: 'state', after: 500 * next() } as const) : moment());
    let killed = await trainAndKill(trainer, doc, moment());
    const folder = folderOf(killed.events);
    let newest = 0;
    for (let kill = 1; ; kill++) {
      expect(killed.signal, 'it was killed before its end').toBe('SIGKILL');
      newest = Math.max(newest, acknowledged(killed));
      count.kills++;
      count.told += killed.events.filter(({ type }) => type === 'checkpoint').length;
      if ((await loadCheckpoint(folder)).state.step < newest) count.lost++;
      if (kill === KILLS_A_RUN) break;
      killed = await continueAndKill(trainer, folder, later());
    }
    await collect(continueRun(folder, new RunControl()));
    expect(measured(await readEvents(folder))).toEqual(measured(whole));
    if ((await weightsHash(folder, EPOCHS * 5)) === hash) count.same++;
  }

  for (let i = 0; i < RUNS; i += 2) await Promise.all([killedRun(i), killedRun(i + 1)]);
  console.log(
    `${count.kills} kills, ${count.told} checkpoints told of, ${count.lost} lost; ${count.same} runs the same`,
  );
  expect(count).toMatchObject({ kills: RUNS * KILLS_A_RUN, lost: 0, same: RUNS });
  expect(count.told).toBeGreaterThan(2 * RUNS * KILLS_A_RUN);
});
