// Brings what Convloom needs onto this machine: npm packages, TensorFlow, Electron, system libraries.
//
//   node scripts/setup.mjs [--verify] [--no-electron] [--screen]
//
// --verify       reads every byte of the TensorFlow runtime and compares it with what was published
// --no-electron  leaves Electron out: enough for the command line
// --screen       also the virtual screen that the tests of the window use
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { requireNode, runMain } from './setup/problem.mjs';
import { createReport } from './setup/report.mjs';
import { ensureSystemLibraries } from './setup/system-libraries.mjs';
import { ensureTensorFlow, verifyTensorFlow } from './setup/tensorflow.mjs';

/**
 * Makes sure that everything is there; says nothing where it is.
 * @param {{ report?: import('./setup/report.mjs').Report, electron?: boolean, screen?: boolean }} [options]
 * @returns {Promise<{ tensorflow: import('./setup/tensorflow.mjs').FoundTensorFlow,
 *   electron: import('./setup/electron.mjs').FoundElectron | undefined }>}
 * @throws Problem
 */
export async function setUp({ report = createReport(), electron: wanted = true, screen = false } = {}) {
  requireNode();
  await ensureDependencies({ report });
  const tensorflow = await ensureTensorFlow({ report });
  const electron = wanted ? await ensureElectron({ report }) : undefined;
  await ensureSystemLibraries({ report, binary: electron?.binary, screen });
  return { tensorflow, electron };
}

async function main(args) {
  const report = createReport();
  const electron = !args.includes('--no-electron');
  const done = await setUp({ report, electron, screen: args.includes('--screen') });
  if (args.includes('--verify')) await verifyTensorFlow({ report });
  report.note(`✓ TensorFlow in ${done.tensorflow.folder}`);
  if (done.electron)
    report.note(`✓ Electron ${done.electron.version} (${done.electron.from}) in ${done.electron.dist}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => main(process.argv.slice(2)));
