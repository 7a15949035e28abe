// Unpacks chosen files of a wheel, each checked against the sha256 in the wheel's RECORD.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { readText, readZip, unpackMember, ZipError } from './zip.mjs';

/**
 * @param {string} record text of RECORD: `path,sha256=<base64url>,<bytes>` a line
 * @returns {Map<string, string>} sha256 in hex by path
 * @see The binary distribution format (PEP 427), "The .dist-info directory"
 */
export function parseRecord(record) {
  const digests = new Map();
  for (const line of record.split(/\r?\n/)) {
    const found = /^"?(.+?)"?,sha256=([\w-]+),\d*$/.exec(line);
    if (found) digests.set(found[1], Buffer.from(found[2], 'base64url').toString('hex'));
  }
  return digests;
}

/**
 * @param {string} metadata text of METADATA
 * @param {string} extra
 * @returns {string[]} what the wheel requires for an extra, as `nvidia-nccl-cu12<3.0,>=2.27.7`
 * @example extraRequirements('Requires-Dist: b<2,>=1; extra == "gpu"', 'gpu') // ['b<2,>=1']
 */
export function extraRequirements(metadata, extra) {
  const found = [];
  for (const line of metadata.split(/\r?\n/)) {
    const match = /^Requires-Dist:\s*([^;]+?)\s*;\s*extra\s*==\s*["']([^"']+)["']\s*$/.exec(line);
    if (match && match[2] === extra) found.push(match[1].replace(/\s+|[()]/g, ''));
  }
  return found;
}

const infoMember = (entries, name) =>
  [...entries.values()].find(
    (entry) => entry.name.endsWith(`.dist-info/${name}`) && entry.name.split('/').length === 2,
  );

/** @returns {Promise<string>} the text of the wheel's METADATA */
export async function readMetadata(wheel) {
  return readText(wheel, infoMember(await readZip(wheel), 'METADATA'));
}

/**
 * @param {string} wheel path
 * @param {(name: string) => string | undefined} choose gives the path inside `folder` of a wanted member
 * @param {string} folder
 * @param {(share: number) => void} onShare told how much of the chosen bytes is written, 0 to 1
 * @returns {Promise<Map<string, string>>} sha256 in hex by path inside `folder`
 * @throws ZipError where a file is damaged or is not what RECORD says
 */
export async function unpackWheel(wheel, choose, folder, onShare) {
  const entries = await readZip(wheel);
  const record = parseRecord(await readText(wheel, infoMember(entries, 'RECORD')));
  const chosen = [...entries.values()].filter((entry) => choose(entry.name) !== undefined);
  const total = chosen.reduce((sum, entry) => sum + entry.size, 0);
  const digests = new Map();
  let written = 0;
  const onBytes = (bytes) => {
    written += bytes;
    onShare(written / total);
  };
  for (const entry of chosen) {
    const path = choose(entry.name);
    const digest = await unpackMember(wheel, entry, folder, path, onBytes);
    if (record.get(entry.name) !== digest)
      throw new ZipError(`${entry.name} is not what the wheel's RECORD says`);
    if (process.platform !== 'win32') chmodSync(join(folder, path), /\/bin\//.test(path) ? 0o755 : 0o644);
    digests.set(path, digest);
  }
  return digests;
}
