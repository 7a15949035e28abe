import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'convloom', 'bench-venv');
const requirements = new URL('requirements.txt', import.meta.url);
const torchRequirements = new URL('requirements-torch.txt', import.meta.url);

/**
 * Python with the peers' frameworks, in the user's cache: about 5.6 GB, made once and again only when the pinned
 * versions change. Gives the path of its interpreter.
 */
export function ensureVenv(log) {
  const windows = process.platform === 'win32';
  const python = join(folder, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  const stamp = join(folder, 'convloom-bench.txt');
  const wanted = createHash('sha256')
    .update(readFileSync(requirements))
    .update(readFileSync(torchRequirements))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  log('Making the Python environment of the benchmark (once, several GB)');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  run(process.env.PYTHON || (windows ? 'python' : 'python3'), '-m', 'venv', folder);
  const install = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--disable-pip-version-check'];
  run(python, ...install, '-r', filePath(requirements));
  run(python, ...install, '--no-deps', '-r', filePath(torchRequirements));
  writeFileSync(stamp, wanted);
  return python;
}

const filePath = (url) => decodeURIComponent(url.pathname).replace(/^\/([A-Za-z]:)/, '$1');
