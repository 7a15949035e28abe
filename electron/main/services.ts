import { app, dialog, shell } from 'electron';
import type { Fault, UserError } from '../../engine/errors';
import { writeImage, writeText } from './clipboard';
import { CloseGuard } from './close-guard';
import { createDocuments } from './documents';
import { engineEnvironment } from './engine-environment';
import { EngineHost } from './engine-host';
import { createEngineLog } from './engine-log';
import { forkEngine } from './engine-process';
import type { Front } from './front';
import { createGrants } from './grants';
import type { Services } from './handlers';
import { createLibrary } from './library';
import { type Paths, pathsOf } from './paths';
import { createPictures } from './pictures';
import { printPdf } from './print-pdf';
import { RunQueue } from './queue';
import { createRecovery } from './recovery';
import { createRuns } from './runs';
import { openSettings } from './settings';
import { startFile } from './start';
import { createTemplates } from './templates';
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
  const documents = createDocuments({
    ...{ dialog, window: () => front.window, settings, grants, onRecent: onMenu },
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
    save: () => front.send('menu.command', 'file.save'),
    leave: async () => {
      await queue.close();
      await Promise.all([recovery.close(), engine.dispose(), settings.flush()]);
    },
  });
  const start = () => {
    if (fault) tell(fault.toFault());
    return startFile(file, documents, templates, tell);
  };
  const stores = {
    paths,
    settings,
    grants,
    documents,
    pictures,
    recovery,
    library,
    templates,
    runs: createRuns(paths.runs),
  };
  const setFullScreen = (on: boolean) => front.window?.setFullScreen(on);
  const applyZoom = (zoom: number) => front.window?.webContents.setZoomFactor(zoom);
  const onWindow = { applyTheme, applyZoom, setFullScreen };
  return { app, shell, ...stores, engine, queue, guard, start, ...onWindow, onMenu };
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
