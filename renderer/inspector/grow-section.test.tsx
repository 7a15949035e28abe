// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { rowOf } from '../../engine/graph/testing';
import type { RunSummary } from '../../ipc/contract';
import { fakeMain } from '../runs/testing';

const doc = rowOf([
  ...([['input', { shape: [8, 8, 1] }], ['conv2d', { filters: 4 }], ['flatten']] as const),
  ...([
    ['dense', { units: 3 }],
    ['output', { classes: 3 }],
  ] as const),
]);
const larger = { ...doc, name: 't wider' };
const main = fakeMain({ 'run.grow': () => ({ run: 'r2', doc: larger }) });
Object.assign(window, { bridge: main.bridge });
const { useRuns } = await import('../runs/run-store');
const { startOptions } = await import('../runs/start-store');
const { useEditor } = await import('../app/store');
const { GrowSection } = await import('./GrowSection');

const run: RunSummary = {
  ...{ id: 'r1', name: 't', folder: '/runs/r1', started: '2026-11-22T10:00:00.000Z', state: 'done' },
  ...{ epochs: 2, epochsDone: 2, test: null, params: 1, data: 'mnist' },
};
const node = analyse(doc).nodes.get('n1')!;
beforeEach(() => {
  main.calls.length = 0;
  useEditor.getState().load(doc, null);
  useRuns.setState({ list: [run] });
});
afterEach(cleanup);

it('widens at the chosen node, opens the larger net, and has its next run start from it', async () => {
  render(<GrowSection node={node} />);
  const field = screen.getByLabelText<HTMLInputElement>('Channels after widening');
  expect(field.getAttribute('value')).toBe('8');
  fireEvent.change(field, { target: { value: '3' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(field.getAttribute('aria-invalid'), 'it says that it takes more only').toBe('true');
  expect(field.value).toBe('3');
  fireEvent.change(field, { target: { value: '6' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  fireEvent.click(screen.getByRole('button', { name: 'Widen, keeping the function…' }));
  await waitFor(() => expect(useEditor.getState().history.present.name).toBe('t wider'));
  const asked = main.calls.find((c) => c.channel === 'run.grow')!.input;
  expect(asked).toEqual({ run: 'r1', checkpoint: 'last', growth: { how: 'widen', node: 'n1', to: 6 } });
  await waitFor(() => expect(startOptions()?.from).toEqual({ run: 'r2', checkpoint: 'last' }));
});

it('is there only where a run of the open graph is', () => {
  useRuns.setState({ list: [{ ...run, name: 'other' }] });
  const { container } = render(<GrowSection node={node} />);
  expect(container.textContent).toBe('');
});
