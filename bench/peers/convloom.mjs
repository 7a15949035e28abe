// Convloom's own step as a peer: the engine, bundled by bench/build.mjs, spoken to as every other peer is. With the
// argument `sgemm` it measures products of matrices instead, and ends.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const question = async () => {
  const { value, done } = await lines.next();
  return done ? undefined : JSON.parse(value);
};
const answer = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`);

/** Largest resident set of this process so far, in bytes. */
function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
}

if (process.argv[2] === 'sgemm') {
  const { loadRuntime, sgemmPeak } = await import('../../dist/bench/step.mjs');
  answer({ peak: await sgemmPeak(loadRuntime()) });
  process.exit(0);
}
const task = await question();
const { loadRuntime, prepare } = await import('../../dist/bench/step.mjs');
const runtime = await loadRuntime();
const begun = performance.now();
const { step, about, trainableParameters, close } = await prepare(runtime, task);
const losses = [await step(0)];
const firstStepSeconds = (performance.now() - begun) / 1000;
answer({ event: 'ready', about, trainableParameters, firstStepSeconds, losses });

let done = 1;
for (let asked = await question(); asked; asked = await question()) {
  const round = { event: 'round', milliseconds: [], losses: [] };
  for (let i = 0; i < asked.steps; i++) {
    const from = performance.now();
    round.losses.push(await step(done++));
    round.milliseconds.push(performance.now() - from);
  }
  answer(round);
}
answer({ event: 'end', peakMemoryBytes: peakMemory() });
await close();
