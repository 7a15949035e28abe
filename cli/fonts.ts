import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type FontFile, fontsFor } from '../renderer/picture/fonts';
import type { Picture } from '../renderer/picture/scene';

const resolve = createRequire(import.meta.url).resolve;

/** The fonts of a picture from the installed packages; null where one is not there. */
export async function readFonts(picture: Picture): Promise<readonly FontFile[] | null> {
  try {
    return await Promise.all(
      fontsFor(picture).map(async ({ family, script, package: name, file }) => {
        const path = resolve(`@fontsource-variable/${name}/files/${file}`);
        return { family, script, data: await readFile(path, 'base64') };
      }),
    );
  } catch {
    return null;
  }
}
