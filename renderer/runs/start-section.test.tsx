// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GraphDocument } from '../../engine/graph/document';
import type { RunSummary, Started } from '../../ipc/contract';
import { fakeMain, fault } from './testing';

const answers: Record<string, (input: never) => unknown> = {};
const main = fakeMain(answers);
Object.assign(window, { bridge: main.bridge });
const { useRuns } = await import('./run-store');
const { useEditor } = await import('../app/store');
const { startNow } = await import('./run-effects');
const { StartSection } = await import('./StartSection');

const doc = () =>
  GraphDocument.parse({
    ...{ format: 'convloom', version: 4, name: 'tiny' },
    nodes: {
      in: { type: 'input', params: { shape: [8, 8, 1] } },
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
const earlier: RunSummary = {
  ...{ id: 'r1', name: 'tiny', folder: '/runs/r1', started: '2026-11-22T10:00:00.000Z', state: 'done' },
  ...{ epochs: 2, epochsDone: 2, test: null, params: 195, data: 'mnist' },
};
const started: Started = {
  frozen: ['fc/bias'],
  transfer: {
    ...{ run: '/runs/r1', step: 20, taken: ['fc/bias'], fresh: [{ name: 'fc/kernel', shape: [64, 3] }] },
    dropped: [{ name: 'fc/kernel', shape: [32, 3], here: [64, 3] }],
  },
};
beforeEach(() => {
  Object.assign(answers, { 'run.transfer': () => started, 'run.start': () => 'r2' });
  main.calls.length = 0;
  useRuns.setState({ list: [earlier], pending: null });
  useEditor.getState().load(doc(), null);
});
afterEach(cleanup);
const starts = () => main.calls.filter((c) => c.channel === 'run.start').map((c) => c.input);
const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('lists what is taken, new, dropped and frozen before the run starts, and starts it so', async () => {
  render(<StartSection />);
  choose('Start from', 'r1');
  fireEvent.click(screen.getByRole('radio', { name: 'best' }));
  choose('Train', 'some');
  const names = screen.getByLabelText('Weights to freeze');
  fireEvent.change(names, { target: { value: 'fc/bias' } });
  fireEvent.keyDown(names, { key: 'Enter' });
  const group = await screen.findByRole('region', { name: 'Weights at the start' });
  for (const text of ['1 taken', '1 new', '1 dropped', '1 frozen']) expect(group.textContent).toContain(text);
  expect(group.textContent).toContain('fc/kernel  32×3, here 64×3');
  startNow(null);
  const start = { from: { run: 'r1', checkpoint: 'best' }, freeze: ['fc/bias'], classifierOnly: false };
  await waitFor(() => expect(starts()).toEqual([expect.objectContaining({ start })]));
});

it('says why nothing can be taken', async () => {
  answers['run.transfer'] = () => {
    throw fault('No weight of the earlier run fits this net.');
  };
  render(<StartSection />);
  choose('Start from', 'r1');
  expect((await screen.findByRole('alert')).textContent).toContain('No weight of the earlier run fits');
});

it('forgets the choice with the document it was made for', async () => {
  render(<StartSection />);
  choose('Start from', 'r1');
  choose('Train', 'classifier');
  useEditor.getState().load(doc(), null);
  await waitFor(() => expect((screen.getByLabelText('Start from') as HTMLSelectElement).value).toBe(''));
  startNow(null);
  await waitFor(() => expect(starts()).toEqual([{ doc: expect.anything() }]));
});
