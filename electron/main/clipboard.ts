import { ClipboardItem, clipboard, nativeImage } from 'electron';

/** What Electron had before its clipboard became asynchronous. */
interface Older {
  writeImage(image: Electron.NativeImage): void;
}

export const writeText = async (text: string): Promise<void> => clipboard.writeText(text);

/** Puts the pixels of a PNG on the clipboard. @returns whether they were read */
export async function writeImage(png: Uint8Array): Promise<boolean> {
  const bytes = Buffer.from(png);
  const image = nativeImage.createFromBuffer(bytes);
  if (image.isEmpty()) return false;
  if ('writeImage' in clipboard) (clipboard as unknown as Older).writeImage(image);
  else await clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
  return true;
}
