import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockRun } from '../run-lock';
import { scratch, tinyNet } from '../testing';
import {
  addToQueue,
  enqueue,
  failInQueue,
  moveInQueue,
  nextInQueue,
  pauseQueue,
  queueFileOf,
  readQueue,
  readQueueFile,
  removeFromQueue,
} from './queue';
import { isTrainedIn } from './queue-lock';

const doc = (name: string) => ({ ...tinyNet('/data'), name });
const names = async (runs: string) => (await readQueue(runs)).entries.map((e) => e.job.name);
async function three() {
  const runs = await scratch();
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push(await addToQueue(runs, { doc: doc(name), seeds: [1] }));
  return { runs, ids };
}

it('J6 keeps jobs in the order they were added, and moves them', async () => {
  const { runs, ids } = await three();
  expect(await names(runs)).toEqual(['a', 'b', 'c']);
  await moveInQueue(runs, ids[2]!, 0);
  expect(await names(runs)).toEqual(['c', 'a', 'b']);
  await moveInQueue(runs, ids[2]!, 9);
  await enqueue(runs, ids[1]!, 'front');
  expect(await names(runs)).toEqual(['b', 'a', 'c']);
  expect(nextInQueue(await readQueueFile(runs))).toBe(ids[1]);
});

it('J7 takes a job out, and deletes one that never began', async () => {
  const { runs, ids } = await three();
  await removeFromQueue(runs, ids[1]!);
  expect(await names(runs)).toEqual(['a', 'c']);
  expect(existsSync(join(runs, ids[1]!))).toBe(false);
  await expect(removeFromQueue(runs, ids[1]!)).rejects.toMatchObject({ code: 'queue/unknown' });
});

it('J8 passes over what broke off, and says why', async () => {
  const { runs, ids } = await three();
  const fault = { code: 'data/missing', what: 'No data.', why: 'It is away.', remedy: 'Get it.' };
  await failInQueue(runs, ids[0]!, fault);
  expect(nextInQueue(await readQueueFile(runs))).toBe(ids[1]);
  expect((await readQueue(runs)).entries[0]).toMatchObject({ state: 'failed', fault });
});

it('J7 says which job is under way, and does not take it out', async () => {
  const { runs, ids } = await three();
  expect(await isTrainedIn(runs)).toBe(false);
  const free = await lockRun(join(runs, ids[0]!));
  expect((await readQueue(runs)).entries.map((e) => e.state)).toEqual(['running', 'waiting', 'waiting']);
  expect(await isTrainedIn(runs)).toBe(true);
  await expect(removeFromQueue(runs, ids[0]!)).rejects.toMatchObject({ code: 'queue/running' });
  await free();
});

it('J9 loses nothing when many change it at once, also after a writer that was killed', async () => {
  const runs = await scratch();
  await writeFile(join(runs, 'queue.lock'), '999999999');
  await Promise.all(Array.from({ length: 8 }, (_, i) => addToQueue(runs, { doc: doc(`n${i}`), seeds: [1] })));
  await pauseQueue(runs, true);
  const { paused, entries } = await readQueue(runs);
  expect([paused, entries.length]).toEqual([true, 8]);
});

it('J6 refuses a file that is none of its own, and leaves it as it is', async () => {
  const runs = await scratch();
  await writeFile(queueFileOf(runs), '{"format":"convloom-queue","version":2}');
  await expect(pauseQueue(runs, true)).rejects.toMatchObject({ code: 'queue/damaged' });
  expect(await readFile(queueFileOf(runs), 'utf8')).toContain('"version":2');
});
