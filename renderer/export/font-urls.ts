import interCyrillic from '@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url';
import interGreek from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url';
import interLatinExt from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import monoCyrillic from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-wght-normal.woff2?url';
import monoGreek from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-greek-wght-normal.woff2?url';
import monoLatinExt from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-ext-wght-normal.woff2?url';
import monoLatin from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import { type FontFile, fontsFor, type Script } from '../picture/fonts';
import type { Picture } from '../picture/scene';

/** The files that the window's own style sheet names: the build puts them beside it. */
const URLS: Readonly<Record<FontFile['family'], Readonly<Record<Script, string>>>> = {
  Inter: { latin: interLatin, 'latin-ext': interLatinExt, greek: interGreek, cyrillic: interCyrillic },
  'JetBrains Mono': { latin: monoLatin, 'latin-ext': monoLatinExt, greek: monoGreek, cyrillic: monoCyrillic },
};

const loaded = new Map<string, Promise<string>>();

/** The fonts of a picture, read once. */
export const fontsHere = (picture: Picture): Promise<readonly FontFile[]> =>
  Promise.all(
    fontsFor(picture).map(async ({ family, script }) => {
      const url = URLS[family][script];
      if (!loaded.has(url)) loaded.set(url, base64Of(url));
      return { family, script, data: await loaded.get(url)! };
    }),
  );

async function base64Of(url: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  let text = '';
  // in parts: a call takes no more arguments than the stack holds
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
