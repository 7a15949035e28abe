import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunControl } from '../engine/train/control';
import type { EventOf, TrainEvent } from '../engine/train/events';
import { runsFolder, runToEnd } from './run';
import { recorder } from './testing';

afterEach(() => vi.unstubAllEnvs());

const step = (n: number): EventOf<'step'> => ({
  ...{ type: 'step', step: n, epoch: 1, loss: 1, accuracy: 0.5, rate: 0.1 },
  ...{ imagesPerSecond: 100, secondsLeft: 1 },
});
const done = (n: number, stopped: boolean): EventOf<'done'> => ({
  ...{
    type: 'done',
    run: 'r',
    folder: '/runs/r',
    seconds: 65,
    step: n,
    stopped,
    confusion: [],
    classNames: [],
  },
  test: stopped ? null : { loss: 0.0281, accuracy: 0.9912 },
});
/** Ten steps of the protocol of training; `at` is told each step. */
async function* steps(control: RunControl, at: (n: number) => void): AsyncGenerator<TrainEvent> {
  let n = 0;
  while (n < 10 && !control.stopped) {
    yield step(++n);
    at(n);
  }
  yield { type: 'checkpoint', step: n, folder: `/runs/r/checkpoints/step-${n}` };
  yield done(n, control.stopped);
}

describe('a run in the terminal', () => {
  it('ends with its test accuracy, its folder and its graph', async () => {
    const { terminal, err } = recorder();
    const { text } = await runToEnd((control) => steps(control, () => {}), terminal);
    expect(text.split('\n')).toEqual([
      'test accuracy  99.12 %  (loss 0.0281)',
      'trained        10 steps in 1 m 5 s',
      'run            /runs/r',
      'graph          /runs/r/graph.json',
    ]);
    expect(err).toEqual([]);
  });

  it('stops after the step under way at Ctrl-C, and says where its checkpoint lies', async () => {
    const { terminal, err, interrupt } = recorder();
    const { text } = await runToEnd((c) => steps(c, (n) => n === 3 && interrupt()), terminal);
    expect(text).toContain('3 steps in 1 m 5 s, stopped before its end');
    expect(err.slice(1)).toEqual([
      'Checkpoint: /runs/r/checkpoints/step-3',
      'Go on with: convloom resume /runs/r',
    ]);
  });

  it('is deaf to Ctrl-C once it has ended', async () => {
    const { terminal, err, interrupt } = recorder();
    await runToEnd((control) => steps(control, () => {}), terminal);
    interrupt();
    expect(err).toEqual([]);
  });
});

it('puts runs where the option says, else the environment, else the home folder', () => {
  vi.stubEnv('CONVLOOM_RUNS', '/env');
  expect([runsFolder('/option'), runsFolder()]).toEqual(['/option', '/env']);
  vi.stubEnv('CONVLOOM_RUNS', '');
  expect(runsFolder()).toMatch(/Convloom[\\/]runs$/);
});
