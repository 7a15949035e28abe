// The project's npm packages: installed where missing or other than package-lock.json says.
//
// Not with `npm ci`: it refuses a lock that leaves out packages for other platforms, and npm leaves them out
// whenever the lock is written where a registry does not have them all. `npm install --no-save` takes the
// locked versions and leaves the lock alone; what it installed is compared with the lock afterwards.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, run } from './command.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, root } from './paths.mjs';
import { Problem } from './problem.mjs';

const stampName = '.convloom-lock';

const lockDigest = (project) =>
  createHash('sha256')
    .update(readFileSync(join(project, 'package-lock.json')))
    .digest('hex');

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Packages by path, without the project itself. @returns {Record<string, any>} */
function packagesOf(text) {
  const { '': _project, ...packages } = JSON.parse(text).packages ?? {};
  return packages;
}

/** Whether npm's own record in node_modules agrees with the lock. Optional packages may differ by platform. */
function agreesWithLock(project) {
  const record = readOr(join(project, 'node_modules', '.package-lock.json'), '');
  if (!record) return false;
  const installed = packagesOf(record);
  const locked = packagesOf(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  const isLocked = ([path, { version, optional }]) =>
    locked[path] ? locked[path].version === version : optional;
  return (
    Object.entries(installed).every(isLocked) &&
    Object.keys(locked).every((path) => installed[path] || locked[path].optional)
  );
}

/** @returns {boolean} whether node_modules is what package-lock.json says; quick once stamped */
export function hasDependencies(project = root) {
  const stamp = join(project, 'node_modules', stampName);
  const digest = lockDigest(project);
  if (readOr(stamp, '') === digest) return true;
  if (!agreesWithLock(project)) return false;
  writeFileSync(stamp, digest);
  return true;
}

/** npm as it was started, or the one on the path. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { program: process.execPath, args: [script], shell: false };
  }
  return { program: 'npm', args: [], shell: process.platform === 'win32' };
}

/** What to tell when npm failed, in its own words. @param {string} output */
export function npmProblem(output) {
  const offline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|FETCH_ERROR|network/.test(output);
  const said = lastLines(output, 1000).filter(
    (line) => !/complete log|debug-\d|error (code|errno)?\s*$/.test(line),
  );
  const reason = said.slice(0, 4).map((line) => `\n       ${line.slice(0, 200)}`);
  return new Problem({
    what: 'The npm packages could not be installed',
    why: [offline ? 'npm did not reach its registry.' : 'npm install ended with an error.', ...reason].join(
      '',
    ),
    remedy: [
      ...(offline
        ? ['Connect this machine to the network (or to your registry) and run the command again.']
        : []),
      'To see all that npm says, run it by hand:  npm install',
    ],
  });
}

async function install(project, show) {
  show('npm install');
  const began = Date.now();
  const timer = setInterval(() => show(`npm install … ${Math.round((Date.now() - began) / 1000)} s`), 500);
  const { program, args, shell } = npm();
  const manner = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
  try {
    const { code, output } = await run(program, [...args, ...manner], { cwd: project, shell });
    if (code !== 0) throw npmProblem(output || `${program} was not found`);
    if (!agreesWithLock(project)) throw npmProblem('package.json and package-lock.json do not agree');
  } finally {
    clearInterval(timer);
  }
  writeFileSync(join(project, 'node_modules', stampName), lockDigest(project));
}

/**
 * Makes sure that the npm packages are there; says nothing where they are.
 * @param {{ report: import('./report.mjs').Report, project?: string }} context
 * @throws Problem
 */
export async function ensureDependencies({ report, project = root }) {
  if (hasDependencies(project)) return;
  const onWait = (pid) =>
    report.note(`  another set-up (process ${pid}) installs the packages: waiting for it`);
  const work = async () => {
    if (hasDependencies(project)) return;
    await report.step('dependencies', (show) => install(project, show));
  };
  const id = createHash('sha256').update(project).digest('hex').slice(0, 12);
  await withLock(join(cacheFolder(), `packages-${id}.lock`), work, onWait);
}
