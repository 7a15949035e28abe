import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'convloom');
const list = (name) => new URL(name, import.meta.url);

/** Environments by what they are for: a folder of the cache, and lists of packages with what pip is told of each. */
const environments = {
  training: {
    folder: join(cache, 'bench-venv'),
    lists: [[list('requirements.txt')], [list('requirements-torch.txt'), '--no-deps']],
    size: 'several GB',
  },
  onnx: {
    folder: join(cache, 'bench-onnx-venv'),
    lists: [[list('requirements-onnx.txt')]],
    size: '0.2 GB',
  },
};

/**
 * Python with the peers' frameworks, in the user's cache: made once and again only when the pinned versions change; about
 * 5.6 GB to train. Gives the path of its interpreter.
 */
export function ensureVenv(log, purpose = 'training') {
  const { folder, lists, size } = environments[purpose];
  const windows = process.platform === 'win32';
  const python = join(folder, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  const stamp = join(folder, 'convloom-bench.txt');
  const hash = createHash('sha256');
  for (const [url] of lists) hash.update(readFileSync(url));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  log(`Making the Python environment of the benchmark (once, ${size})`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  run(process.env.PYTHON || (windows ? 'python' : 'python3'), '-m', 'venv', folder);
  const install = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--disable-pip-version-check'];
  for (const [url, ...how] of lists) run(python, ...install, ...how, '-r', filePath(url));
  writeFileSync(stamp, wanted);
  return python;
}

const filePath = (url) => decodeURIComponent(url.pathname).replace(/^\/([A-Za-z]:)/, '$1');
