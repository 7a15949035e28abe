import { dirname, join } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import { UserError } from '../../engine/errors';
import { writeFileAtomic } from '../../engine/files/atomic-write';
import type { ClipPicture, PictureFile } from '../../ipc/picture';
import { EXTENSION, fileName } from './documents';
import type { SettingsStore } from './settings';

interface Means {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  readonly window: () => BrowserWindow | undefined;
  readonly settings: SettingsStore;
  readonly writeText: (text: string) => Promise<void>;
  /** Puts the pixels of a PNG on the clipboard. @returns whether they were read */
  readonly writeImage: (png: Uint8Array) => Promise<boolean>;
  readonly print: (svg: string, width: number, height: number) => Promise<Uint8Array>;
}
export type Pictures = ReturnType<typeof createPictures>;

const KINDS: Readonly<Record<PictureFile['format'], string>> = {
  svg: 'SVG drawing',
  png: 'PNG picture',
  pdf: 'PDF document',
  tex: 'LaTeX (TikZ)',
};

/** Writes pictures of nets where the user says, and puts them on the clipboard. */
export function createPictures({ dialog, window, settings, writeText, writeImage, print }: Means) {
  const ask = async (name: string, format: PictureFile['format']): Promise<string | null> => {
    const [recent] = settings.get().recent;
    const options = {
      title: 'Export the picture',
      defaultPath: join(recent ? dirname(recent) : '', pictureName(name, format)),
      filters: [{ name: KINDS[format], extensions: [format] }],
    };
    const parent = window();
    const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
    return answer.canceled || !answer.filePath ? null : withEnding(answer.filePath, format);
  };
  const content = (p: PictureFile): string | Uint8Array | Promise<Uint8Array> => {
    if (p.format === 'pdf') return print(p.text, p.width, p.height);
    return p.format === 'png' ? checked(p.bytes) : p.text;
  };
  return {
    /** @returns where to, null when the user cancelled */
    async save(name: string, picture: PictureFile): Promise<string | null> {
      const path = await ask(name, picture.format);
      if (path === null) return null;
      await writeFileAtomic(path, await content(picture));
      return path;
    },
    async copy(picture: ClipPicture): Promise<void> {
      if (picture.format === 'text') await writeText(picture.text);
      else if (!(await writeImage(checked(picture.bytes)))) throw notCopied();
    },
  };
}

/** `my net` becomes `my net.svg`. */
export const pictureName = (name: string, format: string): string =>
  `${fileName(name).slice(0, -EXTENSION.length)}.${format}`;

const withEnding = (path: string, format: string): string =>
  path.toLowerCase().endsWith(`.${format}`) ? path : `${path}.${format}`;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
function checked(png: Uint8Array): Uint8Array {
  if (SIGNATURE.every((b, i) => png[i] === b)) return png;
  throw new Error('these bytes are no PNG');
}

const notCopied = (): UserError =>
  new UserError(
    'picture/not-copied',
    'The picture could not be copied.',
    'The system could not read it, or it is too large for the clipboard.',
    'Choose a smaller scale, or save it to a file.',
  );
