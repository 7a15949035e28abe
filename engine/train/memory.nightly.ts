import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { RunControl } from './control';
import { scratch, stripes, tinyNet, trained } from './testing';
import { train } from './trainer';

const MIB = 2 ** 20;
const EVERY = 1000;
/** Readings at either end that are averaged: one alone swings by a percent. */
const ENDS = 3;
/** Share of the resident set that it may grow by from steps 1,000 to 3,000 to steps 8,000 to 10,000. */
const GROWTH = 0.02;

/** Resident MiB once JavaScript's garbage is gone: it comes and goes by itself, and is no leak. */
function resident(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage().rss / MIB;
}

it('keeps its memory over 10,000 steps, with a validation and a checkpoint every 100', {
  timeout: 1_800_000,
}, async () => {
  const doc = tinyNet(await stripes({ train: 816 }), { batch: 8, epochs: 100 });
  const runsFolder = await scratch();
  // what is compiled and reserved once is there after a first, short run
  await trained(doc, new RunControl(), 2000);
  const seen: number[] = [];
  for await (const event of train({ doc, runsFolder, control: new RunControl() }))
    if (event.type === 'step' && event.step % EVERY === 0) seen.push(resident());
  expect(seen).toHaveLength(10);
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b) / list.length;
  const growth = mean(seen.slice(-ENDS)) / mean(seen.slice(0, ENDS)) - 1;
  const list = seen.map((mib) => mib.toFixed(1)).join(', ');
  console.log(`resident MiB after each 1,000 steps: ${list}; growth ${(100 * growth).toFixed(2)} %`);
  expect(growth).toBeLessThan(GROWTH);
});
