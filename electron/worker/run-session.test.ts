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
  const onFailed = vi.fn();
  return {
    told,
    onFailed,
    session: new RunSession({ onEvents: (_, events) => told.push(events), onFailed }),
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
