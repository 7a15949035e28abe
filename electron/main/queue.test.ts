import { basename } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { UserError } from '../../engine/errors';
import { emptyDocument } from '../../engine/graph/document';
import { addToQueue } from '../../engine/train/jobs/queue';
import { scratch } from '../../engine/train/testing';
import { RunQueue } from './queue';

let queue: RunQueue;
afterEach(() => queue.close());
const doc = (name: string) => ({ ...emptyDocument(name) });

/** A queue over a real folder, and an engine whose jobs end when the test says so. */
async function open() {
  const runs = await scratch();
  const jobs: { id: string; end(): void; fail(error: UserError): void }[] = [];
  const engine = {
    training: false,
    state: { state: 'ready', device: null, error: null } as const,
    runJob: (folder: string) =>
      new Promise<void>((resolve, reject) => {
        engine.training = true;
        const over = (then: () => void) => () => {
          engine.training = false;
          then();
        };
        jobs.push({
          id: basename(folder),
          end: over(resolve),
          fail: (error) => over(() => reject(error))(),
        });
      }),
  };
  const onFault = vi.fn();
  queue = new RunQueue({ runs, engine, onChange: () => {}, onFault, every: 20 });
  const begun = (count: number) => vi.waitFor(() => expect(jobs).toHaveLength(count), 3000);
  const names = async () => (await queue.list()).entries.map((e) => e.job.name);
  return { runs, engine, jobs, begun, names, onFault };
}

it('J10 gives the engine one job after the other, in the order of the queue', async () => {
  const { jobs, begun, names } = await open();
  queue.start();
  const first = await queue.add({ doc: doc('a'), seeds: [1] });
  const second = await queue.add({ doc: doc('b'), seeds: [1, 2] });
  await begun(1);
  expect([jobs[0]!.id, await names()]).toEqual([first, ['a', 'b']]);
  jobs[0]!.end();
  await begun(2);
  expect([jobs[1]!.id, await names()]).toEqual([second, ['b']]);
  jobs[1]!.end();
  await vi.waitFor(async () => expect(await names()).toEqual([]));
});

it('J10 begins nothing while it is paused, but what is asked for', async () => {
  const { jobs, begun } = await open();
  queue.start();
  await queue.pause(true);
  await queue.add({ doc: doc('a'), seeds: [1] });
  await new Promise((later) => setTimeout(later, 100));
  expect(jobs).toEqual([]);
  const wanted = await queue.startJob({ doc: doc('b'), seeds: [1, 2] });
  await begun(1);
  expect(jobs[0]!.id).toBe(wanted);
  jobs[0]!.end();
  await queue.pause(false);
  await begun(2);
});

it('takes up what the terminal added, and what a killed app left', async () => {
  const { runs, jobs, begun } = await open();
  const left = await addToQueue(runs, { doc: doc('a'), seeds: [1] });
  queue.start();
  await begun(1);
  expect(jobs[0]!.id).toBe(left);
  jobs[0]!.end();
  const added = await addToQueue(runs, { doc: doc('b'), seeds: [1] });
  await begun(2);
  expect(jobs[1]!.id).toBe(added);
});

it('J8 notes a job that broke off and goes on; an engine that dies pauses it', async () => {
  const { jobs, begun } = await open();
  queue.start();
  for (const name of ['a', 'b', 'c']) await queue.add({ doc: doc(name), seeds: [1] });
  await begun(1);
  jobs[0]!.fail(new UserError('data/missing', 'No data.', 'It is away.', 'Get it.'));
  await begun(2);
  expect((await queue.list()).entries[0]).toMatchObject({ state: 'failed', fault: { code: 'data/missing' } });
  jobs[1]!.fail(new UserError('engine/died', 'It died.', 'So it did.', 'Wait.'));
  await vi.waitFor(async () => expect((await queue.list()).paused).toBe(true));
  expect((await queue.list()).entries.map((e) => e.state)).toEqual(['failed', 'waiting', 'waiting']);
  expect(jobs).toHaveLength(2);
});

it('J10 keeps the job under way when the app is closed, and waits for a person then', async () => {
  const { jobs, begun, names } = await open();
  queue.start();
  await queue.add({ doc: doc('a'), seeds: [1] });
  await begun(1);
  await queue.close();
  jobs[0]!.end();
  await new Promise((later) => setTimeout(later, 50));
  expect(await names()).toEqual(['a']);
  expect((await queue.list()).paused).toBe(true);
});
