// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GraphDocument } from '../../engine/graph/document';
import type { Job, Queue } from '../../ipc/contract';
import { fakeMain } from './testing';

const answers: Record<string, (input: never) => unknown> = {};
const main = fakeMain(answers);
Object.assign(window, { bridge: main.bridge });
// The window's stores take the bridge when they are loaded.
const { useEditor } = await import('../app/store');
const { JobDetail } = await import('./JobDetail');
const { createJobStore, jobOf, useJobs } = await import('./job-store');
const { QueueList } = await import('./QueueList');
const { RunControls } = await import('./RunControls');
const { SeedsField } = await import('./SeedsField');
const { seedsFrom, useSeeds } = await import('./seeds');

const net = GraphDocument.parse({
  ...{ format: 'convloom', version: 4, name: 'tiny', training: { seed: 5 } },
  nodes: {
    in: { type: 'input', params: { shape: [28, 28, 1] } },
    flat: { type: 'flatten', params: {} },
    fc: { type: 'dense', params: { units: 3 } },
    out: { type: 'output', params: { classes: 3 } },
  },
  edges: {
    a: { from: { node: 'in', port: 'out' }, to: { node: 'flat', port: 'x' } },
    b: { from: { node: 'flat', port: 'out' }, to: { node: 'fc', port: 'x' } },
    c: { from: { node: 'fc', port: 'out' }, to: { node: 'out', port: 'x' } },
  },
});
const calls = (channel: string) => main.calls.filter((c) => c.channel === channel).map((c) => c.input);

const result = (accuracy: number) => ({ test: { loss: 1 - accuracy, accuracy }, seconds: 60, step: 20 });
const job = (id: string, accuracies: readonly (number | null)[]): Job => ({
  ...{
    id,
    name: `net ${id}`,
    folder: `/runs/${id}`,
    created: '2026-01-05T14:02:00',
    data: 'mnist',
    epochs: 2,
  },
  runs: accuracies.map((a, i) => ({
    ...{ seed: i + 1, run: a === null ? null : `${id}-seed-${i + 1}`, fault: null },
    result: a === null ? null : result(a),
  })),
});
const queue = (more: Partial<Queue> = {}): Queue => ({
  paused: false,
  entries: [
    { job: job('a', [0.9, null]), state: 'running', fault: null },
    { job: job('b', [null]), state: 'waiting', fault: null },
    { job: job('c', [null]), state: 'waiting', fault: null },
  ],
  ...more,
});
beforeEach(() => {
  for (const key of Object.keys(answers)) delete answers[key];
  main.calls.length = 0;
  useSeeds.setState({ count: 1 });
  useJobs.setState({ jobs: [], queue: { paused: false, entries: [] }, selected: null });
});
afterEach(cleanup);

it('counts seeds from that of the document on', () => {
  expect(seedsFrom(7, 3)).toEqual([7, 8, 9]);
  expect(seedsFrom(2_147_483_647, 2)).toEqual([2_147_483_647, 0]);
});

it('starts a job where several seeds are asked for, and queues one while it is under way', async () => {
  useEditor.getState().load(net, null);
  render(
    <>
      <SeedsField />
      <RunControls />
    </>,
  );
  const field = screen.getByLabelText('Seeds');
  for (const value of ['3', '0']) {
    fireEvent.change(field, { target: { value } });
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  expect(screen.getByTestId('run-start').textContent).toBe('Run ×3');
  fireEvent.click(screen.getByTestId('run-start'));
  await waitFor(() =>
    expect(calls('job.start')).toMatchObject([{ doc: { name: 'tiny' }, seeds: [5, 6, 7] }]),
  );

  act(() => main.emit('queue.changed', queue()));
  expect(screen.queryByTestId('run-start')).toBeNull();
  expect(screen.getByTestId('run-queue').textContent).toBe('Queue2');
  fireEvent.click(screen.getByTestId('run-queue'));
  await waitFor(() => expect(calls('queue.add')).toMatchObject([{ seeds: [5, 6, 7] }]));
});

it('shows the queue, and passes on what is asked of it', async () => {
  useJobs.setState({ queue: queue() });
  render(<QueueList />);
  expect(screen.getAllByTestId('queue-entry').map((e) => e.textContent)).toEqual([
    'net aunder way · 2 seeds · 2 epochs',
    'net bwaits · seed 1 · 2 epochs',
    'net cwaits · seed 1 · 2 epochs',
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Move net c up' }));
  fireEvent.click(screen.getByRole('button', { name: 'Take net b out of the queue' }));
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  await waitFor(() => expect(calls('queue.pause')).toEqual([true]));
  expect([calls('queue.move'), calls('queue.remove')]).toEqual([[{ job: 'c', to: 1 }], ['b']]);
  expect(screen.queryByRole('button', { name: 'Move net a down' })).toBeNull();
});

it('says why an entry broke off', () => {
  const fault = { code: 'data/missing', what: 'No data.', why: 'Away.', remedy: 'Get it.' };
  useJobs.setState({ queue: queue({ entries: [{ job: job('a', [null]), state: 'failed', fault }] }) });
  render(<QueueList />);
  expect(screen.getByText('No data. Get it.')).toBeTruthy();
});

it('follows the main process', async () => {
  const other = fakeMain({ 'job.list': () => [job('a', [null, null])], 'queue.list': () => queue() });
  const store = createJobStore(other.api);
  const stop = store.getState().connect();
  await waitFor(() => expect(store.getState().queue.entries).toHaveLength(3));
  other.emit('job.changed', job('a', [0.8, null]));
  other.emit('queue.changed', queue({ paused: true }));
  expect(store.getState().queue.paused).toBe(true);
  expect(jobOf(store.getState().jobs, 'a-seed-1')?.seed).toBe(1);
  stop();
});

it('gives mean, deviation and limits of a job, and each run', async () => {
  render(<JobDetail job={job('a', [0.9, 0.8, null])} />);
  const rows = screen.getAllByRole('row').map((r) => [...r.children].map((c) => c.textContent));
  // deviation of 0.9 and 0.8: 0.1 / sqrt(2)
  expect(rows[1]).toEqual(['Test accuracy', '85.00 %', '7.07 %', '80.00 %', '90.00 %']);
  expect(rows.at(-1)).toEqual(['3', '–', '–', '–', 'not begun']);
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await waitFor(() => expect(calls('job.continue')).toEqual(['a']));
  expect(calls('run.read')).toEqual(['a-seed-1', 'a-seed-2']);
});
