// Fetches wheels with pip, the client that knows the user's index and proxy, and shows how far it is.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answers, lastLines, run } from './command.mjs';
import { temporaryPath } from './install-folder.mjs';
import { Problem } from './problem.mjs';
import { size } from './report.mjs';
import { readZip, ZipError } from './zip.mjs';

/**
 * @typedef {{ distribution: string, requirement: string, platforms: string[], label: string,
 *   otherwise?: string }} Wanted `requirement` in pip's words, `platforms` as wheel tags, `label` for people,
 *   `otherwise` what else a person can do where it cannot be downloaded
 */

/** @returns {string[]} the command that runs pip @throws Problem where there is none */
export function findPip() {
  const windows = process.platform === 'win32';
  const pythons = windows ? [['py', '-3'], ['python']] : [['python3'], ['python']];
  for (const [program, ...args] of pythons) {
    const command = [program, ...args, '-m', 'pip'];
    if (answers(command[0], [...command.slice(1), '--version'], 30_000)) return command;
  }
  const python = pythons.some(([program, ...args]) => answers(program, [...args, '--version']));
  throw new Problem({
    what: python ? 'Python is here, but its pip is not' : 'Python 3 was not found',
    why: 'pip fetches the TensorFlow library; Python itself is not used to train.',
    remedy: [
      python ? 'Install pip (Debian, Ubuntu: apt-get install python3-pip).' : 'Install Python 3 with pip',
      ...(python ? [] : ['(Debian, Ubuntu: apt-get install python3-pip; elsewhere: any Python 3).']),
      'Or set TENSORFLOW_DIR to a folder that holds libtensorflow_cc or libtensorflow.',
    ],
  });
}

/** @returns {number} bytes of all files below a folder, while other programs change it */
export function folderSize(folder) {
  let sum = 0;
  for (const entry of listOrNothing(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += folderSize(path);
    else sum += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

function listOrNothing(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** @returns {number} the bytes that pip says it downloads ("(273.8 MB)"); 0 before it says so */
export function announcedSize(output) {
  const found = [...output.matchAll(/Downloading \S+ \(([\d.]+) ([kMG]?)B\)/g)].at(-1);
  if (!found) return 0;
  const unit = { '': 1, k: 1e3, M: 1e6, G: 1e9 }[found[2]] ?? 1;
  return Number(found[1]) * unit;
}

/** @returns {string} as `(274 MB) … 43 %  12 MB/s`; without the share where the size is unknown */
export function progressText(bytes, total, seconds) {
  const speed = seconds > 0.5 ? `  ${size(bytes / seconds)}/s` : '';
  if (total === 0) return `${size(bytes)}${speed}`;
  return `(${size(total)}) … ${Math.min(100, Math.floor((100 * bytes) / total))} %${speed}`;
}

/** Watches the growth of pip's download: old pips have no readable progress off a terminal. */
function watchGrowth(folder, output, show) {
  const began = Date.now();
  const timer = setInterval(() => {
    const total = announcedSize(output());
    const bytes = folderSize(folder);
    if (bytes > 0) show(progressText(bytes, total, (Date.now() - began) / 1000));
  }, 250);
  return () => clearInterval(timer);
}

/** A finished wheel left by a killed set-up, if it is whole. A broken one is removed. */
async function findFinished(downloads, distribution) {
  const prefix = `${distribution.replaceAll('-', '_')}-`;
  for (const name of listOrNothing(downloads).map((entry) => entry.name)) {
    if (!name.startsWith(prefix) || !name.endsWith('.whl')) continue;
    const path = join(downloads, name);
    if (await isWhole(path)) return path;
    rmSync(path, { force: true });
  }
  return undefined;
}

async function isWhole(path) {
  try {
    await readZip(path);
    return true;
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

/** @returns {string[]} the arguments after `pip` that fetch one wheel, for any Python, into `folder` */
export function downloadArguments({ requirement, platforms }, folder) {
  const tags = platforms.flatMap((tag) => ['--platform', tag]);
  const target = ['--only-binary=:all:', '--python-version', '3.11', ...tags, '--dest', folder];
  const manner = ['--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--retries', '2'];
  return ['download', ...manner, ...target, requirement];
}

/** What to tell when pip failed: the reason in pip's words and the command to try by hand. */
export function downloadProblem(wanted, command, output) {
  const reason = lastLines(output, 200).filter((line) => /error|no space/i.test(line));
  const offline = /connection|resolution|network|timed out|proxy|no matching distribution/i.test(output);
  const args = downloadArguments(wanted, '.').map((arg) => (/[<>*\s]/.test(arg) ? `'${arg}'` : arg));
  const why = offline ? 'pip reached no package index that has it.' : 'pip ended with an error.';
  return new Problem({
    what: `${wanted.label} could not be downloaded`,
    why: [why, ...reason.slice(-2).map((line) => `\n       ${line.slice(0, 200)}`)].join(''),
    remedy: [
      'Connect this machine to the network (or to your package index) and run the command again.',
      ...(wanted.otherwise ? [wanted.otherwise] : []),
      'To see what pip says, run it by hand:',
      `  ${[...command, ...args].join(' ')}`,
    ],
  });
}

/**
 * Fetches one wheel into `<cache>/downloads`. A wheel that a killed set-up finished is used again; pip cannot
 * resume, so an unfinished one starts anew. pip checks it against the hash of the index.
 * @param {Wanted} wanted
 * @param {string} cache
 * @param {(text: string) => void} show
 * @returns {Promise<string>} the path of a whole wheel
 * @throws Problem
 */
export async function fetchWheel(wanted, cache, show) {
  const downloads = join(cache, 'downloads');
  mkdirSync(downloads, { recursive: true });
  const finished = await findFinished(downloads, wanted.distribution);
  if (finished) return finished;
  const command = findPip();
  const folder = temporaryPath(cache, 'pip');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'dest'), { recursive: true });
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, PYTHONUNBUFFERED: '1' };
  let output = '';
  const onText = (text) => {
    output += text;
  };
  const stopWatching = watchGrowth(folder, () => output, show);
  try {
    const args = downloadArguments(wanted, join(folder, 'dest'));
    const { code } = await run(command[0], [...command.slice(1), ...args], { env, onText });
    const name = readdirSync(join(folder, 'dest')).find((file) => file.endsWith('.whl'));
    if (code !== 0 || !name) throw downloadProblem(wanted, command, output);
    const path = join(downloads, name);
    renameSync(join(folder, 'dest', name), path);
    return path;
  } finally {
    stopWatching();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes a wheel that is unpacked now, and the folder of downloads once it is empty. */
export function forgetWheel(path) {
  rmSync(path, { force: true });
  const folder = join(path, '..');
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
