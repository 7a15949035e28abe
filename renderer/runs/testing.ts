import type { Fault } from '../../engine/errors';
import { type AppContract, contract, type EventOf, type TrainEvent } from '../../ipc/contract';
import type { Events } from '../../ipc/define';
import { type Api, type Bridge, createApi } from '../app/api';

type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** A main process for tests: answers calls, remembers them, and sends what a test tells it to. */
export interface FakeMain {
  readonly api: Api<AppContract>;
  readonly bridge: Bridge;
  readonly calls: { channel: string; input: unknown }[];
  emit<K extends keyof Events<AppContract> & string>(channel: K, payload: Events<AppContract>[K]): void;
}

/** @param answers by channel; what throws a fault is answered as one; other channels answer null */
export function fakeMain(answers: Answers = {}): FakeMain {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: FakeMain['calls'] = [];
  const usual: Answers = { 'engine.state': () => READY, 'run.list': () => [] };
  const bridge: Bridge = {
    call: async (channel, input) => {
      calls.push({ channel, input });
      try {
        return { ok: true, value: (await (answers[channel] ?? usual[channel])?.(input as never)) ?? null };
      } catch (error) {
        return { ok: false, error };
      }
    },
    on: (channel, listener) => {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => set.delete(listener);
    },
  };
  const emit = (channel: string, payload: unknown) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  };
  return { api: createApi(contract, bridge), bridge, calls, emit };
}

export const READY = {
  state: 'ready',
  device: { kind: 'cpu', name: 'CPU · 2 threads' },
  error: null,
} as const;

export const fault = (what: string, place: Fault['place'] = {}): Fault => ({
  code: 'test/fault',
  what,
  why: 'So it is.',
  remedy: 'Do `this`.',
  place,
  repairs: [],
});

export const startEvent = (more: Partial<EventOf<'start'>> = {}): EventOf<'start'> => ({
  type: 'start',
  run: 'r1',
  folder: '/runs/r1',
  name: 'net',
  device: READY.device,
  epochs: 2,
  stepsPerEpoch: 10,
  step: 0,
  params: { trainable: 1000, nonTrainable: 24 },
  ...more,
});
export const stepEvent = (step: number): EventOf<'step'> => ({
  type: 'step',
  step,
  epoch: Math.ceil(step / 10),
  loss: 1 / step,
  accuracy: 1 - 1 / step,
  rate: 0.1,
  imagesPerSecond: 500,
  secondsLeft: 20 - step,
});
export const steps = (from: number, to: number): TrainEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => stepEvent(from + i));
export const epochEvent = (epoch: number): EventOf<'epoch'> => ({
  type: 'epoch',
  epoch,
  step: epoch * 10,
  train: { loss: 0.2, accuracy: 0.9 },
  validation: { loss: 0.3, accuracy: 0.87 },
  imagesPerSecond: 500,
  secondsLeft: 10,
});
export const doneEvent = (more: Partial<EventOf<'done'>> = {}): EventOf<'done'> => ({
  type: 'done',
  run: 'r1',
  test: { loss: 0.25, accuracy: 0.884 },
  seconds: 72,
  stopped: false,
  step: 20,
  confusion: [
    [440, 60],
    [56, 444],
  ],
  classNames: ['cat', 'dog'],
  folder: '/runs/r1',
  ...more,
});
