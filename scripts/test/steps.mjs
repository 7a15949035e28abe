// The steps of `npm test`, in order: each is a check that counts as one, or a runner that counts its tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll, generateNodes } from '../build.mjs';
import { answers, run } from '../setup/command.mjs';
import { passThrough } from '../setup/pass-through.mjs';
import { root } from '../setup/paths.mjs';
import { setUp } from '../setup.mjs';
import { playwrightCounts, vitestCounts, withExitCode } from './counts.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {{ report: import('../setup/report.mjs').Report, rest: string[],
 *   electron?: { dist: string } }} Context
 * @typedef {{ name: string, needs: string[], run: (context: Context) => Promise<Counts> }} Step
 *   `needs`: files without which there is nothing to check yet
 */

const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** A tool from node_modules, run by this Node: no shell and no `npx` in between. */
const tool = (path, ...args) => [process.execPath, join(root, 'node_modules', path), ...args];

/** Runs a silent check; what it prints is shown when it fails. `refuse` may find fault with a pass. */
async function check([program, ...args], refuse = () => '') {
  const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
  const { code, output } = await run(program, args, { cwd: root, env });
  const refused = code === 0 ? refuse(output) : '';
  if (code !== 0 || refused) process.stdout.write(`${output.trimEnd()}\n${refused ? `${refused}\n` : ''}`);
  return one(code === 0 && !refused);
}

/** dependency-cruiser passes without having read anything when its TypeScript does not fit. */
function refuseEmptyCruise(output) {
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  return modules > 0 ? '' : 'dependency-cruiser read no module: the check cannot fail, so it does not count';
}

/** Runs a test runner in the open and reads its JSON report. */
async function runner(command, jsonName, environment, count) {
  const folder = mkdtempSync(join(tmpdir(), 'convloom-test-'));
  const json = join(folder, jsonName);
  try {
    const [program, ...args] = command(json);
    const env = { ...process.env, ...environment(json) };
    const code = await passThrough(program, args, { cwd: root, env });
    if (code === 130 || code === 143) process.exit(code); // stopped by hand: the other steps are not wanted
    const counts = existsSync(json) ? count(JSON.parse(readFileSync(json, 'utf8'))) : one(false);
    return withExitCode(counts, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest({ rest }, ...options) {
  const reports = (json) => ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`];
  const command = (json) => tool('vitest/vitest.mjs', 'run', ...options, ...reports(json), ...rest);
  return runner(command, 'vitest.json', () => ({}), vitestCounts);
}

/** The window's tests, on a virtual screen of their own where there is one. */
function endToEnd({ rest, electron }) {
  const playwright = tool('@playwright/test/cli.js', 'test', '--reporter=list,json', ...rest);
  const screen = process.platform === 'linux' && answers('sh', ['-c', 'command -v xvfb-run']);
  const wrap = screen ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
  const environment = (json) => ({
    PLAYWRIGHT_JSON_OUTPUT_NAME: json,
    ...(electron && { ELECTRON_OVERRIDE_DIST_PATH: electron.dist }),
  });
  return runner(() => [...wrap, ...playwright], 'playwright.json', environment, playwrightCounts);
}

const layered = ['engine', 'ipc', 'electron', 'renderer', 'cli'];

/** @type {Step[]} */
export const steps = [
  {
    name: 'setup',
    needs: [],
    async run(context) {
      context.electron = (await setUp({ report: context.report, screen: true })).electron;
      return one(true);
    },
  },
  { name: 'nodes', needs: ['scripts/gen-nodes.mjs'], run: () => generateNodes().then(() => one(true)) },
  { name: 'types', needs: ['tsconfig.json'], run: () => check(tool('typescript/bin/tsc', '--noEmit')) },
  {
    name: 'lint',
    needs: ['biome.json'],
    run: () => check(tool('@biomejs/biome/bin/biome', 'ci', '--colors=off', '.')),
  },
  {
    name: 'layers',
    needs: ['.dependency-cruiser.cjs'],
    run: () =>
      check(
        tool(
          'dependency-cruiser/bin/dependency-cruise.mjs',
          '--config',
          '.dependency-cruiser.cjs',
          ...layered,
        ),
        refuseEmptyCruise,
      ),
  },
  { name: 'knip', needs: ['knip.json'], run: () => check(tool('knip/bin/knip.js')) },
  { name: 'unit', needs: ['vitest.config.ts'], run: (context) => vitest(context) },
  { name: 'build', needs: [], run: ({ report }) => buildAll({ report }).then(() => one(true)) },
  { name: 'e2e', needs: ['playwright.config.ts'], run: endToEnd },
];

/** What takes many minutes: only `npm run test:all` runs it. @type {Step} */
export const nightly = {
  name: 'nightly',
  needs: ['vitest.nightly.config.ts'],
  run: (context) => vitest(context, '--config', 'vitest.nightly.config.ts'),
};
