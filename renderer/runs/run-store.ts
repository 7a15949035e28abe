import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type Fault, toFault } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import type {
  AppContract,
  EngineState,
  RunSummary,
  StartOptions,
  TrainEvent,
  Wish,
} from '../../ipc/contract';
import type { Api } from '../app/api';
import { api as windowApi } from '../app/bridge';
import { addLine, eventLine, faultLine, type LogLine } from './run-log';
import { applyEvents, isActive, newRun, type RunView } from './run-view';
import { throttled } from './throttle';

/** What the user asked of the engine and the engine has not yet confirmed. */
export type Pending = 'start' | 'pause' | 'resume' | 'stop';

export interface RunState {
  readonly engine: EngineState;
  /** Runs that were live in this window or read from their folders, by id. */
  readonly views: Readonly<Record<string, RunView>>;
  /** The run that the dock shows: the one under way, or the last one. */
  readonly current: string | null;
  /** The run that the Runs workspace shows. */
  readonly selected: string | null;
  readonly pending: Pending | null;
  /** Why the last wish of the user could not be met. */
  readonly fault: Fault | null;
  readonly list: readonly RunSummary[];
  readonly listing: 'loading' | 'ready' | Fault;
  readonly log: readonly LogLine[];
  start(doc: GraphDocument, start?: StartOptions): Promise<void>;
  continueRun(id: string): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
  /** Settings of the run under way; a fault says why one cannot be met. */
  change(wish: Wish): Promise<void>;
  restartEngine(): Promise<void>;
  /** Trains once for each seed. */
  startJob(doc: GraphDocument, seeds: readonly number[], start?: StartOptions): Promise<void>;
  select(id: string): Promise<void>;
  /** Reads a run from its folder, where it was not live in this window. */
  load(id: string): Promise<void>;
  refresh(): Promise<void>;
  dismissFault(): void;
  /** Listens to the engine until the function it gives back is called. */
  connect(): () => void;
}
export type RunStore = UseBoundStore<StoreApi<RunState>>;

/** Metrics are shown at most ten times a second, however fast they come. */
const INTERVAL = 100;
const STARTING: EngineState = { state: 'starting', device: null, error: null };

export function createRunStore(api: Api<AppContract>): RunStore {
  return create<RunState>((set, get) => ({
    engine: STARTING,
    views: {},
    current: null,
    selected: null,
    pending: null,
    fault: null,
    list: [],
    listing: 'loading',
    log: [],
    start: (doc, start) =>
      begin(set, get, doc.name, () => api.call['run.start']({ doc, ...(start && { start }) })),
    continueRun: (id) => begin(set, get, get().views[id]?.name ?? '', () => api.call['run.continue'](id)),
    pause: () => ask(set, 'pause', 'Pausing', () => api.call['run.pause']()),
    resume: () => ask(set, 'resume', 'Resuming', () => api.call['run.resume']()),
    stop: () => ask(set, 'stop', 'Stopping', () => api.call['run.stop']()),
    change: async (wish) => {
      set({ fault: null });
      await api.call['run.change'](wish).catch((e: unknown) =>
        set({ fault: toFault(e, 'Changing the run') }),
      );
    },
    restartEngine: async () => {
      set({ engine: STARTING });
      await api.call['engine.restart']().catch((e: unknown) =>
        set({ fault: toFault(e, 'Restarting the engine') }),
      );
    },
    startJob: async (doc, seeds, start) => {
      set({ fault: null });
      await api.call['job.start']({ doc, seeds: [...seeds], ...(start && { start }) }).catch((e: unknown) =>
        set({ fault: toFault(e, 'Starting the job') }),
      );
    },
    select: (id) => {
      set({ selected: id });
      return load(api, set, get, id);
    },
    load: (id) => load(api, set, get, id),
    refresh: () => refresh(api, set),
    dismissFault: () => set({ fault: null }),
    connect: () => connect(api, set, get),
  }));
}
export const useRuns = createRunStore(windowApi);

type Set = StoreApi<RunState>['setState'];
type Get = StoreApi<RunState>['getState'];

async function begin(set: Set, get: Get, name: string, call: () => Promise<string>): Promise<void> {
  if (get().pending === 'start') return;
  set({ pending: 'start', fault: null });
  try {
    const id = await call();
    set((s) => ({
      pending: s.pending === 'start' ? null : s.pending,
      current: id,
      views:
        s.views[id] && isActive(s.views[id].phase)
          ? s.views
          : { ...s.views, [id]: { ...(s.views[id] ?? newRun(id, name)), phase: 'starting' } },
    }));
  } catch (error) {
    const fault = toFault(error, 'Starting the run');
    set((s) => ({ pending: null, fault, log: addLine(s.log, faultLine(fault), 'danger') }));
  }
}

async function ask(set: Set, pending: Pending, doing: string, call: () => Promise<void>): Promise<void> {
  set({ pending, fault: null });
  try {
    await call();
  } catch (error) {
    set({ pending: null, fault: toFault(error, doing) });
  }
}

async function refresh(api: Api<AppContract>, set: Set): Promise<void> {
  try {
    set({ list: await api.call['run.list'](), listing: 'ready' });
  } catch (error) {
    set({ listing: toFault(error, 'Reading the list of runs') });
  }
}

async function load(api: Api<AppContract>, set: Set, get: Get, id: string): Promise<void> {
  if (get().views[id]) return;
  const summary = get().list.find((r) => r.id === id);
  const empty = newRun(id, summary?.name ?? id);
  try {
    const read = applyEvents(empty, await api.call['run.read'](id));
    const phase =
      read.done || summary?.state === 'running'
        ? read.phase
        : summary?.state === 'stopped' || summary?.state === 'made'
          ? 'stopped'
          : 'failed';
    set((s) => (s.views[id] ? {} : { views: { ...s.views, [id]: { ...read, phase } } }));
  } catch (error) {
    const fault = toFault(error, 'Reading the run');
    set((s) => ({ views: { ...s.views, [id]: { ...empty, phase: 'failed', fault } } }));
  }
}

function connect(api: Api<AppContract>, set: Set, get: Get): () => void {
  const queue = throttled(INTERVAL, (batches: readonly Batch[]) => {
    set((s) => receive(s, batches));
    if (batches.some((b) => b.events.some((e) => e.type === 'start' || e.type === 'done')))
      void refresh(api, set);
  });
  const stops = [
    api.on('run.events', queue.push),
    api.on('run.failed', ({ run, error }) => {
      queue.flush();
      set((s) => fail(s, run, error));
      void refresh(api, set);
    }),
    api.on('engine.changed', (engine) => {
      queue.flush();
      set((s) => engineChanged(s, engine));
    }),
  ];
  void api.call['engine.state']().then(
    (engine) => set({ engine }),
    () => {},
  );
  void refresh(api, set).then(() => adopt(api, set, get));
  return () => {
    for (const stop of stops) stop();
    queue.flush();
  };
}

/** After a reload of the window: shows the run that is still under way. */
async function adopt(api: Api<AppContract>, set: Set, get: Get): Promise<void> {
  const running = get().list.find((r) => r.state === 'running');
  if (!running || get().current) return;
  const past = await api.call['run.read'](running.id).catch(() => [] as TrainEvent[]);
  set((s) => {
    if (s.current) return {};
    return {
      current: running.id,
      views: { ...s.views, [running.id]: applyEvents(newRun(running.id, running.name), past) },
    };
  });
}

interface Batch {
  readonly run: string;
  readonly events: readonly TrainEvent[];
}

/** The state after what the engine told. */
function receive(s: RunState, batches: readonly Batch[]): Partial<RunState> {
  const views = { ...s.views };
  let log = s.log;
  for (const { run, events } of batches) {
    views[run] = applyEvents(views[run] ?? newRun(run, run), events);
    for (const event of events) {
      const line = eventLine(event);
      if (line) log = addLine(log, line.text, line.tone);
    }
  }
  const current = batches.at(-1)!.run;
  return { views, log, current, pending: stillPending(s.pending, views[current]!) };
}

function stillPending(pending: Pending | null, { phase }: RunView): Pending | null {
  if (!isActive(phase)) return null;
  if (pending === 'start' && phase !== 'starting') return null;
  if (pending === 'pause' && phase === 'paused') return null;
  if (pending === 'resume' && phase !== 'paused') return null;
  return pending;
}

function fail(s: RunState, run: string, fault: Fault): Partial<RunState> {
  const view = s.views[run] ?? newRun(run, run);
  return {
    views: { ...s.views, [run]: { ...view, phase: 'failed', fault, revision: view.revision + 1 } },
    current: run,
    pending: null,
    log: addLine(s.log, faultLine(fault), 'danger'),
  };
}

const ENGINE_LOG: Readonly<Record<EngineState['state'], string>> = {
  starting: 'The engine starts.',
  ready: 'The engine is ready',
  failed: 'The engine could not be started.',
  stopped: 'The engine has stopped.',
  'not-responding': 'The engine does not respond.',
};
const ENGINE_GONE: Fault = {
  code: 'engine/stopped',
  what: 'The engine stopped while the run was under way.',
  why: 'The process that computes has ended.',
  remedy: 'Go on from the last checkpoint with Continue in the Runs workspace.',
  place: {},
  repairs: [],
};

/** A run does not outlive its engine, even when nobody says that it failed. */
function engineChanged(s: RunState, engine: EngineState): Partial<RunState> {
  const ready =
    engine.state === 'ready' && engine.device ? `${ENGINE_LOG.ready}: ${engine.device.name}.` : null;
  const bad = engine.state === 'failed' || engine.state === 'stopped';
  const text = engine.error ? faultLine(engine.error) : (ready ?? ENGINE_LOG[engine.state]);
  const told = {
    engine,
    log: engine.state === s.engine.state ? s.log : addLine(s.log, text, bad ? 'danger' : 'plain'),
  };
  const view = s.current === null ? undefined : s.views[s.current];
  return bad && view && isActive(view.phase)
    ? { ...fail({ ...s, ...told }, view.id, engine.error ?? ENGINE_GONE), engine }
    : told;
}

export const useCurrentRun = (): RunView | null =>
  useRuns((s) => (s.current === null ? null : (s.views[s.current] ?? null)));
