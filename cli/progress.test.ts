import { expect, it } from 'vitest';
import type { EventOf, TrainEvent } from '../engine/train/events';
import { follow, stepLine } from './progress';
import { recorder } from './testing';

const start: EventOf<'start'> = {
  ...{
    type: 'start',
    run: 'r',
    folder: '/r',
    name: 'ResNet-20',
    device: { kind: 'cpu', name: 'CPU · 2 threads' },
  },
  ...{ epochs: 2, stepsPerEpoch: 430, step: 0, params: { trainable: 269_434, nonTrainable: 1376 } },
};
const step = (n: number, epoch = 1): EventOf<'step'> => ({
  ...{ type: 'step', step: n, epoch, loss: 0.2124, accuracy: 0.931, rate: 0.1 },
  ...{ imagesPerSecond: 561.4, secondsLeft: 72 },
});
const epoch: EventOf<'epoch'> = {
  ...{ type: 'epoch', epoch: 1, step: 430, train: { loss: 0.2, accuracy: 0.94 } },
  ...{ validation: { loss: 0.05, accuracy: 0.9876 }, imagesPerSecond: 561, secondsLeft: 0 },
};

it('says where a run stands in one line', () => {
  expect(stepLine(step(215), start)).toBe(
    'epoch 1/2  ━━━━━━━───────  step 215/430  loss 0.212  acc 93.1 %  561 images/s  1 m 12 s left',
  );
  expect(stepLine(step(645, 2), start)).toMatch(/^epoch 2\/2 .* step 215\/430 /);
});

it('gives up the bar before the time left where the screen is narrow', () => {
  expect(stepLine(step(215), start, 90)).toHaveLength(89);
  expect(stepLine(step(215), start, 80)).toBe(
    'epoch 1/2  step 215/430  loss 0.212  acc 93.1 %  561 images/s  1 m 12 s left',
  );
});

/** Events ten a second, told to a terminal. */
function tell(events: readonly TrainEvent[], to: Parameters<typeof recorder>[0]) {
  const recorded = recorder(to);
  let clock = 0;
  const on = follow(recorded.terminal, () => (clock += 0.1));
  events.forEach(on);
  return recorded;
}
const run = [start, ...Array.from({ length: 430 }, (_, i) => step(i + 1)), epoch];

it('rewrites one line on a screen, and leaves a line an epoch', () => {
  const { out, live } = tell(run, { columns: 100 });
  expect(live).toHaveLength(430);
  expect(out).toEqual([
    'ResNet-20 on CPU · 2 threads, 269,434 parameters, 2 epochs of 430 steps',
    'epoch 1/2  train loss 0.200 acc 94.00 %  validation loss 0.0500 acc 98.76 %  561 images/s',
  ]);
});

it('prints a line every few seconds where there is no screen', () => {
  const { out } = tell(run, {});
  expect(out.length).toBeGreaterThan(5);
  expect(out.length).toBeLessThan(25);
  expect(out[1]).toMatch(/step 1\/430/);
});

it('prints each event as one line of JSON when JSON is wanted', () => {
  const { out, live } = tell(run, { json: true });
  expect(out.map((line) => JSON.parse(line))).toEqual(run);
  expect(live).toEqual([]);
});
