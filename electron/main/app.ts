import { app, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import { z } from 'zod';
import { toFault, type UserError } from '../../engine/errors';
import { contract } from '../../ipc/contract';
import { DROPPED } from '../dropped';
import { Front } from './front';
import { createHandlers, type Services } from './handlers';
import { menuTemplate } from './menu';
import { serveAssets } from './protocol';
import { reviveRenderer } from './revive';
import { denyPermissions } from './security';
import { serve } from './serve';
import { createServices } from './services';
import { applyTheme, createWindow } from './window';

const DroppedPaths = z.array(z.string().min(1)).max(50);

export interface ConvloomApp {
  /** A file named from outside: the window shows it in a tab. */
  openFile(path: string): Promise<void>;
  focus(): void;
}

/**
 * Puts the parts together and opens the window.
 *
 * @param file from the command line
 * @param fault of the start itself, for the window to show
 */
export function openApp(file: string | undefined, fault: UserError | undefined): ConvloomApp {
  const front = new Front();
  const services: Services = createServices(front, { file, fault }, () => setMenu(front, services));
  const { paths, settings, engine, queue, guard } = services;
  denyPermissions(session.defaultSession);
  serveAssets(protocol, paths.renderer);
  serve(ipcMain, contract, createHandlers(services), front);
  ipcMain.on(DROPPED, async (event, dropped: unknown) => {
    const { data: paths } = DroppedPaths.safeParse(dropped);
    if (!front.trusts(event) || !paths) return;
    for (const path of paths) await openFile(path, front, services);
  });
  applyTheme(settings.get().theme);
  setMenu(front, services);

  const window = createWindow(paths.preload, settings);
  front.open(window);
  guard.watch(window);
  reviveRenderer(window, dialog);
  window.webContents.once('did-finish-load', () => {
    engine.start();
    queue.start();
  });
  return { openFile: (path) => openFile(path, front, services), focus: () => front.focus() };
}

async function openFile(path: string, front: Front, { documents }: Services): Promise<void> {
  try {
    front.send('document.opened', await documents.read(path));
  } catch (error) {
    front.send('app.fault', toFault(error, 'Opening'));
  }
}

function setMenu(front: Front, services: Services): void {
  const { settings, documents, paths } = services;
  const template = menuTemplate({
    mac: process.platform === 'darwin',
    recent: settings.get().recent,
    keys: settings.get().habits.keys,
    command: (id) => front.send('menu.command', id),
    openRecent: (path) => void openFile(path, front, services),
    forgetRecent: () => documents.forgetRecent(),
    showLog: () => shell.showItemInFolder(paths.engineLog),
    showRuns: () => void shell.openPath(paths.runs),
    about: () => app.showAboutPanel(),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
