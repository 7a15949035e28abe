import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Fresh folders of a test's own, so that neither the user's app nor another test is touched. */
export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `convloom-e2e-${name}-`));

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  readonly runs: string;
  /** What main, preload and page said that nobody expected. */
  readonly complaints: string[];
}
interface Options {
  readonly userData?: string;
  readonly runs?: string;
  /** A file to open, or switches. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the tour, as the first start does; else it counts as shown, and covers nothing that a test looks at. */
  readonly tour?: boolean;
}

/** Starts the built app from `dist`, and waits until it shows a graph. */
export async function launch(options: Options = {}): Promise<Launched> {
  const userData = options.userData ?? temporaryFolder('user');
  if (!options.tour) skipTour(userData);
  const runs = options.runs ?? temporaryFolder('runs');
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: await electronBinary(),
    args: [...flags, root, ...(options.args ?? [])],
    env: { ...inherited(), CONVLOOM_USER_DATA: userData, CONVLOOM_RUNS: runs, ...options.env },
  });
  const complaints: string[] = [];
  app.process().stderr?.on('data', (chunk: Buffer) => complaints.push(...unexpected(chunk.toString())));
  const page = await app.firstWindow();
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`),
  );
  await page.locator('.app').waitFor();
  return { app, page, userData, runs, complaints };
}

function skipTour(userData: string): void {
  const file = join(userData, 'settings.json');
  try {
    const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
    writeFileSync(file, JSON.stringify({ ...known, toured: true }));
  } catch {
    // a folder that a test made unreadable, or a damaged file: the app copes
  }
}

/** Closes by the window's own way; what it asks is answered by letting changes and runs go. */
export async function close({ app }: Pick<Launched, 'app'>): Promise<void> {
  await app
    .evaluate(({ dialog }) => {
      dialog.showMessageBox = (async (...args: unknown[]) => {
        const { buttons = [] } = args.at(-1) as { buttons?: string[] };
        return {
          response: buttons.findIndex((b) => /Don't Save|Stop and Quit/.test(b)),
          checkboxChecked: false,
        };
      }) as typeof dialog.showMessageBox;
    })
    .catch(() => {}); // it is gone already
  await app.close();
}

/** Answers the system's file dialogs, which no test can click. `null` is Cancel. */
export const answerDialogs = (
  app: ElectronApplication,
  answers: { save?: string | null; open?: string | null },
) =>
  app.evaluate(({ dialog }, { save, open }) => {
    const canceled = (path: string | null | undefined) => path === null || path === undefined;
    dialog.showSaveDialog = (async () => ({
      canceled: canceled(save),
      filePath: save ?? '',
    })) as typeof dialog.showSaveDialog;
    dialog.showOpenDialog = (async () => ({
      canceled: canceled(open),
      filePaths: canceled(open) ? [] : [open as string],
    })) as typeof dialog.showOpenDialog;
  }, answers);

/** ELECTRON_BINARY, or the one that set-up installed. */
async function electronBinary(): Promise<string> {
  const named = process.env['ELECTRON_BINARY'];
  if (named) return named;
  const module = join(root, 'scripts', 'setup', 'electron.mjs');
  const { findElectron } = (await import(module)) as { findElectron(): { binary: string } | undefined };
  const found = findElectron();
  if (!found) throw new Error('Electron is not installed: run  npm run setup');
  return found.binary;
}

function inherited(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env;
  return env as Record<string, string>;
}

/** Chromium on a virtual screen without a bus or a GPU grumbles; so does the debugger that tests use. */
const NOISE =
  /Debugger|debugger|DevTools|nodejs\.org\/en\/docs\/inspector|ERROR:(bus|gpu|gl_|viz|angle|object_proxy|command_buffer)|libva|dbus|Gtk|^\s*$/i;
const unexpected = (text: string): string[] => text.split('\n').filter((line) => !NOISE.test(line));
