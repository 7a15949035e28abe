// The conversation of a Node peer with bench/run.mjs: one JSON line in, one JSON line out, as in protocol.py.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export const answer = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`);

/** Largest resident set of this process so far, in bytes. */
function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
}

/**
 * Runs a peer. `load` loads its library (and the data); from then on the first step is timed. `build(loaded, task)`
 * gives { step, about, trainableParameters, close }; `step(i)` trains on batch i, counted on and on, and gives its loss.
 */
export async function serve(load, build) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const question = async () => {
    const { value, done } = await lines.next();
    return done ? undefined : JSON.parse(value);
  };
  const task = await question();
  const loaded = await load(task);
  const begun = performance.now();
  const { step, about, trainableParameters, close } = await build(loaded, task);
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
  await close?.();
}
