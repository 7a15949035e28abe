// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../engine/graph/document';
import { doneEvent, epochEvent, fakeMain, fault, startEvent, steps } from './testing';

const INFO = {
  id: 'mnist',
  title: 'MNIST',
  shape: [28, 28, 1],
  classNames: ['0', '1', '2'],
  train: 600,
  test: 100,
  source: 'LeCun 1998',
};
const answers: Record<string, (input: never) => unknown> = {};
const main = fakeMain(answers);
Object.assign(window, { bridge: main.bridge });
// The window's stores take the bridge when they are loaded.
const { useRuns } = await import('./run-store');
const { useDataSets } = await import('./data-store');
const { useEditor } = await import('../app/store');
const { useDock } = await import('./dock-state');
const { RunControls } = await import('./RunControls');
const { Dock } = await import('./Dock');
const { RunsPage } = await import('./RunsPage');
const { TrainingPanel } = await import('./TrainingPanel');

const net = (classes = 3) =>
  GraphDocument.parse({
    format: 'convloom',
    version: 4,
    name: 'tiny',
    nodes: {
      in: { type: 'input', params: { shape: [28, 28, 1] } },
      flat: { type: 'flatten', params: {} },
      fc: { type: 'dense', params: { units: classes } },
      out: { type: 'output', params: { classes } },
    },
    edges: {
      a: { from: { node: 'in', port: 'out' }, to: { node: 'flat', port: 'x' } },
      b: { from: { node: 'flat', port: 'out' }, to: { node: 'fc', port: 'x' } },
      c: { from: { node: 'fc', port: 'out' }, to: { node: 'out', port: 'x' } },
    },
    training: { data: { validation: 60 } },
  });
const fresh = useRuns.getState();
beforeEach(() => {
  for (const key of Object.keys(answers)) delete answers[key];
  Object.assign(answers, {
    'engine.state': () => ({ state: 'ready', device: { kind: 'cpu', name: 'CPU · 2 threads' }, error: null }),
    'run.list': () => [],
    'run.start': () => 'r1',
    'data.info': () => INFO,
    'run.document': () => net(),
    'data.list': () => [
      {
        id: 'mnist',
        title: 'MNIST',
        ready: true,
        remedy: '',
        fetchable: false,
        folder: false,
        resizes: false,
      },
      {
        id: 'fashion-mnist',
        title: 'Fashion-MNIST',
        ready: false,
        remedy: 'Fetch it.',
        fetchable: true,
        folder: false,
        resizes: false,
      },
    ],
  });
  main.calls.length = 0;
  useRuns.setState(fresh, true);
  useDataSets.setState({ known: {}, list: [] });
  useDock.setState({ open: true, tab: 'run' });
  useEditor.getState().load(net(), null);
  useEditor.getState().setData(null);
});
afterEach(cleanup);
const send = (...events: Parameters<typeof main.emit<'run.events'>>[1]['events']) =>
  act(async () => {
    main.emit('run.events', { run: 'r1', events });
    await new Promise((r) => setTimeout(r, 120));
  });

it('starts, pauses, resumes and stops, showing each wish at once', async () => {
  render(<RunControls />);
  expect(await screen.findByText('CPU · 2 threads')).toBeTruthy();
  fireEvent.click(screen.getByTestId('run-start'));
  await waitFor(() => expect(main.calls.some((c) => c.channel === 'run.start')).toBe(true));
  await send(startEvent(), ...steps(1, 3));

  fireEvent.click(screen.getByTestId('run-pause'));
  expect(screen.getByRole('button', { name: 'Pausing…' })).toBeTruthy();
  await send({ type: 'state', state: 'paused' });
  fireEvent.click(screen.getByTestId('run-resume'));
  expect(screen.getByRole('button', { name: 'Resuming…' })).toBeTruthy();
  await send({ type: 'state', state: 'training' });
  fireEvent.click(screen.getByTestId('run-stop'));
  expect(screen.getByRole('button', { name: 'Stopping…' })).toBeTruthy();
  await send(doneEvent({ stopped: true }));
  expect(screen.getByTestId('run-start')).toBeTruthy();
});

it('says why a net cannot run, and shows the problems instead', () => {
  useEditor.getState().setData({ title: 'MNIST', shape: [28, 28, 1], classes: 10 });
  render(<RunControls />);
  const button = screen.getByTestId('run-start');
  expect(button.title).toContain('The net tells 3 classes apart, but MNIST has 10');
  expect(button.getAttribute('aria-description')).toBe(button.title);
  const asked = vi.fn();
  window.addEventListener('convloom:show-problems', asked, { once: true });
  fireEvent.click(button);
  expect(asked).toHaveBeenCalled();
  expect(useDock.getState().tab).toBe('problems');
  expect(main.calls.some((c) => c.channel === 'run.start')).toBe(false);
});

it('tells the remedy when the run cannot start', async () => {
  answers['run.start'] = () => {
    throw fault('The data set is missing.', { setting: 'data' });
  };
  render(<RunControls />);
  fireEvent.click(screen.getByTestId('run-start'));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The data set is missing.');
  expect(within(alert).getByText('this').tagName).toBe('CODE');
  fireEvent.click(within(alert).getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

it('shows in the dock what Run would do, then the run, then its test', async () => {
  render(
    <>
      <RunControls />
      <Dock />
    </>,
  );
  expect(await screen.findByText(/on MNIST: 10 epochs, 540 pictures each/)).toBeTruthy();
  await send(startEvent(), ...steps(1, 10), epochEvent(1), ...steps(11, 12));
  expect(screen.getByTestId('run-state').textContent).toBe('training');
  expect(screen.getByTestId('run-progress').textContent).toBe(
    'epoch 2 of 2 · step 12 · 500 images/s · 8 s left',
  );
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('60');
  const chart = within(screen.getByTestId('chart-accuracy')).getByRole('img');
  expect(chart.getAttribute('aria-label')).toMatch(
    /^Accuracy over epochs\. Now train \d+\.\d %, validation 87\.0 %\.$/,
  );

  await send({ type: 'state', state: 'testing' }, doneEvent());
  expect(screen.getByTestId('test-accuracy').textContent).toBe('88.4 %');
  expect(screen.getByTestId('confusion-matrix')).toBeTruthy();
  expect(screen.getByTestId('run-state').textContent).toBe('done');
});

it('moves through the tabs and folds with the keyboard', () => {
  render(<Dock />);
  const tabs = screen.getByRole('tablist');
  fireEvent.keyDown(tabs, { key: 'ArrowRight' });
  expect(screen.getByTestId('dock-tab-problems').getAttribute('aria-selected')).toBe('true');
  const handle = screen.getByRole('separator');
  const before = Number(handle.getAttribute('aria-valuenow'));
  fireEvent.keyDown(handle, { key: 'ArrowUp' });
  expect(Number(handle.getAttribute('aria-valuenow'))).toBe(before + 16);
  fireEvent.click(screen.getByRole('button', { name: 'Fold the dock' }));
  expect(screen.queryByRole('tabpanel')).toBeNull();
});

it('fits the net to a chosen data set as one step, which Undo takes back', async () => {
  answers['data.info'] = (({ set }: { set: string }) =>
    set === 'mnist'
      ? INFO
      : {
          ...INFO,
          id: set,
          title: 'Fashion-MNIST',
          shape: [32, 32, 3],
          classNames: ['a', 'b', 'c', 'd'],
        }) as never;
  render(<TrainingPanel />);
  const before = useEditor.getState().history;
  fireEvent.change(await screen.findByLabelText('Data set'), {
    target: { value: 'Fashion-MNIST (not here yet)' },
  });
  expect(await screen.findByText('Input 32×32×3 and 4 classes were set from Fashion-MNIST.')).toBeTruthy();
  const { past, present } = useEditor.getState().history;
  expect(past.length).toBe(before.past.length + 1);
  expect(present.nodes['out']!.params['classes']).toBe(4);
  expect(present.training.data.set).toBe('fashion-mnist');

  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(useEditor.getState().history.present).toBe(before.present);
  expect(screen.queryByText(/were set from/)).toBeNull();
});

it('tells how to get a data set that is not here', async () => {
  answers['data.info'] = (({ set }: { set: string }) => {
    if (set === 'mnist') return INFO;
    throw fault('Fashion-MNIST is not on this computer.', { setting: 'data' });
  }) as never;
  render(<TrainingPanel />);
  fireEvent.change(await screen.findByLabelText('Data set'), {
    target: { value: 'Fashion-MNIST (not here yet)' },
  });
  expect((await screen.findByRole('alert')).textContent).toContain('Fashion-MNIST is not on this computer.');
  expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();
});

it('fetches a data set on request, and takes it as soon as it is there', async () => {
  let here = false;
  answers['data.fetch'] = (() => {
    here = true;
  }) as never;
  answers['data.info'] = (({ set }: { set: string }) => {
    if (set !== 'mnist' && !here) throw fault('Fashion-MNIST is not on this computer.', { setting: 'data' });
    return { ...INFO, id: set };
  }) as never;
  render(<TrainingPanel />);
  fireEvent.change(await screen.findByLabelText('Data set'), {
    target: { value: 'Fashion-MNIST (not here yet)' },
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Fetch Fashion-MNIST' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(main.calls.filter((c) => c.channel === 'data.fetch').map((c) => c.input)).toEqual(['fashion-mnist']);
});

it('edits the settings, each edit a step of undo, and refuses what the schema does not take', async () => {
  render(<TrainingPanel />);
  const epochs = screen.getByLabelText('Epochs');
  fireEvent.change(epochs, { target: { value: '25' } });
  fireEvent.keyDown(epochs, { key: 'Enter' });
  expect(useEditor.getState().history.present.training.epochs).toBe(25);
  fireEvent.change(epochs, { target: { value: '0' } });
  fireEvent.keyDown(epochs, { key: 'Enter' });
  expect(useEditor.getState().history.present.training.epochs).toBe(25);

  fireEvent.change(screen.getByLabelText('Optimizer'), { target: { value: 'adam' } });
  expect(useEditor.getState().history.present.training).toMatchObject({
    optimizer: { type: 'adam', beta1: 0.9 },
    rate: 0.001,
  });
  expect(screen.getByLabelText('β₂')).toBeTruthy();
  act(() => useEditor.getState().undo());
  expect(useEditor.getState().history.present.training).toMatchObject({
    optimizer: { type: 'sgd' },
    rate: 0.1,
  });
});

it('lists the runs, shows one, and opens its graph as unsaved work', async () => {
  const row = {
    id: 'old',
    name: 'tiny',
    folder: '/runs/old',
    started: '2026-01-05T14:02:00',
    state: 'stopped',
    epochs: 2,
    epochsDone: 2,
    test: { loss: 0.3, accuracy: 0.884 },
    params: 2355,
    data: 'mnist',
  };
  answers['run.list'] = () => [row];
  answers['run.read'] = () => [
    startEvent(),
    ...steps(1, 20),
    epochEvent(1),
    epochEvent(2),
    doneEvent({ stopped: true }),
  ];
  render(
    <>
      <RunControls />
      <RunsPage />
    </>,
  );
  expect((await screen.findByTestId('test-accuracy')).textContent).toBe('88.4 %');
  expect(screen.getByText('SGD, momentum 0.9')).toBeTruthy();
  expect(screen.getByText('Most frequent mistakes')).toBeTruthy();

  fireEvent.click(await screen.findByRole('button', { name: 'Open its graph' }));
  await waitFor(() => expect(useEditor.getState().saved).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: 'Show in folder' }));
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await waitFor(() =>
    expect(main.calls.map((c) => c.channel)).toEqual(expect.arrayContaining(['run.reveal', 'run.continue'])),
  );
});

it('invites to the first run', async () => {
  render(
    <>
      <RunControls />
      <RunsPage />
    </>,
  );
  expect(await screen.findByText('No runs yet')).toBeTruthy();
});
