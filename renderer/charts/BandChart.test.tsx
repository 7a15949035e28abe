// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';

interface Options {
  hooks: { setCursor: ((u: unknown) => void)[] };
  cursor: { points: { size(u: unknown, series: number): number } };
}
const plots: FakePlot[] = [];
class FakePlot {
  cursor: { idx: number | null; left: number } = { idx: null, left: -10 };
  constructor(
    readonly options: Options,
    readonly data: number[][],
  ) {
    plots.push(this);
  }
  valToPos = (x: number) => 100 * x;
  setCursor({ left }: { left: number }) {
    const idx = left < 0 ? null : this.data[0]!.findIndex((x) => 100 * x === left);
    this.cursor = { idx, left };
    this.options.hooks.setCursor[0]!(this);
  }
  setData() {}
  setSize() {}
  redraw() {}
  destroy() {}
}
vi.mock('uplot', () => ({ default: FakePlot }));
beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(cleanup);

it('tells mean and deviation at the crosshair, by the keys too', async () => {
  const { BandChart } = await import('./BandChart');
  const data = {
    x: [0.5, 1],
    train: { low: [1.5, 1], mean: [2, 1], high: [2.5, 1] },
    validation: { low: [null, 0.5], mean: [null, 0.75], high: [null, 1] },
    runs: [
      [1.6, 1],
      [2.4, null],
    ],
  };
  render(
    <BandChart
      {...{ title: 'Loss', testId: 'band', data, epochs: 1, range: [0, 3] }}
      format={(v) => v.toFixed(2)}
      tick={String}
    />,
  );
  await act(() => new Promise((r) => setTimeout(r, 50)));
  const chart = screen.getByRole('img');
  fireEvent.keyDown(chart, { key: 'Home' });
  // validation has its nearest value half an epoch on
  expect(chart.textContent).toBe('epoch 0.50 · 2 runstrain 2.00 ± 0.50validation 0.75 ± 0.25');
  fireEvent.keyDown(chart, { key: 'End' });
  expect(chart.textContent).toBe('epoch 1.00 · 1 runtrain 1.00validation 0.75 ± 0.25');
  const { size } = plots.at(-1)!.options.cursor.points;
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((i) => size(null, i))).toEqual([0, 0, 8, 0, 0, 8, 0, 0]);
  fireEvent.keyDown(chart, { key: 'Escape' });
  expect(chart.textContent).toBe('');
});
