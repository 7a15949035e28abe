// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { CurveData } from './series';

interface Options {
  hooks: { setCursor: ((u: unknown) => void)[] };
}
const plots: FakePlot[] = [];
/** Like uPlot it tells the crosshair anew whenever it is given data. */
class FakePlot {
  cursor: { idx: number | null; left: number } = { idx: null, left: -10 };
  given = 0;
  constructor(readonly options: Options) {
    plots.push(this);
  }
  setData() {
    this.given += 1;
    if (this.given > 50) throw new Error('setData goes round in circles');
    queueMicrotask(() => act(() => this.options.hooks.setCursor[0]!(this)));
  }
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

const data: CurveData = [
  [0.5, 1],
  [2, 1],
  [2, 1.5],
  [null, 1.2],
];
const settle = () => act(() => new Promise((r) => setTimeout(r, 50)));

it('is quiet while the crosshair stands still, and gives the plot new data only', async () => {
  const { CurveChart } = await import('./CurveChart');
  const chart = (d: CurveData) => (
    <CurveChart
      {...{ title: 'Loss', testId: 'chart', data: d, epochs: 2, stepsPerEpoch: 10, range: [0, 2], sync: 's' }}
      format={(v) => v.toFixed(1)}
      tick={String}
    />
  );
  const { rerender } = render(chart(data));
  await settle();
  const plot = plots.at(-1)!;
  plot.cursor = { idx: 1, left: 40 };
  act(() => plot.options.hooks.setCursor[0]!(plot));
  await settle();
  expect(screen.getByText(/epoch 1\.00 · step 10/)).toBeTruthy();
  const before = plot.given;

  rerender(
    chart([
      [0.5, 1, 1.5],
      [2, 1, 1],
      [2, 1.5, 1.4],
      [null, 1.2, null],
    ]),
  );
  await settle();
  expect(plot.given).toBe(before + 1);
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Loss over epochs. Now train 1.4, validation 1.2.',
  );
});
