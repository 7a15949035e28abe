// Finds or installs TensorFlow's C library.
//
// The rule of the cache folder, shared with engine/tensorflow/locate.ts: of the folders
// `tensorflow-<version>-<cpu|cuda>-<platform>-<arch>` that hold a manifest.json, the newest version counts,
// and of one version `cuda` before `cpu`. The libraries lie at its top. In a `cuda` folder they are links into
// its `tensorflow/`, beside `nvidia/`: load the resolved path, then the loader finds CUDA and cuDNN by itself.
import { existsSync, readdirSync, statfsSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './command.mjs';
import { cleanLeftovers, damagedFiles, installFolder, isInstalled, readManifest } from './install-folder.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, platformName, root } from './paths.mjs';
import { fetchWheel, forgetWheel } from './pip.mjs';
import { Problem } from './problem.mjs';
import { size } from './report.mjs';
import { extraRequirements, readMetadata, unpackWheel } from './wheel.mjs';
import { ZipError } from './zip.mjs';

export const tensorflowVersion = '2.21.0';

const libraryNames = {
  linux: ['libtensorflow_cc.so.2', 'libtensorflow.so.2'],
  darwin: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib'],
  win32: ['_pywrap_tensorflow_common.dll', 'tensorflow.dll'],
};

/** Members of the wheel that are the library; elsewhere they would drag in 400 MB of headers and Python. */
const wantedMembers = new RegExp(
  '^tensorflow/(?:python/)?' +
    '(libtensorflow_(?:cc|framework)\\.(?:so\\.2|2\\.dylib)|_pywrap_tensorflow_common\\.dll)$',
);

/** What CUDA needs at run time: shared libraries, and the compiler and bitcode that XLA calls. */
const wantedNvidia = /^nvidia\/[^/]+\/(?:lib\/[^/]+\.so[.\d]*|bin\/ptxas|nvvm\/(?:lib64|libdevice)\/[^/]+)$/;

const linux = (arch) => ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].map((tag) => `${tag}_${arch}`);
const linuxNvidia = [
  ...linux('x86_64'),
  'manylinux2010_x86_64',
  'manylinux1_x86_64',
  'manylinux_2_18_x86_64',
];

/** The package on the Python index and the wheel's tags, by platform. */
const sources = {
  'linux-x64': { distribution: 'tensorflow-cpu', platforms: linux('x86_64') },
  'linux-arm64': { distribution: 'tensorflow', platforms: linux('aarch64') },
  'darwin-arm64': { distribution: 'tensorflow', platforms: ['macosx_12_0_arm64'] },
  'win32-x64': { distribution: 'tensorflow', platforms: ['win_amd64'] },
};

const hasLibrary = (folder, platform) =>
  (libraryNames[platform] ?? []).some((name) => existsSync(join(folder, name)));

/** @returns {string | undefined} the folder in the cache that counts, by the rule at the top of this file */
export function newestCached(cache, platform = platformName()) {
  const pattern = new RegExp(`^tensorflow-(\\d+)\\.(\\d+)\\.(\\d+)-(cpu|cuda)-${platform}$`);
  const found = (existsSync(cache) ? readdirSync(cache) : [])
    .map((name) => pattern.exec(name))
    .filter((match) => match && isInstalled(join(cache, match[0])))
    .sort((a, b) => compare(b, a));
  return found[0] && join(cache, found[0][0]);
}

/** Orders two matches by version, then by variant. */
function compare(a, b) {
  for (const part of [1, 2, 3]) if (a[part] !== b[part]) return Number(a[part]) - Number(b[part]);
  return a[4] < b[4] ? -1 : 1;
}

/**
 * @typedef {{ folder: string,
 *   from: 'TENSORFLOW_DIR' | 'cache' | 'tfjs-node-gpu' | 'tfjs-node' }} FoundTensorFlow
 */

/**
 * Where the library is: TENSORFLOW_DIR, then the user's cache, then what `@tensorflow/tfjs-node-gpu` or
 * `@tensorflow/tfjs-node` brought. Takes a few milliseconds: sizes are compared, contents are not.
 * @returns {FoundTensorFlow | undefined}
 * @throws Problem where TENSORFLOW_DIR is set and holds no library
 */
export function findTensorFlow({ env = process.env, cache = cacheFolder(env), project = root } = {}) {
  if (env.TENSORFLOW_DIR) {
    const folder = env.TENSORFLOW_DIR;
    if (hasLibrary(folder, process.platform)) return { folder, from: 'TENSORFLOW_DIR' };
    throw new Problem({
      what: `TENSORFLOW_DIR holds no TensorFlow library: ${env.TENSORFLOW_DIR}`,
      why: `none of ${(libraryNames[process.platform] ?? []).join(', ')} is in that folder.`,
      remedy: ['Set it to the folder that holds the library, or unset it: then Convloom fetches its own.'],
    });
  }
  const cached = newestCached(cache);
  if (cached) return { folder: cached, from: 'cache' };
  for (const from of /** @type {const} */ (['tfjs-node-gpu', 'tfjs-node'])) {
    const folder = join(project, 'node_modules', '@tensorflow', from, 'deps', 'lib');
    if (hasLibrary(folder, process.platform)) return { folder, from };
  }
  return undefined;
}

/** Whether NVIDIA's driver answers. The tool is only asked where a driver has left a trace. */
function hasNvidia() {
  const traces = ['/proc/driver/nvidia/version', '/dev/nvidia0', '/dev/dxg'];
  return traces.some((path) => existsSync(path)) && answers('nvidia-smi', ['-L']);
}

/** @throws Problem where the disk is too full. @param {number} bytes needed */
export function requireSpace(cache, bytes, what) {
  const { bavail, bsize } = statfsSync(cache);
  if (bavail * bsize >= bytes) return;
  throw new Problem({
    what: `Too little disk space for ${what}`,
    why: `${cache} has ${size(bavail * bsize)} free, and ${size(bytes)} are needed while unpacking.`,
    remedy: ['Free some space, or set XDG_CACHE_HOME (Linux) to a folder on a larger disk.'],
  });
}

/** @returns {'cpu' | 'cuda'} which build to take, saying so where the GPU's does not fit the disk */
function chooseVariant(env, cache, report) {
  if (env.CONVLOOM_TENSORFLOW === 'cpu' || platformName() !== 'linux-x64' || !hasNvidia()) return 'cpu';
  const { bavail, bsize } = statfsSync(cache);
  if (bavail * bsize >= 11e9) return 'cuda';
  report.note(
    '! An NVIDIA GPU is here, but its build of TensorFlow needs 11 GB of disk: taking the CPU build.',
  );
  return 'cpu';
}

function sourceFor(variant) {
  const source = sources[platformName()];
  if (source) return variant === 'cuda' ? { ...source, distribution: 'tensorflow' } : source;
  throw new Problem({
    what: `TensorFlow ${tensorflowVersion} has no build for ${platformName()}`,
    why: 'its makers publish builds for Linux x64 and arm64, macOS arm64 and Windows x64.',
    remedy: ['Set TENSORFLOW_DIR to a folder with a TensorFlow library of your own for this machine.'],
  });
}

/** Fetches the wheel and unpacks its libraries. A wheel that proves damaged is fetched once more. */
async function fetchAndUnpack(wanted, cache, choose, folder, show) {
  for (let attempt = 1; ; attempt++) {
    const wheel = await fetchWheel(wanted, cache, (text) => show(`${wanted.label} ${text}`));
    const onShare = (share) => show(`unpacking ${wanted.label} … ${Math.floor(share * 100)} %`);
    try {
      return { wheel, digests: await unpackWheel(wheel, choose, folder, onShare) };
    } catch (error) {
      if (!(error instanceof ZipError) || attempt === 2) throw error;
      forgetWheel(wheel);
      show(`the download was damaged (${error.message}); fetching it again`);
    }
  }
}

/** Fills a folder with the CPU build: its libraries at the top. @returns {Promise<Map<string, string>>} */
async function fillCpu(wanted, cache, folder, show, wheels) {
  const choose = (name) => wantedMembers.exec(name)?.[1];
  const { wheel, digests } = await fetchAndUnpack(wanted, cache, choose, folder, show);
  wheels.push(wheel);
  return digests;
}

/** Fills a folder with the CUDA build in the wheels' own layout, which its libraries' run paths expect. */
async function fillCuda(wanted, cache, folder, show, wheels) {
  const choose = (name) => (wantedMembers.test(name) ? name : undefined);
  const first = await fetchAndUnpack(wanted, cache, choose, folder, show);
  wheels.push(first.wheel);
  const digests = new Map(first.digests);
  for (const requirement of extraRequirements(await readMetadata(first.wheel), 'and-cuda')) {
    const distribution = /^[\w-]+/.exec(requirement)[0];
    const nvidia = { distribution, requirement, platforms: linuxNvidia, label: distribution };
    const pick = (name) => (wantedNvidia.test(name) ? name : undefined);
    const next = await fetchAndUnpack(nvidia, cache, pick, folder, show);
    wheels.push(next.wheel);
    for (const [path, digest] of next.digests) digests.set(path, digest);
  }
  for (const path of first.digests.keys()) symlinkSync(path, join(folder, path.split('/').at(-1)));
  return digests;
}

async function install(cache, variant, show) {
  const { distribution, platforms } = sourceFor(variant);
  const gpu = variant === 'cuda' ? ' for NVIDIA GPUs' : '';
  const label = `TensorFlow ${tensorflowVersion}${gpu}`;
  const requirement = `${distribution}==${tensorflowVersion}`;
  const otherwise = 'Or set TENSORFLOW_DIR to a folder that holds libtensorflow_cc or libtensorflow.';
  const wanted = { distribution, requirement, platforms, label, otherwise };
  requireSpace(cache, variant === 'cuda' ? 11e9 : 1.5e9, label);
  const about = { name: 'tensorflow', version: tensorflowVersion, variant, platform: platformName() };
  const name = `tensorflow-${tensorflowVersion}-${variant}-${platformName()}`;
  const wheels = [];
  const fill = variant === 'cuda' ? fillCuda : fillCpu;
  const folder = await installFolder(cache, name, about, (temp) => fill(wanted, cache, temp, show, wheels));
  for (const wheel of wheels) forgetWheel(wheel);
  return folder;
}

/**
 * Makes sure that a TensorFlow library is there; says nothing where it is.
 * @param {{ report: import('./report.mjs').Report, env?: NodeJS.ProcessEnv }} context
 * @returns {Promise<FoundTensorFlow>}
 * @throws Problem
 */
export async function ensureTensorFlow({ report, env = process.env }) {
  const cache = cacheFolder(env);
  const found = findTensorFlow({ env, cache });
  if (found) return found;
  await mkdir(cache, { recursive: true });
  const onWait = (pid) => report.note(`  another set-up (process ${pid}) is at work: waiting for it`);
  await withLock(
    join(cache, 'setup.lock'),
    async () => {
      if (findTensorFlow({ env, cache })) return;
      cleanLeftovers(cache);
      const variant = chooseVariant(env, cache, report);
      await report.step('TensorFlow runtime', (show) => install(cache, variant, show));
    },
    onWait,
  );
  return findTensorFlow({ env, cache });
}

/**
 * The full check: reads every file of the cached runtime; a damaged one is fetched again.
 * @param {{ report: import('./report.mjs').Report, env?: NodeJS.ProcessEnv }} context
 */
export async function verifyTensorFlow({ report, env = process.env }) {
  const { folder, from } = await ensureTensorFlow({ report, env });
  if (from !== 'cache') return report.note(`✓ TensorFlow from ${folder} (not checked: it is not ours)`);
  return report.step('TensorFlow runtime, each byte', async () => {
    const damaged = await damagedFiles(folder);
    if (damaged.length === 0) return `${readManifest(folder).files.length} files as published`;
    throw new Problem({
      what: `The TensorFlow runtime is damaged: ${damaged.join(', ')}`,
      why: 'the content of these files is not what was unpacked.',
      remedy: [`Remove ${folder}`, 'and run npm run setup: it is fetched again.'],
    });
  });
}
