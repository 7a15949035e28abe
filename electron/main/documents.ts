import { basename, dirname, join, resolve } from 'node:path';
import type { BrowserWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import { readTextFile } from '../../engine/files/read-file';
import type { GraphDocument } from '../../engine/graph/document';
import { openDocument, saveDocument } from '../../engine/graph/file';
import { CURRENT_VERSION } from '../../engine/graph/migrations';
import type { OpenedFile } from '../../ipc/contract';
import type { SaveResult } from '../../ipc/document-calls';
import { type Disk, stampOf } from './disk';
import type { Grants } from './grants';
import type { SettingsStore } from './settings';

export const EXTENSION = '.convloom.json';
const FILTERS = [
  { name: 'Convloom graph', extensions: ['convloom.json', 'json'] },
  { name: 'All files', extensions: ['*'] },
];
const MOST_RECENT = 10;

interface Means {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly window: () => BrowserWindow | undefined;
  readonly settings: SettingsStore;
  readonly grants: Grants;
  readonly disk: Disk;
  readonly onRecent: () => void;
}
export type Documents = ReturnType<typeof createDocuments>;

/** Opens and saves graph files, and keeps the list of the recent ones. */
export function createDocuments({ dialog, window, settings, grants, disk, onRecent }: Means) {
  for (const path of [...settings.get().recent, ...settings.get().tabs.paths]) grants.add(path);

  const remember = (path: string): void => {
    const others = settings.get().recent.filter((p) => p !== path);
    settings.set({ recent: [path, ...others].slice(0, MOST_RECENT) });
    onRecent();
  };
  const askSave = async (options: SaveDialogOptions): Promise<string | null> => {
    const parent = window();
    const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
    return answer.canceled || !answer.filePath ? null : grants.add(withExtension(answer.filePath));
  };
  const askOpen = async (options: OpenDialogOptions): Promise<string | null> => {
    const parent = window();
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    return answer.canceled || !answer.filePaths[0] ? null : grants.add(answer.filePaths[0]);
  };
  const write = async (path: string, doc: GraphDocument): Promise<string> => {
    await refuseNewer(path);
    const text = saveDocument(doc);
    await writeFileAtomic(path, text);
    return stampOf(text);
  };
  const read = async (path: string): Promise<OpenedFile> => {
    const full = grants.add(path);
    const text = await readTextFile(full);
    return { path: full, doc: openDocument(text, full), stamp: stampOf(text) };
  };

  return {
    /** A file that the user named: read, granted and remembered. @throws UserError */
    async read(path: string): Promise<OpenedFile> {
      const opened = await read(path);
      remember(opened.path!);
      return opened;
    },
    /** One that was open the last time: it keeps its place among the recent ones. @throws UserError */
    readAgain: (path: string): Promise<OpenedFile> => read(grants.check(path)),
    async open(path: string | null): Promise<OpenedFile | null> {
      const options: OpenDialogOptions = {
        title: 'Open a graph',
        filters: FILTERS,
        properties: ['openFile'],
      };
      const chosen = path === null ? await askOpen(options) : grants.check(path);
      return chosen === null ? null : this.read(chosen);
    },
    /** @param stamp what the file holds as far as the window knows: where it holds something else, nothing is written */
    async save(path: string | null, doc: GraphDocument, stamp: string | null = null): Promise<SaveResult> {
      const start = join(startFolder(settings.get().recent), fileName(doc.name));
      const options = { title: 'Save the graph', defaultPath: start, filters: FILTERS };
      const chosen = path === null ? await askSave(options) : grants.check(path);
      if (chosen === null) return { state: 'cancelled' };
      if (path !== null && stamp !== null) {
        const found = await disk.stampAt(chosen);
        // one that cannot be read tells why when it is written
        if (found === undefined) return { state: 'gone', path: chosen };
        if (found !== null && found !== stamp) return { state: 'changed', path: chosen };
      }
      const written = await write(chosen, doc);
      remember(chosen);
      return { state: 'saved', path: chosen, stamp: written };
    },
    async export(doc: GraphDocument): Promise<string | null> {
      const start = join(startFolder(settings.get().recent), fileName(doc.name));
      const chosen = await askSave({ title: 'Export to JSON', defaultPath: start, filters: FILTERS });
      if (chosen !== null) await write(chosen, doc);
      return chosen;
    },
    chooseFolder: () => askOpen({ title: 'Choose a folder of data', properties: ['openDirectory'] }),
    forgetRecent(): void {
      settings.set({ recent: [] });
      onRecent();
    },
  };
}

/** A file of a newer version is never written over, by whatever way it came to stand there. @throws `file/too-new` */
async function refuseNewer(path: string): Promise<void> {
  const text = await readTextFile(path).catch(() => '');
  if (isNewer(text)) openDocument(text, path);
}
function isNewer(text: string): boolean {
  try {
    const { format, version } = JSON.parse(text) as { format?: unknown; version?: unknown };
    return format === 'convloom' && typeof version === 'number' && version > CURRENT_VERSION;
  } catch {
    return false;
  }
}

/** `net` becomes `net.convloom.json`; a name that ends in .json stays. */
export const withExtension = (path: string): string =>
  resolve(/\.json$/i.test(path) ? path : `${path}${EXTENSION}`);

/** A name that every file system takes: no separators, reserved signs or control characters, no dot at its ends. */
export function fileName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').replace(/^[.\s]+|[.\s]+$/g, '');
  const base = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `${plain}-graph` : plain;
  return `${base.slice(0, 80) || 'graph'}${EXTENSION}`;
}

const startFolder = (recent: readonly string[]): string => (recent[0] ? dirname(recent[0]) : '');

/** For the menu: the file's name, and its folder where two have one name. */
export const recentLabel = (path: string, all: readonly string[]): string => {
  const name = basename(path);
  const same = all.filter((p) => basename(p) === name).length > 1;
  return same ? `${name} – ${dirname(path)}` : name;
};
