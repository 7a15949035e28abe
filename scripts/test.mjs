// `npm test`: set-up, every static check, unit tests, build, and the tests of the window. Nothing stops at
// the first failure; the last line is `N passed, N failed`, where each static check counts as one.
//
//   npm test -- --only unit,types             some steps (setup and nodes always run first)
//   npm test -- --only unit engine/graph      what follows goes to the runner
//   npm run test:all                          also what takes many minutes: a training step of every template
//   npm run test:all -- --only nightly -t resnet-50
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';
import { explain, Problem, runMain } from './setup/problem.mjs';
import { createReport, duration } from './setup/report.mjs';
import { nightly, steps as usual } from './test/steps.mjs';

/** What the other steps read. */
const always = new Set(['setup', 'nodes']);

const say = (text) => process.stdout.write(`${text}\n`);

/** @returns {{ chosen: typeof usual, rest: string[] }} @throws Problem for an unknown name */
function readArguments([...args]) {
  const steps = args[0] === '--all' ? [...usual, nightly] : usual;
  if (args[0] === '--all') args.shift();
  const at = args.indexOf('--only');
  if (at < 0) return { chosen: steps, rest: [] };
  const names = (args[at + 1] ?? '').split(',');
  const known = steps.map((step) => step.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Problem({
      what: `--only ${unknown.join(',')}: there is no such step`,
      why: `the steps are ${known.join(', ')}.`,
      remedy: ['For example:  npm test -- --only unit,types'],
    });
  }
  const rest = [...args.slice(0, at), ...args.slice(at + 2)];
  return { chosen: steps.filter(({ name }) => always.has(name) || names.includes(name)), rest };
}

/** @returns {Promise<import('./test/counts.mjs').Counts>} a step that throws has failed, and says why */
async function attempt(step, context) {
  try {
    return await step.run(context);
  } catch (error) {
    process.stdout.write(explain(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runStep(step, context) {
  const missing = step.needs.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) {
    say(`- ${step.name}  left out: there is no ${missing.join(', ')}`);
    return undefined;
  }
  say(`\n▶ ${step.name}`);
  const began = Date.now();
  const counts = await attempt(step, context);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const words = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
  const mark = counts.failed > 0 ? '✗' : '✓';
  const line = `${mark} ${step.name.padEnd(7)} ${words}  ${duration(Date.now() - began)}`;
  say(line);
  return { counts, line };
}

async function main(args) {
  const { chosen, rest } = readArguments(args);
  const context = { report: createReport(process.stdout), rest };
  const began = Date.now();
  const done = [];
  for (const step of chosen) {
    const result = await runStep(step, context);
    if (result) done.push(result);
  }
  const sum = (key) => done.reduce((total, { counts }) => total + counts[key], 0);
  say(`\nSummary, ${duration(Date.now() - began)}`);
  for (const { line } of done) say(`  ${line}`);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}

await runMain(() => main(process.argv.slice(2)));
