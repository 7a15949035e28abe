// `npm run -s convloom -- <command> ...`: the command line from a checkout. stdout is only the command's;
// all that set-up and build have to say goes to stderr.
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { passThrough } from './setup/pass-through.mjs';
import { root } from './setup/paths.mjs';
import { requireNode, runMain } from './setup/problem.mjs';
import { createReport } from './setup/report.mjs';
import { ensureTensorFlow } from './setup/tensorflow.mjs';

/** The commands that compute with TensorFlow; the others answer without it. */
const needTensorFlow = new Set(['train', 'resume']);

await runMain(async () => {
  const args = process.argv.slice(2);
  const report = createReport(process.stderr);
  requireNode();
  await ensureDependencies({ report });
  const command = args.find((arg) => !arg.startsWith('-'));
  const asksHelp = args.includes('--help') || args.includes('-h');
  if (needTensorFlow.has(command) && !asksHelp) await ensureTensorFlow({ report });
  await buildAll({ report, only: ['app'] });
  // npm changes the folder to the checkout's: paths are meant from where the user stands
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const env = { ...process.env, CONVLOOM_NAME: 'npm run -s convloom --' };
  return passThrough(process.execPath, [join(root, 'dist/cli/convloom.mjs'), ...args], { cwd, env });
});
