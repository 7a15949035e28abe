import { resolve } from 'node:path';
import { app, protocol, shell } from 'electron';
import { type ConvloomApp, openApp } from './app';
import { registerScheme } from './protocol';
import { guardContents, refuseDebugging } from './security';
import { fileArgument } from './start';

refuseDebugging(app);
// a separate folder lets tests run beside the user's own app
const userData = process.env['CONVLOOM_USER_DATA'];
if (userData) app.setPath('userData', resolve(userData));
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
    opened = openApp(file);
  });
}
