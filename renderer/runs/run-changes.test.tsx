// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import type { EventOf } from '../../ipc/contract';
import { drawChanges } from '../charts/curve-options';
import { fakeMain, startEvent, steps } from './testing';

const main = fakeMain({ 'run.document': () => emptyDocument('net') });
Object.assign(window, { bridge: main.bridge });
const { applyEvents, newRun } = await import('./run-view');
const { RunChanges, ChangeList } = await import('./RunChanges');

const change = (more: Partial<EventOf<'change'>> = {}): EventOf<'change'> => ({
  ...{ type: 'change', step: 5, setting: 'rate', from: 0.1, to: 0.01 },
  ...more,
});
const run = () => applyEvents(newRun('r1', 'net'), [startEvent(), ...steps(1, 6), change()]);
const asked = () => main.calls.filter((c) => c.channel === 'run.change').map((c) => c.input);
beforeEach(() => {
  main.calls.length = 0;
});
afterEach(cleanup);

async function type(label: string, value: string) {
  const field = await screen.findByLabelText(`${label} from the next step on`);
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key: 'Enter' });
  return field as HTMLInputElement;
}

it('asks the run for another rate, a part of it, other epochs or patience', async () => {
  render(<RunChanges view={run()} />);
  expect((await screen.findByLabelText('Rate from the next step on')).getAttribute('value')).toBe('0.01');
  await type('Rate', '0.02');
  await type('Rate', '×0.1');
  await type('Epochs', '12');
  await type('Patience', '3');
  await type('Weight decay', '0');
  await waitFor(() =>
    expect(asked()).toEqual([
      ...[{ rate: 0.02 }, { factor: 0.1 }, { epochs: 12 }, { patience: 3 }, { weightDecay: 0 }],
    ]),
  );
});

it('marks what no run can take, and asks for nothing', async () => {
  render(<RunChanges view={run()} />);
  for (const text of ['0', '-1', 'much', '×', '1000']) expect((await type('Rate', text)).value).toBe(text);
  await type('Epochs', '1.5');
  await type('Epochs', '×2');
  expect(asked()).toEqual([]);
});

it('is there while the run trains, and tells in words what was changed', async () => {
  const over = applyEvents(run(), [{ type: 'state', state: 'testing' }]);
  const { container } = render(<RunChanges view={over} />);
  await waitFor(() => expect(main.calls.some((c) => c.channel === 'run.document')).toBe(true));
  expect(container.textContent).toBe('');
  render(<ChangeList view={run()} />);
  expect(screen.getByRole('list', { name: 'Changes of this run' }).textContent).toBe(
    'Rate from 0.1 to 0.01 after step 5.',
  );
});

it('more epochs make the run longer; a run that goes on tells its changes anew', () => {
  const longer = applyEvents(run(), [change({ setting: 'epochs', from: 2, to: 4, step: 6 })]);
  expect(longer.start!.epochs).toBe(4);
  expect(applyEvents(longer, [startEvent({ step: 6 })]).changes).toEqual([change()]);
});

it('the charts have a line at each change', () => {
  const moves: number[] = [];
  const ctx = { moveTo: (x: number) => moves.push(x) } as unknown as CanvasRenderingContext2D;
  for (const name of ['save', 'restore', 'setLineDash', 'beginPath', 'lineTo', 'stroke'])
    Object.assign(ctx, { [name]: vi.fn() });
  const plot = { ctx, bbox: { top: 0, height: 10, left: 0, width: 100 }, valToPos: (x: number) => 10 * x };
  drawChanges(plot as never, [0.5, 2]);
  expect(moves).toEqual([5.5, 20.5]);
});
