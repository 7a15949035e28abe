// The system's libraries that the window needs on Linux, and the virtual screen that tests need.
import { existsSync } from 'node:fs';
import { answers, ask, lastLines, run } from './command.mjs';
import { Problem } from './problem.mjs';

const windowPackages = [
  'libnss3',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0',
  'libsecret-1-0',
  'libnotify4',
];
const screenPackages = ['xvfb', 'xauth'];

/** @returns {string[]} libraries that the loader does not find for a program, as `libnss3.so` */
export function missingLibraries(binary) {
  const lines = ask('ldd', [binary]).split('\n');
  return lines.filter((line) => line.includes('not found')).map((line) => line.trim().split(' ')[0]);
}

const hasScreen = () => answers('sh', ['-c', 'command -v xvfb-run && command -v xauth']);

/** Since the 64-bit time of Debian 13 and Ubuntu 24.04 some packages have a suffix. */
function packageName(name) {
  return answers('apt-cache', ['show', '--no-all-versions', name]) ? name : `${name}t64`;
}

function problem(missing, packages, detail) {
  return new Problem({
    what: 'System libraries are missing',
    why: `${missing.join(', ')} not found${detail ? ` (${detail})` : ''}.`,
    remedy: [
      'Install them, then run the command again. On Debian and Ubuntu:',
      `  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`,
      'On other systems: the packages with these libraries (GTK 3, NSS, GBM, ALSA, Xvfb for tests).',
    ],
  });
}

async function installPackages(names, missing, show) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  show('apt-get update');
  await run('apt-get', ['update', '-qq'], { env });
  const packages = names.map(packageName);
  show(`apt-get install ${packages.join(' ')}`);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  if (code !== 0) throw problem(missing, packages, lastLines(output, 1)[0]);
  return packages.join(' ');
}

/**
 * Makes sure that the window's libraries, and for tests a virtual screen, are there. Installs them where this
 * runs as root on a Debian system, else says the exact command.
 * @param {{ report: import('./report.mjs').Report, binary?: string, screen?: boolean }} context
 *   `binary`: Electron's program, asked for its libraries
 * @throws Problem
 */
export async function ensureSystemLibraries({ report, binary, screen = false }) {
  if (process.platform !== 'linux') return;
  const libraries = binary ? missingLibraries(binary) : [];
  const noScreen = screen && !hasScreen();
  if (libraries.length === 0 && !noScreen) return;
  const packages = [...(noScreen ? screenPackages : []), ...(libraries.length > 0 ? windowPackages : [])];
  const missing = [...libraries, ...(noScreen ? ['xvfb-run'] : [])];
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!canInstall) throw problem(missing, packages);
  await report.step('system libraries', (show) => installPackages(packages, missing, show));
  const still = binary ? missingLibraries(binary) : [];
  if (still.length > 0) throw problem(still, packages, 'after installing them');
}
