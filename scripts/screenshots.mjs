// `npm run pictures`: builds the app and takes docs/pictures/*.png from its window, on a virtual screen on Linux.
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { answers } from './setup/command.mjs';
import { passThrough } from './setup/pass-through.mjs';
import { root } from './setup/paths.mjs';
import { runMain } from './setup/problem.mjs';
import { createReport } from './setup/report.mjs';
import { setUp } from './setup.mjs';

const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const command = [process.execPath, playwright, 'test', '--config', join(root, 'e2e', 'screenshots')];

await runMain(async () => {
  const report = createReport();
  await setUp({ report, screen: true });
  await buildAll({ report });
  const screen = process.platform === 'linux' && answers('sh', ['-c', 'command -v xvfb-run']);
  const wrap = screen ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
  const [program, ...args] = [...wrap, ...command, ...process.argv.slice(2)];
  return passThrough(program, args, { cwd: root });
});
