import { spawn } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { locateTensorFlow } from './locate';

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'convloom-tensorflow-'));

/** Links to the library of this machine under the names that tfjs-node and TensorFlow's own archives give it. */
export function linkLibrary(folder: string): void {
  const { main, framework } = locateTensorFlow();
  symlinkSync(main, join(folder, 'libtensorflow.so.2'));
  if (framework) symlinkSync(framework, join(folder, 'libtensorflow_framework.so.2'));
}

/** Runs a piece of TypeScript that sees this folder, in a process of its own. Gives back what it prints. */
export async function runApart(
  contents: string,
  env: Record<string, string>,
  cwd = scratch(),
): Promise<string> {
  const outfile = join(scratch(), 'apart.cjs');
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'cjs', external: ['koffi'], outfile, logLevel: 'error' },
  });
  const modules = join(import.meta.dirname, '..', '..', 'node_modules');
  const child = spawn(process.execPath, [outfile], {
    cwd,
    env: { ...process.env, NODE_PATH: modules, ...env },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', (c, signal) => resolve(c ?? signal)));
  if (code !== 0) throw new Error(`ended with ${code}: ${log}`);
  return text;
}
