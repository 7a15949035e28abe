import { join } from 'node:path';
import type { Recognised } from './describe';
import { namesIn } from './folder';
import { idxFolder } from './idx-folder/idx-folder';
import { pictures } from './pictures/pictures';
import type { DataSource } from './source';

/** More folders than these are classes. */
const INNER = 4;

/**
 * What `folder` may be read as, the likeliest first, one at least: by the names of its files, else by those in one of
 * a few folders in it, as archives and downloads have them, else by the pictures in it. Where nothing fits it is the
 * source that says best what it misses.
 */
export async function recogniseAmong(
  sources: readonly DataSource[],
  folder: string,
): Promise<readonly Recognised[]> {
  const { names } = await namesIn(folder);
  const found = await fitting(sources, folder, names);
  const inner = names
    .filter((n) => n.endsWith('/') && !n.startsWith('.'))
    .map((n) => join(folder, n.slice(0, -1)));
  for (const path of found.length === 0 && inner.length <= INNER ? inner : []) {
    found.push(...(await fitting(sources, path, (await namesIn(path)).names)));
  }
  for (const source of sources) {
    const kind = await source.folder?.kindIn?.(folder);
    if (kind !== undefined) found.push({ set: source.id, folder, kind });
  }
  if (found.length > 0) return found;
  const { id, title } = pictures.folder?.recognises(names) ? pictures : idxFolder;
  return [{ set: id, folder, kind: title }];
}

/** Of the sources that names alone tell of. */
async function fitting(sources: readonly DataSource[], folder: string, names: readonly string[]) {
  return sources
    .filter((s) => s.folder && !s.folder.kindIn && s.folder.recognises(names))
    .map((s): Recognised => ({ set: s.id, folder, kind: s.title }));
}
