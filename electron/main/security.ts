import type { App, Session, Shell, WebContents } from 'electron';
import { ORIGIN } from './protocol';

/** Where links in the window may lead: papers, documentation, the sources of data sets. */
const LINK_HOSTS: ReadonlySet<string> = new Set([
  'arxiv.org',
  'doi.org',
  'github.com',
  'www.tensorflow.org',
  'www.cs.toronto.edu',
  'yann.lecun.com',
  'papers.nips.cc',
  'proceedings.mlr.press',
  'openaccess.thecvf.com',
]);

/** Whether a link may be handed to the system's browser: https, a host we name, no credentials, the usual port. */
export function isAllowedLink(url: string): boolean {
  try {
    const { protocol, hostname, username, password, port } = new URL(url);
    return (
      protocol === 'https:' && LINK_HOSTS.has(hostname) && username === '' && password === '' && port === ''
    );
  } catch {
    return false;
  }
}

/** Whether a frame shows our own page. */
export const isOurPage = (url: string | undefined): boolean => url?.startsWith(`${ORIGIN}/`) === true;

/** No page gets camera, notifications, clipboard reading, devices or any other permission; nothing is downloaded. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false); // it would fetch dictionaries
}

/** The window shows our page for ever: no navigation, no other window, no webview. Links go to the browser. */
export function guardContents(app: App, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event, url) => {
      event.preventDefault();
      openLink(shell, url);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openLink(shell, url);
      return { action: 'deny' };
    });
  });
}

function openLink(shell: Pick<Shell, 'openExternal'>, url: string): void {
  if (isAllowedLink(url)) void shell.openExternal(url);
}

/** A released app opens no debugging port: no fuse covers this switch. CONVLOOM_DEBUG keeps it, for tests. */
export function refuseDebugging(app: App, env: NodeJS.ProcessEnv = process.env): void {
  if (!app.isPackaged || env['CONVLOOM_DEBUG']) return;
  for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);
}
