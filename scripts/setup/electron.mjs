// Finds or installs Electron: an own one (ELECTRON_OVERRIDE_DIST_PATH), npm's, or the stand-in.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, run } from './command.mjs';
import { temporaryPath } from './install-folder.mjs';
import { cacheFolder, root } from './paths.mjs';
import { folderSize } from './pip.mjs';
import { Problem } from './problem.mjs';
import { size } from './report.mjs';
import { ensureStandIn, findStandIn, hasStandIn, standInVersion } from './stand-in.mjs';

const day = 24 * 3600 * 1000;
const silentMs = 20_000;

/**
 * @typedef {{ binary: string, dist: string, version: string, from: 'ELECTRON_OVERRIDE_DIST_PATH' | 'npm' |
 *   'stand-in' }} FoundElectron `dist` is what ELECTRON_OVERRIDE_DIST_PATH may be set to
 */

const binaryName = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

function found(dist, from, version) {
  const binary = join(dist, binaryName[process.platform] ?? 'electron');
  return existsSync(binary) ? { binary, dist, version, from } : undefined;
}

const readOr = (path, otherwise) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : otherwise);

/** The version of npm's `electron`, as pinned in package.json. */
function pinnedVersion(project) {
  const file = join(project, 'node_modules', 'electron', 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : '';
}

/** npm's binary counts when it is whole (path.txt is written last) and of the pinned version. */
function findNpm(project) {
  const folder = join(project, 'node_modules', 'electron');
  const version = readOr(join(folder, 'dist', 'version'), '').replace(/^v/, '');
  if (!existsSync(join(folder, 'path.txt')) || version !== pinnedVersion(project)) return undefined;
  return found(join(folder, 'dist'), 'npm', version);
}

/**
 * Where Electron is. Nothing is fetched.
 * @returns {FoundElectron | undefined}
 * @throws Problem where ELECTRON_OVERRIDE_DIST_PATH is set and holds no Electron
 */
export function findElectron({ env = process.env, cache = cacheFolder(env), project = root } = {}) {
  const own = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (own) {
    const electron = found(own, 'ELECTRON_OVERRIDE_DIST_PATH', readOr(join(own, 'version'), 'unknown'));
    if (electron) return electron;
    throw new Problem({
      what: `ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${own}`,
      why: `${join(own, binaryName[process.platform] ?? 'electron')} does not exist.`,
      remedy: ['Set it to the folder that holds the program, or unset it: then Convloom fetches its own.'],
    });
  }
  const standIn = findStandIn(cache);
  return findNpm(project) ?? (standIn && found(standIn, 'stand-in', standInVersion));
}

const failureFile = (cache) => join(cache, 'electron-download-failed.json');

/** Whether the official download of this version failed less than a day ago. */
function failedLately(cache, version) {
  try {
    const failure = JSON.parse(readFileSync(failureFile(cache), 'utf8'));
    return failure.version === version && Math.abs(Date.now() - failure.time) < day;
  } catch {
    return false;
  }
}

/** Runs npm electron's own installer; ends it when nothing arrives for 20 s. */
async function downloadOfficial(cache, project, show) {
  const folder = temporaryPath(cache, 'electron');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const began = Date.now();
  let last = { bytes: 0, time: began };
  const stopped = () => {
    const bytes = folderSize(folder) + folderSize(join(project, 'node_modules', 'electron', 'dist'));
    if (bytes !== last.bytes) last = { bytes, time: Date.now() };
    if (bytes > 0) show(`${size(bytes)}  ${size((1000 * bytes) / (Date.now() - began))}/s`);
    return Date.now() - last.time > silentMs;
  };
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder };
  try {
    const script = join('node_modules', 'electron', 'install.js');
    return await run(process.execPath, [script], { cwd: project, env, stopped });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} why the official Electron did not arrive; empty where it did */
async function tryOfficial(cache, project, report) {
  const version = pinnedVersion(project);
  if (failedLately(cache, version)) return 'its download failed less than a day ago';
  let reason = '';
  await report.step('Electron', async (show) => {
    const { code, output, timedOut } = await downloadOfficial(cache, project, show);
    if (code === 0 && findNpm(project)) return version;
    reason = timedOut ? 'nothing arrived for 20 s' : (lastLines(output, 20)[0] ?? 'its installer failed');
    writeFileSync(failureFile(cache), `${JSON.stringify({ version, time: Date.now(), reason })}\n`);
    return `! ${version} did not arrive (${reason.slice(0, 100)})`;
  });
  return reason;
}

function noElectron(version, reason) {
  return new Problem({
    what: `Electron ${version} could not be downloaded`,
    why: `${reason}; and there is no stand-in for this platform.`,
    remedy: [
      'Connect this machine to the network and run:  node node_modules/electron/install.js',
      'Behind a mirror: set ELECTRON_MIRROR first. Or unpack an Electron yourself and set',
      'ELECTRON_OVERRIDE_DIST_PATH to its folder.',
      'Without a window the command line works all the same:  npm run -s convloom -- --help',
    ],
  });
}

/**
 * Makes sure that an Electron is there; a failed official download is not tried again for a day.
 * @param {{ report: import('./report.mjs').Report, env?: NodeJS.ProcessEnv, project?: string }} context
 * @returns {Promise<FoundElectron>}
 * @throws Problem
 */
export async function ensureElectron({ report, env = process.env, project = root }) {
  const cache = cacheFolder(env);
  const here = findElectron({ env, cache, project });
  const version = pinnedVersion(project);
  if (here && (here.from !== 'stand-in' || failedLately(cache, version))) return here;
  mkdirSync(cache, { recursive: true });
  const reason = await tryOfficial(cache, project, report);
  if (reason) {
    if (!hasStandIn()) throw noElectron(version, reason);
    await ensureStandIn(cache, report);
  }
  return findElectron({ env, cache, project });
}
