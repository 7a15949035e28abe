import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { RunControl } from '../control';
import type { TrainEvent } from '../events';
import { readEvents } from '../run-folder';
import { measured, scratch, stripes, tinyNet, weightsHash } from '../testing';
import type { JobEvent, JobFile } from './job';
import { createJob, listJobs, readJob } from './job-folder';
import { runJob } from './run-job';

type Told = TrainEvent | JobEvent;
let data: string;
const net = (more: object = {}) => tinyNet(data, { epochs: 2, ...more });
const job = async (seeds: readonly number[], doc = net()) => createJob(await scratch(), { doc, seeds });
async function follow(folder: string, look: (e: Told, control: RunControl) => void = () => {}) {
  const control = new RunControl();
  const told: Told[] = [];
  for await (const event of runJob(folder, control)) {
    told.push(event);
    look(event, control);
  }
  return told;
}
/** What the runs of a job measured, and the weights they ended with; nothing of time. */
async function outcome(folder: string, last: number) {
  const { runs } = await readJob(folder);
  const folders = runs.map((r) => join(dirname(folder), r.run!));
  return Promise.all(
    folders.map(async (f, i) => [
      runs[i]!.seed,
      runs[i]!.result!.test,
      measured(await readEvents(f)),
      await weightsHash(f, last),
    ]),
  );
}

let whole: string;
beforeAll(async () => {
  data = await stripes();
  whole = await job([3, 4]);
  await follow(whole);
}, 60_000);

it('J1 trains once for each seed, each run in a folder of its own, and keeps what came of it', async () => {
  const { runs } = await readJob(whole);
  expect(runs.map((r) => [r.seed, r.result!.step, r.fault])).toEqual([
    [3, 10, null],
    [4, 10, null],
  ]);
  expect(runs[0]!.result!.test).not.toEqual(runs[1]!.result!.test);
  const graph = JSON.parse(await readFile(join(dirname(whole), runs[1]!.run!, 'graph.json'), 'utf8'));
  expect(graph.training.seed).toBe(4);
  expect((await listJobs(dirname(whole))).map((j) => [j.folder, j.runs.length])).toEqual([[whole, 2]]);
});

it('J2 does not train again what is done', async () => {
  expect((await follow(whole)).map((e) => e.type)).toEqual(['job']);
});

it('J3 stops with the run under way, and goes on from its checkpoint as if it had not', async () => {
  const folder = await job([3, 4]);
  let steps = 0;
  await follow(folder, (e, control) => {
    if (e.type === 'step' && ++steps === 13) control.stop();
  });
  const stopped = await readJob(folder);
  expect(stopped.runs.map((r) => r.result === null)).toEqual([false, true]);
  const starts = (await follow(folder)).filter((e) => e.type === 'start');
  expect(starts.map((e) => [e.run, e.step])).toEqual([[stopped.runs[1]!.run, 3]]);
  expect(await outcome(folder, 10)).toEqual(await outcome(whole, 10));
});

it('J4 notes a run that diverges, and goes on with the next', async () => {
  const folder = await job([3, 4], net({ rate: 90, optimizer: { type: 'sgd', momentum: 0.99 }, epochs: 9 }));
  const told = await follow(folder);
  const faults = told.flatMap((e) => (e.type === 'fault' ? [e.error.code] : []));
  const { runs } = await readJob(folder);
  expect(faults.length).toBeGreaterThan(0);
  expect(runs.filter((r) => r.fault?.code === 'train/diverged')).toHaveLength(faults.length);
  expect(runs.every((r) => r.run !== null && (r.result ?? r.fault) !== null)).toBe(true);
});

it('J4 ends with any other fault, and leaves the rest to do', async () => {
  const folder = await job([3, 4], net({ batch: 4096 }));
  await expect(follow(folder)).rejects.toMatchObject({ code: 'train/too-few-pictures' });
  expect((await readJob(folder)).runs.every((r) => r.result === null)).toBe(true);
});

it('J5 refuses a job file that leads out of the folder of runs, or is of a newer version', async () => {
  const folder = await job([1]);
  const file = JSON.parse(await readFile(join(folder, 'job.json'), 'utf8')) as JobFile;
  const broken = [
    { ...file, version: 2 },
    { ...file, runs: [{ ...file.runs[0], run: '../../etc' }] },
  ];
  for (const text of [...broken.map((b) => JSON.stringify(b)), '{"format":']) {
    await writeFile(join(folder, 'job.json'), text);
    await expect(readJob(folder)).rejects.toMatchObject({ code: 'job/damaged' });
  }
});

/** A process that does the job in `folder`, and prints each event. */
async function bundle(): Promise<string> {
  const outfile = join(await scratch(), 'job.cjs');
  const contents = `
    import { writeSync } from 'node:fs';
    import { RunControl } from '../control';
    import { runJob } from './run-job';
    (async () => {
      for await (const event of runJob(process.argv[2], new RunControl())) writeSync(1, JSON.stringify(event) + '\\n');
    })();`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' },
    external: ['koffi', '@napi-rs/image'],
  });
  return outfile;
}

async function killAfter(program: string, folder: string, steps: number): Promise<void> {
  const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules');
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_PATH: modules },
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.split('"type":"step"').length > steps) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
}

it('J3 goes on bit for bit after it was killed in its first run, in its second, and before its first step', {
  timeout: 120_000,
}, async () => {
  const program = await bundle();
  for (const steps of [1, 7, 12]) {
    const folder = await job([3, 4]);
    await killAfter(program, folder, steps);
    await follow(folder);
    expect(await outcome(folder, 10), `killed after step ${steps}`).toEqual(await outcome(whole, 10));
  }
});
