import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import type { EngineState } from '../../ipc/contract';
import { processPort } from '../../ipc/port';
import { EngineHost } from './engine-host';

let host: EngineHost;
afterEach(() => host.dispose());

/** A host over real child processes, with times a tenth of the real ones. */
function open(mode = 'good') {
  const children: ChildProcess[] = [];
  const states: EngineState['state'][] = [];
  const onEvents = vi.fn();
  const onFailed = vi.fn();
  const printed: string[] = [];
  host = new EngineHost({
    spawn() {
      const child = fork(join(__dirname, 'fake-engine.fixture.mjs'), [mode], {
        serialization: 'advanced',
        silent: true,
      });
      child.stderr!.on('data', (chunk: Buffer) => printed.push(chunk.toString().trim()));
      children.push(child);
      return {
        pid: () => child.pid,
        port: processPort(child),
        onExit: (listener) => void child.on('close', (code) => listener(code ?? -1)),
        kill: (signal) => void child.kill(signal),
      };
    },
    log: { tail: (n) => printed.slice(-n) },
    onState: ({ state }) => states.push(state),
    onEvents,
    onFailed,
    onJob: () => {},
    times: { ping: 50, answer: 350, patience: 300 },
  });
  host.start();
  return { children, states, onEvents, onFailed, last: () => children.at(-1)! };
}
const ready = () => vi.waitFor(() => expect(host.state.state).toBe('ready'), 5000);
const doc = emptyDocument('net');

it('starts, says what it computes on, and passes a run’s events on', async () => {
  const { states, onEvents } = open();
  await ready();
  expect(host.state.device).toEqual({ kind: 'cpu', name: 'CPU · 2 threads' });
  expect(states).toEqual(['starting', 'ready']);
  expect(await host.train({ graph: doc, runs: '/runs' })).toBe('run-1');
  expect(host.activeRun).toBe('run-1');
  await host.stopRun();
  await vi.waitFor(() => expect(host.activeRun).toBeNull());
  expect(onEvents).toHaveBeenCalledTimes(2);
});

it('starts again when the engine dies, and says at which step the run was', async () => {
  const { children, onFailed, last } = open();
  await ready();
  await host.train({ graph: doc, runs: '/runs' });
  last().kill('SIGKILL');
  await vi.waitFor(() => expect(children).toHaveLength(2), 5000);
  await ready();
  const [run, fault] = onFailed.mock.calls[0]!;
  expect(run).toBe('run-1');
  expect(fault).toMatchObject({ code: 'engine/died', what: 'The engine stopped unexpectedly at step 5.' });
  expect(host.activeRun).toBeNull();
});

it('rejects what waits for an engine that dies', async () => {
  open();
  await ready();
  await expect(host.call['engine.pause']()).rejects.toMatchObject({ code: 'engine/died' });
});

it('gives up after three restarts, with what the engine said last, until the user restarts it', {
  timeout: 20_000,
}, async () => {
  const { children } = open('crash');
  await vi.waitFor(() => expect(host.state.state).toBe('failed'), 10_000);
  await new Promise((later) => setTimeout(later, 300));
  expect(children).toHaveLength(4);
  expect(host.state.error).toMatchObject({
    code: 'engine/keeps-dying',
    why: expect.stringContaining('cannot load the library'),
  });
  expect(() => host.call).toThrow(expect.objectContaining({ code: 'engine/keeps-dying' }));
  await host.restart();
  await vi.waitFor(() => expect(children.length).toBeGreaterThan(4));
});

it.skipIf(process.platform === 'win32')(
  'says when the engine does not respond, and when it does again',
  async () => {
    const { last } = open();
    await ready();
    last().kill('SIGSTOP');
    await vi.waitFor(() => expect(host.state.state).toBe('not-responding'), 3000);
    expect(host.state.error).toMatchObject({ code: 'engine/not-responding' });
    last().kill('SIGCONT');
    await ready();
  },
);

it.skipIf(process.platform === 'win32')(
  'ends an engine that does not hear Stop, kills one that does not end, and starts a new one',
  async () => {
    const { children, last, onFailed } = open();
    await ready();
    await host.train({ graph: doc, runs: '/runs' });
    last().kill('SIGSTOP'); // a stopped process takes no SIGTERM either
    await host.stopRun();
    expect(children[0]!.signalCode).toBe('SIGKILL');
    expect(onFailed).toHaveBeenCalledOnce();
    await ready();
    expect(children).toHaveLength(2);
  },
);

it('ends an engine whose thread is busy for ever', async () => {
  const { children } = open('deaf');
  await ready();
  await host.train({ graph: doc, runs: '/runs' });
  await host.stopRun();
  expect(children[0]!.signalCode).toBe('SIGTERM');
});

it('lets a run keep its checkpoint before it ends for good, without measuring the test split', async () => {
  const { children, onEvents, onFailed } = open('slow');
  await ready();
  await host.train({ graph: doc, runs: '/runs' });
  await host.dispose();
  expect(onEvents.mock.calls.at(-1)![1]).toMatchObject([{ type: 'done' }]);
  expect(onFailed).not.toHaveBeenCalled();
  expect(children).toHaveLength(1);
  expect(host.state.state).toBe('stopped');
  expect(() => host.call).toThrow(expect.objectContaining({ code: 'engine/not-running' }));
});
