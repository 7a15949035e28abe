// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { createRunStore } from './run-store';
import { doneEvent, fakeMain, fault, READY, startEvent, stepEvent, steps } from './testing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(150);
const doc = emptyDocument('net');

async function running(answers: Parameters<typeof fakeMain>[0] = {}) {
  const main = fakeMain({ 'run.start': () => 'r1', ...answers });
  const store = createRunStore(main.api);
  store.getState().connect();
  await store.getState().start(doc);
  main.emit('run.events', { run: 'r1', events: [startEvent(), { type: 'state', state: 'training' }] });
  await settle();
  return { main, store };
}

it('shows a run from the press of the button on, and learns the rest from its events', async () => {
  const main = fakeMain({ 'run.start': () => 'r1' });
  const store = createRunStore(main.api);
  store.getState().connect();
  const started = store.getState().start(doc);
  expect(store.getState().pending).toBe('start');
  await started;
  expect(store.getState()).toMatchObject({
    current: 'r1',
    views: { r1: { phase: 'starting', name: 'net' } },
  });

  main.emit('run.events', { run: 'r1', events: [startEvent(), ...steps(1, 3)] });
  await settle();
  expect(store.getState().views['r1']).toMatchObject({ phase: 'training', last: { step: 3 } });
  expect(store.getState().engine).toEqual(READY);
});

it('keeps events that overtake the answer of the start', async () => {
  let answer: (id: string) => void = () => {};
  const main = fakeMain({ 'run.start': () => new Promise((resolve) => (answer = resolve)) });
  const store = createRunStore(main.api);
  store.getState().connect();
  const started = store.getState().start(doc);
  await settle();
  main.emit('run.events', { run: 'r1', events: [startEvent(), ...steps(1, 3)] });
  await settle();
  answer('r1');
  await started;
  expect(store.getState().views['r1']).toMatchObject({ phase: 'training', last: { step: 3 } });
});

it('changes at most ten times a second, however fast steps come, and loses none', async () => {
  const { main, store } = await running();
  let changes = 0;
  store.subscribe(() => changes++);
  for (let i = 1; i <= 1000; i++) {
    main.emit('run.events', { run: 'r1', events: [stepEvent(i)] });
    await vi.advanceTimersByTimeAsync(1);
  }
  await settle();
  expect(changes).toBeGreaterThan(5);
  expect(changes).toBeLessThanOrEqual(11);
  expect(store.getState().views['r1']!.steps.length).toBe(1000);
});

it('counts a wish at once and drops it when the engine has done it', async () => {
  const { main, store } = await running();
  void store.getState().pause();
  expect(store.getState().pending).toBe('pause');
  main.emit('run.events', { run: 'r1', events: [stepEvent(1)] });
  await settle();
  expect(store.getState().pending).toBe('pause');
  main.emit('run.events', { run: 'r1', events: [{ type: 'state', state: 'paused' }] });
  await settle();
  expect(store.getState()).toMatchObject({ pending: null, views: { r1: { phase: 'paused' } } });

  void store.getState().stop();
  main.emit('run.events', { run: 'r1', events: [doneEvent({ stopped: true })] });
  await settle();
  expect(store.getState()).toMatchObject({ pending: null, views: { r1: { phase: 'stopped' } } });
});

it('says why a run could not start, and lets the user try again', async () => {
  const main = fakeMain({
    'run.start': () => {
      throw fault('No data.', { setting: 'data' });
    },
  });
  const store = createRunStore(main.api);
  await store.getState().start(doc);
  expect(store.getState()).toMatchObject({
    pending: null,
    current: null,
    fault: { what: 'No data.', place: { setting: 'data' } },
  });
  expect(store.getState().log.at(-1)).toMatchObject({ tone: 'danger' });
});

it('keeps what a run had learned when it fails', async () => {
  const { main, store } = await running();
  main.emit('run.events', { run: 'r1', events: steps(1, 7) });
  main.emit('run.failed', { run: 'r1', error: fault('The loss is not a number.') });
  await settle();
  const run = store.getState().views['r1']!;
  expect([run.phase, run.steps.length, run.fault?.what]).toEqual(['failed', 7, 'The loss is not a number.']);
});

it('ends the run when its engine dies without a word', async () => {
  const { main, store } = await running();
  main.emit('engine.changed', { state: 'stopped', device: null, error: null });
  expect(store.getState().views['r1']).toMatchObject({ phase: 'failed', fault: { code: 'engine/stopped' } });
});

it('finds the run that is still under way after a reload of the window', async () => {
  const summary = {
    id: 'r9',
    name: 'net',
    folder: '/runs/r9',
    started: '',
    state: 'running',
    epochs: 2,
    epochsDone: 0,
    test: null,
    params: null,
    data: 'mnist',
  };
  const main = fakeMain({ 'run.list': () => [summary], 'run.read': () => [startEvent(), ...steps(1, 4)] });
  const store = createRunStore(main.api);
  store.getState().connect();
  await settle();
  expect(store.getState()).toMatchObject({
    current: 'r9',
    views: { r9: { phase: 'training', last: { step: 4 } } },
  });
});

it('reads a finished run from its folder once', async () => {
  const main = fakeMain({ 'run.read': () => [startEvent(), ...steps(1, 20), doneEvent()] });
  const store = createRunStore(main.api);
  await store.getState().select('old');
  await store.getState().select('old');
  expect(store.getState()).toMatchObject({ selected: 'old', views: { old: { phase: 'done' } } });
  expect(main.calls.filter((c) => c.channel === 'run.read')).toHaveLength(1);
});

it('listens no more once it is let go', async () => {
  const main = fakeMain();
  const store = createRunStore(main.api);
  store.getState().connect()();
  main.emit('run.events', { run: 'r1', events: [startEvent()] });
  await settle();
  expect(store.getState().current).toBeNull();
});
