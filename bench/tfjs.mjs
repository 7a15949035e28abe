import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'convloom', 'bench-tfjs');
const dependencies = { '@tensorflow/tfjs-node': '4.22.0', 'node-api-headers': '1.9.0' };

/**
 * TensorFlow.js in the user's cache. Its own installer would fetch TensorFlow 2.9, so that its binding is compiled here
 * against the TensorFlow that the benchmark's Python environment holds: for all peers the same. Gives the folder.
 *
 * @param python the interpreter of the benchmark's environment
 */
export function ensureTfjs(python, log) {
  if (process.platform !== 'linux') throw new Error('The peer tfjs is compiled on Linux only.');
  const script = "import sysconfig; print(sysconfig.get_paths()['purelib'])";
  const tensorflow = join(execFileSync(python, ['-c', script], { encoding: 'utf8' }).trim(), 'tensorflow');
  const stamp = join(folder, 'convloom-bench.txt');
  const wanted = JSON.stringify({ dependencies, tensorflow });
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  log('Making tfjs-node for the benchmark (once; needs npm and g++)');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const run = (program, args, cwd) =>
    execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  const module = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(join(module, 'lib', 'napi-v8'), { recursive: true });
  const includes = [
    '..',
    join(folder, 'node_modules', 'node-api-headers', 'include'),
    join(tensorflow, 'include'),
  ];
  run(
    process.env.CXX || 'g++',
    [
      ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', ...includes.map((path) => `-I${path}`)],
      ...[`-L${tensorflow}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      ...[`-Wl,-rpath,${tensorflow}`, '-o', 'lib/napi-v8/tfjs_binding.node'],
    ],
    module,
  );
  writeFileSync(stamp, wanted);
  return folder;
}
