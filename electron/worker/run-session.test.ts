import { expect, it, vi } from 'vitest';
import { UserError } from '../../engine/errors';
import type { RunControl } from '../../engine/train/control';
import type { TrainEvent } from '../../engine/train/events';
import { batched } from './batch';
import { RunSession } from './run-session';

const start = { type: 'start', run: 'run-1' } as TrainEvent;
const step = (n: number) => ({ type: 'step', step: n }) as TrainEvent;

function open() {
  const told: TrainEvent[][] = [];
  const [onFailed, onJob] = [vi.fn(), vi.fn()];
  const runs: string[] = [];
  const onEvents = (run: string, events: TrainEvent[]) => {
    runs.push(...events.map(() => run));
    told.push(events);
  };
  return {
    ...{ told, runs, onFailed, onJob },
    session: new RunSession({ onEvents, onFailed, onJob }),
  };
}

it('answers with the run’s id, tells every event in order, and at most ten times a second', async () => {
  const { told, session } = open();
  const began = Date.now();
  const run = await session.start(async function* () {
    yield { type: 'state', state: 'preparing' } as TrainEvent;
    yield start;
    for (let n = 1; n <= 300; n++) {
      yield step(n);
      if (n % 10 === 0) await new Promise((later) => setTimeout(later, 10));
    }
  });
  expect(run).toBe('run-1');
  await vi.waitFor(() => expect(told.flat()).toHaveLength(302), 5000);
  expect(told.flat().map((e) => (e.type === 'step' ? e.step : e.type))).toEqual([
    'state',
    'start',
    ...Array.from({ length: 300 }, (_, i) => i + 1),
  ]);
  expect(told.length).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 100) + 2);
});

it('refuses with what keeps a run from starting, and can start another', async () => {
  const { session, onFailed } = open();
  const failing = session.start(async function* () {
    yield { type: 'state', state: 'preparing' } as TrainEvent;
    throw new UserError('data/missing', 'No data.', 'It is not here.', 'Get it.');
  });
  await expect(failing).rejects.toMatchObject({ code: 'data/missing' });
  expect(
    await session.start(async function* () {
      yield start;
    }),
  ).toBe('run-1');
  expect(onFailed).not.toHaveBeenCalled();
});

it('tells of a failure after the start, with all events before it', async () => {
  const { session, told, onFailed } = open();
  await session.start(async function* () {
    yield start;
    yield step(1);
    throw new UserError('train/diverged', 'NaN.', 'Too fast.', 'Slow down.');
  });
  await vi.waitFor(() =>
    expect(onFailed).toHaveBeenCalledWith('run-1', expect.objectContaining({ code: 'train/diverged' })),
  );
  expect(told.flat()).toHaveLength(2);
});

it('runs one net at a time, and passes on pause, resume and stop', async () => {
  const { session } = open();
  let control: RunControl | undefined;
  await session.start(async function* (c) {
    control = c;
    yield start;
    while (!c.stopped) await new Promise((later) => setTimeout(later, 1));
  });
  expect(() => session.start(async function* () {})).toThrow(expect.objectContaining({ code: 'run/busy' }));
  session.pause();
  expect(control?.paused).toBe(true);
  session.resume();
  expect(control?.paused).toBe(false);
  session.stop();
  expect([control?.stopped, control?.wantsTest]).toEqual([true, true]);
});

it('tells of the runs of a job one after the other, of one that diverged too, and ends with the job', async () => {
  const { session, told, runs, onFailed, onJob } = open();
  const job = { id: 'j', name: 'n', folder: '/j', created: '', data: 'mnist', epochs: 1, runs: [] };
  const preparing = { type: 'state', state: 'preparing' } as TrainEvent;
  const error = { code: 'train/diverged', what: 'NaN.', why: 'Too fast.', remedy: 'Slow down.' };
  await session.job(async function* () {
    yield { type: 'job', job };
    yield* [preparing, start, step(1), { type: 'fault', run: 'run-1', error } as const];
    yield { type: 'job', job };
    yield* [preparing, { ...start, run: 'run-2' } as TrainEvent, step(1), { type: 'done' } as TrainEvent];
  });
  expect(told.flat().map((e, i) => `${runs[i]} ${e.type}`)).toEqual([
    ...['run-1 state', 'run-1 start', 'run-1 step'],
    ...['run-2 state', 'run-2 start', 'run-2 step', 'run-2 done'],
  ]);
  expect(onFailed.mock.calls).toEqual([['run-1', expect.objectContaining({ code: 'train/diverged' })]]);
  expect(onJob).toHaveBeenCalledTimes(2);
});

it('sends the first item of a batch at once and the rest together', async () => {
  const sent: number[][] = [];
  const batch = batched<number>((items) => sent.push(items), 20);
  [1, 2, 3].forEach(batch.add);
  expect(sent).toEqual([[1]]);
  await new Promise((later) => setTimeout(later, 40));
  expect(sent).toEqual([[1], [2, 3]]);
  batch.add(4);
  batch.flush();
  await new Promise((later) => setTimeout(later, 40));
  expect(sent.flat()).toEqual([1, 2, 3, 4]);
});
