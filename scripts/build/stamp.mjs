// Knows whether a part of the build is up to date, by the names, sizes and times of its sources.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ignored = /(^|\/)(node_modules|dist)(\/|$)|\.test\.tsx?$|\.timestamp-|(^|\/)\./;

/** Adds `path size time` of a file, or of all files below a folder. What is not there adds nothing. */
function collect(root, path, lines) {
  if (ignored.test(path)) return;
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isFile()) {
    lines.push(`${path} ${stats.size} ${stats.mtimeMs}`);
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) collect(root, `${path}/${name}`, lines);
}

/**
 * @param {string} root
 * @param {string[]} sources files and folders below it, with slashes
 * @returns {string} changes whenever a source is added, removed or written; tests do not count
 */
export function fingerprint(root, sources) {
  const lines = [];
  for (const path of sources) collect(root, path, lines);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** @returns {boolean} whether the stamp holds this fingerprint and all outputs are there */
export function isFresh(stamp, print, outputs) {
  try {
    return readFileSync(stamp, 'utf8') === print && outputs.every((path) => statSync(path).isFile());
  } catch {
    return false;
  }
}

/** @param {string} stamp path of the stamp file */
export function writeStamp(stamp, print) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}
