import { app, dialog, shell } from 'electron';
import type { Fault, UserError } from '../../engine/errors';
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

/** Everything behind the contract, put together. @param onRecent after a change of the recent files */
export function createServices(front: Front, { file, fault }: Start, onRecent: () => void): Services {
  const paths = pathsOf(app.getAppPath(), app.getPath('userData'));
  const settings = openSettings(paths.settings);
  const grants = createGrants();
  const documents = createDocuments({ dialog, window: () => front.window, settings, grants, onRecent });
  const templates = createTemplates(paths.templates);
  const recovery = createRecovery(paths.recovery);
  const library = createLibrary(paths.library);
  const engine = createEngine(paths, front);
  const guard = new CloseGuard({
    dialog,
    running: () => engine.activeRun !== null,
    save: () => front.send('menu.command', 'file.save'),
    leave: async () => {
      await Promise.all([recovery.close(), engine.dispose(), settings.flush()]);
    },
  });
  const tell = (told: Fault) => front.send('app.fault', told);
  const start = () => {
    if (fault) tell(fault.toFault());
    return startFile(file, documents, templates, tell);
  };
  const stores = {
    paths,
    settings,
    grants,
    documents,
    recovery,
    library,
    templates,
    runs: createRuns(paths.runs),
  };
  return { app, shell, ...stores, engine, guard, start, applyTheme };
}

function createEngine({ worker, engineLog }: Paths, front: Front): EngineHost {
  const log = createEngineLog(engineLog);
  return new EngineHost({
    spawn: () => forkEngine(worker, app.getPath('userData'), engineEnvironment(), (text) => log.write(text)),
    log,
    onState: (state) => front.send('engine.changed', state),
    onEvents: (run, events) => front.send('run.events', { run, events }),
    onFailed: (run, error) => front.send('run.failed', { run, error }),
  });
}
