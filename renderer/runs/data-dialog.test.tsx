// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeMain, fault } from './testing';

const INFO = {
  ...{ id: 'pictures', title: 'flowers', shape: [64, 64, 3] as [number, number, number] },
  ...{ classNames: ['iris', 'rose'], train: 30, test: 6, source: 'Pictures in /flowers' },
};
const REPORT = {
  info: {
    ...INFO,
    skipped: {
      count: 21,
      first: [{ name: 'rose/7.png', why: 'is a GIF; PNG, JPEG, WebP and BMP are read' }],
    },
  },
  classes: [
    { name: 'iris', train: 10, test: 2 },
    { name: 'rose', train: 20, test: 4 },
  ],
  channels: [
    { mean: 0.5, deviation: 0.25 },
    { mean: 0.4, deviation: 0.2 },
    { mean: 0.3, deviation: 0.1 },
  ],
  duplicates: { between: 1, train: 2, test: 0, otherLabel: 1, first: [{ train: 5, test: 3 }] },
};
const INFO_SHAPE = { shape: INFO.shape, classNames: INFO.classNames };
const answers: Record<string, (input: never) => unknown> = {};
const main = fakeMain(answers);
Object.assign(window, { bridge: main.bridge });
// jsdom draws nothing
HTMLCanvasElement.prototype.getContext = () => null;
// The window's stores take the bridge when they are loaded.
const { DataDialog } = await import('./DataDialog');
const { PictureSize } = await import('./PictureSize');

const choice = { set: 'pictures', folder: '/flowers', size: 64 };
beforeEach(() => {
  main.calls.length = 0;
  answers['data.preview'] = () => ({
    ...{ shape: INFO.shape, pictures: new Uint8Array(0), labels: [], classNames: INFO.classNames },
  });
  answers['data.report'] = () => REPORT;
});
afterEach(cleanup);
const showFigures = () => {
  render(<DataDialog choice={choice} info={INFO} onClose={() => {}} />);
  fireEvent.click(screen.getByRole('radio', { name: 'Classes and figures' }));
};

it('shows classes as bars, channels, duplicates and what was left out', async () => {
  showFigures();
  const rows = within(await screen.findByRole('table', { name: 'Classes' })).getAllByRole('row');
  expect(rows.map((r) => r.textContent)).toEqual(['classtraintest', 'iris102', 'rose204']);
  const bars = [...document.querySelectorAll<HTMLElement>('.data-bar span')].map((b) => b.style.width);
  expect(bars).toEqual(['50%', '100%']);
  expect(screen.getByText('mean 0.5000')).toBeTruthy();
  expect(screen.getByText(/1 test pictures stand among the training pictures/)).toBeTruthy();
  expect(screen.getByText('Test 3 is training 5.')).toBeTruthy();
  expect(screen.getByText('21 pictures are left out:')).toBeTruthy();
  expect(screen.getByText('and 20 more')).toBeTruthy();
  expect(main.calls.find((c) => c.channel === 'data.report')?.input).toEqual(choice);
});

it('asks for the figures only when they are looked at, and tells a fault', async () => {
  answers['data.report'] = () => {
    throw fault('The folder is gone.');
  };
  render(<DataDialog choice={choice} info={INFO} onClose={() => {}} />);
  await waitFor(() => expect(main.calls.some((c) => c.channel === 'data.preview')).toBe(true));
  expect(main.calls.some((c) => c.channel === 'data.report')).toBe(false);
  fireEvent.click(screen.getByRole('radio', { name: 'Classes and figures' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The folder is gone.');
});

it('draws the same pictures several times as the training step sees them, and again on wish', async () => {
  const picture = new Uint8Array(2 * 64 * 64 * 3);
  answers['data.preview'] = () => ({ ...INFO_SHAPE, pictures: picture, labels: [1, 0] });
  answers['data.augmented'] = () => ({ ...INFO_SHAPE, pictures: new Uint8Array(0), labels: [] });
  render(<DataDialog choice={choice} info={INFO} onClose={() => {}} />);
  fireEvent.click(screen.getByRole('radio', { name: 'As the net sees them' }));
  const table = await screen.findByRole('table', { name: 'As the net sees them' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((r) => r.textContent),
  ).toEqual(['rose', 'iris']);
  expect(table.querySelectorAll('canvas')).toHaveLength(2 * 8);
  expect(screen.getByText(/Nothing is switched on under Augmentation/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Draw again' }));
  fireEvent.click(screen.getByRole('button', { name: 'Other pictures' }));
  await screen.findByRole('table', { name: 'As the net sees them' });
  const asked = main.calls.filter((c) => c.channel === 'data.augmented').map((c) => c.input);
  expect(asked).toMatchObject([
    { ...choice, start: 0, count: 10, draws: [1, 2, 3, 4, 5, 6, 7], augment: { flip: false } },
    { start: 0, draws: [8, 9, 10, 11, 12, 13, 14] },
    { start: 10, draws: [8, 9, 10, 11, 12, 13, 14] },
  ]);
});

it('offers the side and the colour of picture files', () => {
  const set = vi.fn();
  render(<PictureSize choice={{ set: 'pictures', folder: '/flowers', size: 50 }} set={set} />);
  const side = screen.getByLabelText('Side of the pictures') as HTMLSelectElement;
  expect(side.value).toBe('50');
  fireEvent.change(side, { target: { value: '96' } });
  fireEvent.change(side, { target: { value: 'as found' } });
  fireEvent.change(screen.getByLabelText('Colour of the pictures'), { target: { value: 'grey' } });
  expect(set.mock.calls.map(([c]) => [c.size, c.colour])).toEqual([
    [96, undefined],
    [undefined, undefined],
    [50, 'grey'],
  ]);
});
