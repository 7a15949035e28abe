// Puts a folder into the cache whole or not at all: unpack beside it, sync, list in manifest.json, rename.
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAlive } from './lock.mjs';

const temporary = '.tmp-';

/**
 * @typedef {{ path: string, size: number, sha256: string }} ManifestFile path with slashes, size in bytes
 * @typedef {{ format: 1, name: string, version: string, variant: string, platform: string,
 *   files: ManifestFile[] }} Manifest
 */

/** @param {string} path @returns {Promise<string>} the sha256 of a file, in hex */
export async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** @returns {Manifest | undefined} the manifest of an installed folder, if there is a readable one */
export function readManifest(folder) {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    return manifest.format === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {boolean} the quick check of every start: the manifest is there and each file has its size */
export function isInstalled(folder) {
  const manifest = readManifest(folder);
  return manifest?.files.every(({ path, size }) => sizeOf(join(folder, path)) === size) ?? false;
}

const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size;

/** @returns {Promise<string[]>} files whose content is not what the manifest says: the slow, full check */
export async function damagedFiles(folder) {
  const damaged = [];
  for (const { path, sha256: wanted } of readManifest(folder)?.files ?? []) {
    const file = join(folder, path);
    if (sizeOf(file) === undefined || (await sha256(file)) !== wanted) damaged.push(path);
  }
  return damaged;
}

/** Removes what a killed set-up left behind. A folder of a set-up that still runs stays. */
export function cleanLeftovers(cache) {
  for (const name of readdirSync(cache)) {
    if (!name.startsWith(temporary)) continue;
    const pid = Number(name.split('-').at(-1));
    if (pid !== process.pid && Number.isInteger(pid) && isAlive(pid)) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** @returns {string} a name in the cache that `cleanLeftovers` knows to be unfinished */
export const temporaryPath = (cache, name) => join(cache, `${temporary}${name}-${process.pid}`);

async function sync(path) {
  if (process.platform === 'win32') return; // no handle on a folder there
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Lists and syncs all files of a folder; `known` saves hashing the files that were just checked. */
async function listFiles(folder, known) {
  const files = [];
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of names) {
    const full = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) await sync(full);
    if (!entry.isFile()) continue; // links are not listed: their targets are
    const path = full.slice(folder.length + 1).replaceAll('\\', '/');
    const hash = known?.get(path);
    if (!hash) await sync(full);
    files.push({ path, size: (await stat(full)).size, sha256: hash ?? (await sha256(full)) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function writeManifest(folder, manifest) {
  const file = await open(join(folder, 'manifest.json'), 'wx');
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Installs `<cache>/<folderName>`; an older folder of that name makes way only when the new one is whole.
 * Killed at any moment, the folder is there whole or not there; the next `cleanLeftovers` removes the rest.
 * @param {string} cache
 * @param {string} folderName
 * @param {Omit<Manifest, 'format' | 'files'>} about
 * @param {(folder: string) => Promise<Map<string, string> | void>} fill unpacks into the folder; may give the
 *   sha256 of the files that it wrote, synced and checked, by path
 * @returns {Promise<string>} the installed folder
 */
export async function installFolder(cache, folderName, about, fill) {
  const target = join(cache, folderName);
  const fresh = temporaryPath(cache, folderName);
  const old = temporaryPath(cache, `old-${folderName}`);
  await mkdir(cache, { recursive: true });
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  try {
    const known = await fill(fresh);
    const files = await listFiles(fresh, known ?? undefined);
    await writeManifest(fresh, { format: 1, ...about, files });
    await sync(fresh);
    await rename(target, old).catch(ignoreMissing);
    await rename(fresh, target);
    await sync(cache);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return target;
}

function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}
