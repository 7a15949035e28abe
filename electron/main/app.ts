import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import { toFault } from '../../engine/errors';
import { type AppContract, contract } from '../../ipc/contract';
import type { Events } from '../../ipc/define';
import { CloseGuard } from './close-guard';
import { createDocuments } from './documents';
import { engineEnvironment } from './engine-environment';
import { EngineHost } from './engine-host';
import { createEngineLog } from './engine-log';
import { forkEngine } from './engine-process';
import { createGrants } from './grants';
import { createHandlers } from './handlers';
import { menuTemplate } from './menu';
import { pathsOf } from './paths';
import { serveAssets } from './protocol';
import { createRecovery } from './recovery';
import { reviveRenderer } from './revive';
import { createRuns } from './runs';
import { denyPermissions, isOurPage } from './security';
import { serve } from './serve';
import { openSettings } from './settings';
import { startFile } from './start';
import { createTemplates } from './templates';
import { applyTheme, createWindow } from './window';

export interface ConvloomApp {
  /** A file named from outside: shown by the window, once it asked after unsaved changes. */
  openFile(path: string): Promise<void>;
  focus(): void;
}

/** Puts the parts together and opens the window. @param file from the command line */
export function openApp(file: string | undefined): ConvloomApp {
  let window: BrowserWindow | undefined;
  const send = <K extends keyof Events<AppContract> & string>(
    channel: K,
    payload: Events<AppContract>[K],
  ): void => {
    if (window && !window.isDestroyed()) window.webContents.send(channel, payload);
  };
  const paths = pathsOf(app.getAppPath(), app.getPath('userData'));
  const settings = openSettings(paths.settings);
  const grants = createGrants();
  const documents = createDocuments({
    dialog,
    window: () => window,
    settings,
    grants,
    onRecent: () => setMenu(),
  });
  const templates = createTemplates(paths.templates);
  const recovery = createRecovery(paths.recovery);
  const engine = createEngine(paths.worker, paths.engineLog, send);
  const guard = new CloseGuard({
    dialog,
    running: () => engine.activeRun !== null,
    save: () => send('menu.command', 'file.save'),
    leave: async () => {
      await Promise.all([recovery.close(), engine.dispose(), settings.flush()]);
    },
  });
  const openFile = async (path: string): Promise<void> => {
    try {
      send('document.opened', await documents.read(path));
    } catch (error) {
      send('app.fault', toFault(error, 'Opening'));
    }
  };
  const setMenu = () => {
    const means = {
      mac: process.platform === 'darwin',
      recent: settings.get().recent,
      command: (id: string) => send('menu.command', id),
      openRecent: (path: string) => void openFile(path),
      forgetRecent: () => documents.forgetRecent(),
      showLog: () => shell.showItemInFolder(paths.engineLog),
      showRuns: () => void shell.openPath(paths.runs),
      about: () => app.showAboutPanel(),
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(means)));
  };

  denyPermissions(session.defaultSession);
  serveAssets(protocol, paths.renderer);
  const start = () => startFile(file, documents, templates, (fault) => send('app.fault', fault));
  const runs = createRuns(paths.runs);
  const services = {
    app,
    shell,
    paths,
    settings,
    grants,
    documents,
    recovery,
    templates,
    runs,
    engine,
    guard,
    start,
    applyTheme,
  };
  serve(
    ipcMain,
    contract,
    createHandlers(services),
    (e) => e.sender === window?.webContents && isOurPage(e.senderFrame?.url),
  );
  applyTheme(settings.get().theme);
  setMenu();
  window = createWindow(paths.preload, settings);
  guard.watch(window);
  reviveRenderer(window, dialog);
  window.webContents.once('did-finish-load', () => engine.start());
  return { openFile, focus: () => focus(window) };
}

type Send = <K extends keyof Events<AppContract> & string>(
  channel: K,
  payload: Events<AppContract>[K],
) => void;

function createEngine(worker: string, logFile: string, send: Send): EngineHost {
  const log = createEngineLog(logFile);
  return new EngineHost({
    spawn: () => forkEngine(worker, app.getPath('userData'), engineEnvironment(), (text) => log.write(text)),
    log,
    onState: (state) => send('engine.changed', state),
    onEvents: (run, events) => send('run.events', { run, events }),
    onFailed: (run, error) => send('run.failed', { run, error }),
  });
}

function focus(window: BrowserWindow | undefined): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
