import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, protocol, shell } from 'electron';
import { type ConvloomApp, openApp } from './app';
import { registerScheme } from './protocol';
import { guardContents, refuseDebugging } from './security';
import { fileArgument } from './start';
import { findUserData } from './user-data';

refuseDebugging(app);
// a separate folder lets tests run beside the user's own app
const named = process.env['CONVLOOM_USER_DATA'];
const userData = findUserData(named ? resolve(named) : usualUserData());
app.setPath('userData', userData.folder);
// root has no sandbox: Electron needs --no-sandbox then
if (process.getuid?.() !== 0) app.enableSandbox();
registerScheme(protocol);
guardContents(app, shell);

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  let opened: ConvloomApp | undefined;
  let file = fileArgument(process.argv, process.cwd());
  const open = (path: string): void => {
    if (opened) void opened.openFile(path);
    else file = path;
  };
  app.on('second-instance', (_event, argv, cwd) => {
    const path = fileArgument(argv, cwd);
    if (path) open(path);
    opened?.focus();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => {
    opened = openApp(file, userData.fault);
  });
}

/** Electron makes the folder when it is asked for it, and throws where it cannot. */
function usualUserData(): string {
  try {
    return app.getPath('userData');
  } catch {
    return join(homedir(), '.config', app.getName());
  }
}
