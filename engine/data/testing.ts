import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { UserError } from '../errors';

/** A folder with these files, by their paths in it. */
export async function folderWith(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'convloom-data-'));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

/** The code of the fault that `run` ends in; what is no UserError comes back as its own text, which no test expects. */
export async function codeOf(run: () => Promise<unknown>): Promise<string> {
  return run().then(
    () => 'none',
    (e) => (e instanceof UserError ? e.code : `${e instanceof Error ? e.stack : e}`),
  );
}

/** A picture of one colour with a size; `alpha` 255 is opaque. */
export const plain = (width: number, height: number, rgb: readonly number[], alpha = 255): Transformer =>
  Transformer.fromRgbaPixels(
    Uint8Array.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? alpha : rgb[i % 4]!)),
    width,
    height,
  );
export const png = (width: number, height: number, rgb: readonly number[]): Uint8Array =>
  plain(width, height, rgb).pngSync();

/** Numbers below `n`, the same at every run. */
export function dice(seed = 1): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

/**
 * Cuts `sound` at many places and turns bytes of it over, and gives each to `read`.
 *
 * @returns what ended in neither data nor a UserError: nothing is expected
 */
export async function mutate(
  sound: Uint8Array,
  times: number,
  read: (bytes: Uint8Array) => unknown,
): Promise<readonly string[]> {
  const next = dice(sound.length + 1);
  const wrong: string[] = [];
  for (let i = 0; i < times; i++) {
    const cut = i % 2 === 0;
    const bytes = Uint8Array.from(cut ? sound.subarray(0, next(sound.length)) : sound);
    for (let k = 0; !cut && k < 4; k++) bytes[next(bytes.length)] = next(256);
    const code = await codeOf(async () => read(bytes));
    if (code !== 'none' && !/^[a-z]+\/[a-z-]+$/.test(code)) wrong.push(code);
  }
  return wrong;
}
