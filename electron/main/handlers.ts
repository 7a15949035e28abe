import { freemem, totalmem } from 'node:os';
import { basename } from 'node:path';
import type { App, Shell } from 'electron';
import { dataSets, findDataSet } from '../../engine/data/catalogue';
import { listJobs } from '../../engine/train/jobs/job-folder';
import type { AppContract, OpenedFile, StartOptions } from '../../ipc/contract';
import type { Handlers } from '../../ipc/define';
import type { CloseGuard } from './close-guard';
import type { Disk } from './disk';
import type { Documents } from './documents';
import type { EngineHost } from './engine-host';
import { fileHandlers } from './file-handlers';
import type { Grants } from './grants';
import type { Library } from './library';
import type { Paths } from './paths';
import type { Pictures } from './pictures';
import type { RunQueue } from './queue';
import type { Recovery } from './recovery';
import type { Runs } from './runs';
import type { Settings, SettingsStore } from './settings';
import type { Templates } from './templates';
import type { Versions } from './versions';

export interface Services {
  readonly app: Pick<App, 'getVersion'>;
  readonly shell: Pick<Shell, 'openPath' | 'showItemInFolder'>;
  readonly paths: Paths;
  readonly settings: SettingsStore;
  readonly grants: Grants;
  readonly documents: Documents;
  readonly disk: Disk;
  readonly versions: Versions;
  readonly pictures: Pictures;
  readonly recovery: Recovery;
  readonly library: Library;
  readonly templates: Templates;
  readonly runs: Runs;
  readonly engine: EngineHost;
  readonly queue: RunQueue;
  readonly guard: CloseGuard;
  /** What the window shows first. */
  readonly start: () => Promise<OpenedFile>;
  /** The tabs of the last time. */
  readonly reopen: () => Promise<OpenedFile[]>;
  readonly applyTheme: (theme: Settings['theme']) => void;
  readonly setFullScreen: (on: boolean) => void;
  /** After a change of what the menu shows: recent files, keys. */
  readonly onMenu: () => void;
  readonly applyZoom: (zoom: number) => void;
}

/** The contract, bound to what does the work. */
export const createHandlers = (s: Services): Handlers<AppContract> => ({
  ...appHandlers(s),
  ...documentHandlers(s),
  ...fileHandlers(s),
  ...dataHandlers(s),
  ...runHandlers(s),
  ...queueHandlers(s),
});

const appHandlers = (s: Services) => ({
  ...lookHandlers(s),
  ...stateHandlers(s),
});

const lookHandlers = ({ settings, applyTheme, applyZoom, setFullScreen, onMenu }: Services) => ({
  'app.fullscreen': (on: boolean) => setFullScreen(on),
  'app.theme': (theme: Settings['theme']) => {
    settings.set({ theme });
    applyTheme(theme);
  },
  'app.looks': (looks: Settings['looks']) => {
    settings.set({ looks });
    applyZoom(looks.zoom);
  },
  'app.habits': (habits: Settings['habits']) => {
    settings.set({ habits });
    onMenu();
  },
  'app.toured': () => settings.set({ toured: true }),
});

const stateHandlers = (s: Services) => ({
  'app.info': async () => ({
    version: s.app.getVersion(),
    platform: process.platform,
    runsFolder: s.paths.runs,
    start: await s.start(),
    tabs: await s.reopen(),
    front: s.settings.get().tabs.front,
    recovered: await s.recovery.list(),
    recent: s.settings.get().recent,
    theme: s.settings.get().theme,
    habits: s.settings.get().habits,
    looks: s.settings.get().looks,
    toured: s.settings.get().toured,
  }),
  'app.tabs': ({ paths, active }: { paths: string[]; active: string | null }) => {
    s.settings.set({ tabs: { paths: paths.filter((p) => s.grants.has(p)), front: active } });
  },
  'app.dirty': (unsaved: { dirty: boolean; name: string }) => {
    s.guard.unsaved = unsaved;
  },
  'app.memory': () => ({ free: freemem(), total: totalmem() }),
  'app.log': () => s.shell.showItemInFolder(s.paths.engineLog),
});

type DocumentCalls = Pick<
  Handlers<AppContract>,
  Extract<
    keyof AppContract,
    `picture.${string}` | `templates.${string}` | `recovery.${string}` | `library.${string}`
  > &
    keyof Handlers<AppContract>
>;
const documentHandlers = ({ pictures, grants, recovery, library, templates }: Services): DocumentCalls => ({
  'library.get': () => library.get(),
  'library.set': (blocks) => library.set(blocks),
  'templates.list': () => templates.list(),
  'templates.open': (id) => templates.open(id),
  'templates.followers': () => templates.followers(),
  'picture.save': ({ name, picture }) => pictures.save(name, picture),
  'picture.copy': (picture) => pictures.copy(picture),
  // a path that was not chosen is not written to after a restore either
  'recovery.keep': ({ path, ...work }) =>
    recovery.keep({ ...work, path: path !== null && grants.has(path) ? path : null }),
  'recovery.open': async (key) => {
    const opened = await recovery.open(key);
    if (opened.path !== null) grants.add(opened.path);
    return opened;
  },
  'recovery.drop': (key) => recovery.drop(key),
});

type DataCalls = Pick<
  Handlers<AppContract>,
  | 'data.list'
  | 'data.fetch'
  | 'data.info'
  | 'data.preview'
  | 'data.augmented'
  | 'data.report'
  | 'data.recognise'
  | 'data.folder'
>;
const dataHandlers = ({ engine, documents }: Services): DataCalls => ({
  'data.list': () =>
    [...dataSets.values()].map(({ id, title, status, fetch, folder, resizes }) => ({
      ...{ id, title, ...status() },
      fetchable: fetch !== undefined,
      folder: folder !== undefined,
      resizes: resizes === true,
    })),
  'data.fetch': (set) => findDataSet({ set }).fetch?.(),
  'data.info': (choice) => engine.call['engine.data'](choice),
  'data.preview': (choice) => engine.call['engine.preview'](choice),
  'data.augmented': (request) => engine.call['engine.augmented'](request),
  'data.report': (choice) => engine.call['engine.report'](choice),
  'data.recognise': (folder) => engine.call['engine.recognise'](folder),
  'data.folder': () => documents.chooseFolder(),
});

/** The run that is started from by its folder, where the window knows its id. */
async function startIn(runs: Runs, start: StartOptions): Promise<StartOptions> {
  if (!start.from) return start;
  return { ...start, from: { ...start.from, run: await runs.folder(start.from.run) } };
}

/** The same of what is to be done for several seeds. */
const placed = async <W extends { start?: StartOptions | undefined }>(runs: Runs, { start, ...wish }: W) => ({
  ...wish,
  ...(start && { start: await startIn(runs, start) }),
});

type RunCalls = Pick<
  Handlers<AppContract>,
  Extract<keyof AppContract, `engine.${string}` | `run.${string}`> & keyof Handlers<AppContract>
>;
const runHandlers = ({ engine, runs, paths, shell }: Services): RunCalls => ({
  'engine.state': () => engine.state,
  'engine.restart': () => engine.restart(),
  'run.start': async ({ doc, start }) =>
    engine.train({ graph: doc, runs: paths.runs, ...(start && { start: await startIn(runs, start) }) }),
  'run.transfer': async ({ doc, start }) =>
    engine.call['engine.transfer']({ graph: doc, start: await startIn(runs, start) }),
  'run.grow': async ({ run, checkpoint, growth }) => {
    const from = { run: await runs.folder(run), runs: paths.runs, checkpoint };
    const { folder, doc } = await engine.call['engine.grow']({ ...from, growth });
    return { run: basename(folder), doc };
  },
  'run.rates': (doc) => engine.call['engine.rates'](doc),
  'run.probe': (doc) => engine.call['engine.probe'](doc),
  'run.preflight': (doc) => engine.call['engine.preflight'](doc),
  'run.continue': async (id) => engine.continueRun(await runs.folder(id)),
  'run.change': (wish) => engine.call['engine.change'](wish),
  'run.pause': () => engine.call['engine.pause'](),
  'run.resume': () => engine.call['engine.resume'](),
  'run.stop': () => engine.stopRun(),
  'run.list': () => runs.list(engine.activeRun),
  'run.read': (id) => runs.read(id),
  'run.document': (id) => runs.document(id),
  'run.reveal': async (id) => {
    await shell.openPath(await runs.folder(id));
  },
});

type QueueCalls = Pick<
  Handlers<AppContract>,
  Extract<keyof AppContract, `job.${string}` | `queue.${string}`> & keyof Handlers<AppContract>
>;
const queueHandlers = ({ queue, runs, paths }: Services): QueueCalls => ({
  'job.list': () => listJobs(paths.runs),
  'job.start': async (wish) => queue.startJob(await placed(runs, wish)),
  'job.continue': (id) => queue.continueJob(id),
  'queue.list': () => queue.list(),
  'queue.add': async (wish) => queue.add(await placed(runs, wish)),
  'queue.remove': (id) => queue.remove(id),
  'queue.move': ({ job, to }) => queue.move(job, to),
  'queue.pause': (paused) => queue.pause(paused),
});
