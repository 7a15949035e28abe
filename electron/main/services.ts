import { app, dialog, shell } from 'electron';
import type { Fault, UserError } from '../../engine/errors';
import { writeImage, writeText } from './clipboard';
import { CloseGuard } from './close-guard';
import { createDisk } from './disk';
import { createDocuments } from './documents';
import { engineEnvironment } from './engine-environment';
import { EngineHost } from './engine-host';
import { createEngineLog } from './engine-log';
import { forkEngine } from './engine-process';
import type { Front } from './front';
import { createGrants } from './grants';
import type { Services } from './handlers';
import { createLibrary } from './library';
import { createOpenNotes } from './open-notes';
import { type Paths, pathsOf } from './paths';
import { createPictures } from './pictures';
import { printPdf } from './print-pdf';
import { RunQueue } from './queue';
import { createRecovery } from './recovery';
import { createRuns } from './runs';
import { openSettings } from './settings';
import { reopenTabs, startFile } from './start';
import { createTemplates } from './templates';
import { createVersions } from './versions';
import { applyTheme } from './window';

interface Start {
  readonly file: string | undefined;
  readonly fault: UserError | undefined;
}

/** Everything behind the contract, put together. @param onMenu after a change of what the menu shows */
export function createServices(front: Front, { file, fault }: Start, onMenu: () => void): Services {
  const paths = pathsOf(app.getAppPath(), app.getPath('userData'));
  const settings = openSettings(paths.settings);
  const grants = createGrants();
  const notes = createOpenNotes();
  const disk = createDisk(notes);
  const documents = createDocuments({
    ...{ dialog, window: () => front.window, settings, grants, disk, onRecent: onMenu },
  });
  const pictures = createPictures({
    ...{ dialog, window: () => front.window, settings, writeText, writeImage, print: printPdf },
  });
  const templates = createTemplates(paths.templates);
  const recovery = createRecovery(paths.recovery);
  const library = createLibrary(paths.library);
  const tell = (told: Fault) => front.send('app.fault', told);
  const engine: EngineHost = createEngine(paths, front, () => void queue.jobChanged());
  const queue: RunQueue = new RunQueue({
    ...{ runs: paths.runs, engine, onFault: tell },
    onChange: (told) => front.send('queue.changed', told),
  });
  const guard = new CloseGuard({
    dialog,
    running: () => engine.training,
    save: () => front.send('menu.command', 'file.save-all'),
    leave: async () => {
      await queue.close();
      await Promise.all([recovery.close(), engine.dispose(), settings.flush(), notes.release()]);
    },
  });
  const start = () => {
    if (fault) tell(fault.toFault());
    return startFile(file, documents, templates, tell);
  };
  const reopen = () => reopenTabs(settings.get().tabs.paths, documents, tell);
  const stores = {
    paths,
    settings,
    grants,
    ...{ documents, disk, versions: createVersions(), pictures },
    recovery,
    library,
    templates,
    runs: createRuns(paths.runs),
  };
  const setFullScreen = (on: boolean) => front.window?.setFullScreen(on);
  const applyZoom = (zoom: number) => front.window?.webContents.setZoomFactor(zoom);
  const means = { start, reopen, applyTheme, applyZoom, setFullScreen, onMenu };
  return { app, shell, ...stores, engine, queue, guard, ...means };
}

function createEngine({ worker, engineLog }: Paths, front: Front, onJob: () => void): EngineHost {
  const log = createEngineLog(engineLog);
  return new EngineHost({
    spawn: () => forkEngine(worker, app.getPath('userData'), engineEnvironment(), (text) => log.write(text)),
    log,
    onState: (state) => front.send('engine.changed', state),
    onEvents: (run, events) => front.send('run.events', { run, events }),
    onJob: (job) => {
      front.send('job.changed', job);
      onJob();
    },
    onFailed: (run, error) => front.send('run.failed', { run, error }),
  });
}
