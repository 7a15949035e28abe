// `npm start`: brings what is missing, builds what is out of date, and opens the window.
// Without a display it does the main job in the terminal: trains ResNet-20 on MNIST for one epoch.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildAll } from './build.mjs';
import { passThrough } from './setup/pass-through.mjs';
import { root } from './setup/paths.mjs';
import { Problem, runMain } from './setup/problem.mjs';
import { createReport } from './setup/report.mjs';
import { setUp } from './setup.mjs';

const mainJob = ['train', 'resnet-20', '--data', 'mnist', '--epochs', '1'];

const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

function requireBuilt(path) {
  if (existsSync(join(root, path))) return;
  throw new Problem({
    what: `${path} was not built`,
    why: 'its source is not in this checkout.',
    remedy: ['Get the whole repository and run the command again.'],
  });
}

async function trainInTerminal(report) {
  await setUp({ report, electron: false });
  await buildAll({ report, only: ['app'] });
  requireBuilt('dist/cli/convloom.mjs');
  report.note('There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can open.');
  report.note(`Training in the terminal instead:  npm run -s convloom -- ${mainJob.join(' ')}\n`);
  const env = { ...process.env, CONVLOOM_NAME: 'npm run -s convloom --' };
  return passThrough(process.execPath, [join(root, 'dist/cli/convloom.mjs'), ...mainJob], { env });
}

/** Electron's own variables; ELECTRON_RUN_AS_NODE (set by some editors' terminals) would open no window. */
function windowEnvironment() {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  return env;
}

async function openWindow(report, args) {
  const { electron } = await setUp({ report });
  await buildAll({ report });
  requireBuilt('dist/electron/main.cjs');
  if (electron.from === 'stand-in') {
    report.note(`! Electron ${electron.version} stands in: the pinned one could not be downloaded here.`);
  }
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // npm changes the folder to the checkout's: a graph file is meant from where the user stands
  const files = args.map((arg) => (arg.startsWith('-') ? arg : resolve(process.env.INIT_CWD ?? '.', arg)));
  return passThrough(electron.binary, [...flags, root, ...files], { env: windowEnvironment() });
}

await runMain(() => {
  const report = createReport();
  return hasDisplay() ? openWindow(report, process.argv.slice(2)) : trainInTerminal(report);
});
