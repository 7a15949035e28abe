import { freemem, totalmem } from 'node:os';
import type { App, Shell } from 'electron';
import { dataSets, findDataSet } from '../../engine/data/catalogue';
import { openDocument } from '../../engine/graph/file';
import { listJobs } from '../../engine/train/jobs/job-folder';
import type { AppContract } from '../../ipc/contract';
import type { Handlers } from '../../ipc/define';
import type { CloseGuard } from './close-guard';
import type { Documents, OpenedFile } from './documents';
import type { EngineHost } from './engine-host';
import type { Grants } from './grants';
import type { Library } from './library';
import type { Paths } from './paths';
import type { RunQueue } from './queue';
import type { Recovery } from './recovery';
import type { Runs } from './runs';
import type { Settings, SettingsStore } from './settings';
import type { Templates } from './templates';

export interface Services {
  readonly app: Pick<App, 'getVersion'>;
  readonly shell: Pick<Shell, 'openPath' | 'showItemInFolder'>;
  readonly paths: Paths;
  readonly settings: SettingsStore;
  readonly grants: Grants;
  readonly documents: Documents;
  readonly recovery: Recovery;
  readonly library: Library;
  readonly templates: Templates;
  readonly runs: Runs;
  readonly engine: EngineHost;
  readonly queue: RunQueue;
  readonly guard: CloseGuard;
  /** What the window shows first. */
  readonly start: () => Promise<OpenedFile>;
  readonly applyTheme: (theme: Settings['theme']) => void;
}

/** The contract, bound to what does the work. */
export const createHandlers = (s: Services): Handlers<AppContract> => ({
  ...appHandlers(s),
  ...documentHandlers(s),
  ...dataHandlers(s),
  ...runHandlers(s),
  ...queueHandlers(s),
});

const appHandlers = ({ app, shell, paths, settings, recovery, guard, start, applyTheme }: Services) => ({
  'app.info': async () => ({
    version: app.getVersion(),
    platform: process.platform,
    runsFolder: paths.runs,
    start: await start(),
    recovered: await recovery.list(),
    recent: settings.get().recent,
    theme: settings.get().theme,
  }),
  'app.theme': (theme: Settings['theme']) => {
    settings.set({ theme });
    applyTheme(theme);
  },
  'app.dirty': (unsaved: { dirty: boolean; name: string }) => {
    guard.unsaved = unsaved;
  },
  'app.memory': () => ({ free: freemem(), total: totalmem() }),
  'app.log': () => shell.showItemInFolder(paths.engineLog),
});

type DocumentCalls = Pick<
  Handlers<AppContract>,
  Extract<
    keyof AppContract,
    `document.${string}` | `templates.${string}` | `recovery.${string}` | `library.${string}`
  > &
    keyof Handlers<AppContract>
>;
const documentHandlers = ({
  documents,
  grants,
  recovery,
  library,
  templates,
  guard,
}: Services): DocumentCalls => ({
  'library.get': () => library.get(),
  'library.set': (blocks) => library.set(blocks),
  'templates.list': () => templates.list(),
  'templates.open': (id) => templates.open(id),
  'document.open': (path) => documents.open(path),
  'document.parse': ({ name, text }) => openDocument(text, name),
  'document.save': async ({ path, doc }) => {
    let saved: string | null = null;
    try {
      saved = await documents.save(path, doc);
      return saved;
    } finally {
      if (saved === null) guard.notSaved();
    }
  },
  'document.export': ({ doc }) => documents.export(doc),
  // a path that was not chosen is not written to after a restore either
  'recovery.keep': ({ key, path, doc }) =>
    recovery.keep({ key, path: path !== null && grants.has(path) ? path : null, doc }),
  'recovery.open': async (key) => {
    const opened = await recovery.open(key);
    if (opened.path !== null) grants.add(opened.path);
    return opened;
  },
  'recovery.drop': (key) => recovery.drop(key),
});

type DataCalls = Pick<
  Handlers<AppContract>,
  'data.list' | 'data.fetch' | 'data.info' | 'data.preview' | 'data.report' | 'data.folder'
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
  'data.report': (choice) => engine.call['engine.report'](choice),
  'data.folder': () => documents.chooseFolder(),
});

type RunCalls = Pick<
  Handlers<AppContract>,
  Extract<keyof AppContract, `engine.${string}` | `run.${string}`> & keyof Handlers<AppContract>
>;
const runHandlers = ({ engine, runs, paths, shell }: Services): RunCalls => ({
  'engine.state': () => engine.state,
  'engine.restart': () => engine.restart(),
  'run.start': ({ doc }) => engine.train(doc, paths.runs),
  'run.rates': (doc) => engine.call['engine.rates'](doc),
  'run.probe': (doc) => engine.call['engine.probe'](doc),
  'run.continue': async (id) => engine.continueRun(await runs.folder(id)),
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
const queueHandlers = ({ queue, paths }: Services): QueueCalls => ({
  'job.list': () => listJobs(paths.runs),
  'job.start': ({ doc, seeds }) => queue.startJob(doc, seeds),
  'job.continue': (id) => queue.continueJob(id),
  'queue.list': () => queue.list(),
  'queue.add': ({ doc, seeds }) => queue.add(doc, seeds),
  'queue.remove': (id) => queue.remove(id),
  'queue.move': ({ job, to }) => queue.move(job, to),
  'queue.pause': (paused) => queue.pause(paused),
});
