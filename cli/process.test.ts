import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrainEvent } from '../engine/train/events';
import { bundleCli, tempFolder } from './testing';

// The command line as a process: what no function can show.
let script: string;
beforeAll(async () => {
  script = await bundleCli();
}, 30_000);
afterAll(() => rm(dirname(script), { recursive: true, force: true }));

/** A started `convloom`, its output as it grows, and its end. */
async function start(argv: readonly string[], stdout: 'pipe' | number = 'pipe') {
  const runs = await tempFolder();
  const env = { ...process.env, CONVLOOM_RUNS: runs };
  const child: ChildProcess = spawn(process.execPath, [script, ...argv], {
    env,
    stdio: ['ignore', stdout, 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout?.on('data', (d: Buffer) => (text.out += d));
  child.stderr!.on('data', (d: Buffer) => (text.err += d));
  const end = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  const until = async (pattern: RegExp, where: 'out' | 'err' = 'out') => {
    while (!pattern.test(text[where])) {
      if (child.exitCode !== null) throw new Error(`ended before ${pattern}: ${text.out}${text.err}`);
      await new Promise((r) => setTimeout(r, 5));
    }
  };
  return { child, text, end, until, runs };
}
const json = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const long = ['train', 'lenet-5', '--data', 'mnist', '--epochs', '100'];

describe('convloom as a process', { timeout: 60_000 }, () => {
  it('exits with 0, and with 1 for a fault of the input', async () => {
    const fine = await start(['analyze', 'lenet-5']);
    expect([await fine.end, fine.text.err]).toEqual([0, '']);
    expect(fine.text.out).toContain('61,706');
    const wrong = await start(['analyze', 'lenet5']);
    expect([await wrong.end, wrong.text.out]).toEqual([1, '']);
    expect(wrong.text.err).toContain('Did you mean lenet-5?');
  });

  it('ends without a word when no one reads on', async () => {
    const { child, end, text } = await start(['analyze', 'resnet-56', '--flat']);
    child.stdout!.destroy();
    expect([await end, text.err]).toEqual([0, '']);
  });

  it.skipIf(!existsSync('/dev/full'))('exits with 1 when the output cannot be written', async () => {
    const { end, text } = await start(['analyze', 'lenet-5'], openSync('/dev/full', 'w'));
    expect([await end, text.err]).toEqual([
      1,
      expect.stringMatching(/could not be written[\s\S]*Why: ENOSPC/),
    ]);
  });
});

describe('convloom train as a process', { timeout: 120_000 }, () => {
  it('tells every event as one line of JSON, the last one with the test score', async () => {
    const { end, text, runs } = await start([
      'train',
      'lenet-5',
      '--data',
      'mnist',
      '--limit',
      '40',
      '--json',
    ]);
    expect(await end).toBe(0);
    const events = json(text.out).map((line) => TrainEvent.parse(line));
    expect(events.filter((e) => e.type === 'step').map((e) => e.step)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
    const done = events.at(-1)!;
    if (done.type !== 'done') throw new Error(`the last event is ${done.type}`);
    expect(done.test!.accuracy).toBeGreaterThan(0.7);
    expect(readFileSync(join(runs, done.run, 'graph.json'), 'utf8')).toContain('"format": "convloom"');
  });

  it('prints plain lines and no control characters to a pipe', async () => {
    const { end, text } = await start(['train', 'lenet-5', '--data', 'mnist', '--limit', '5']);
    expect(await end).toBe(0);
    expect(text.out).toMatch(
      /^LeNet-5 on .*\nepoch 1\/10 .* step 1\/429 [\s\S]*\ntest accuracy +\d+\.\d\d %/,
    );
    expect(text.out).toMatch(/\ngraph +.*graph\.json\n$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text.out).not.toMatch(/[\r\u001b]/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('keeps a checkpoint at %s, says where, and exits with %i', async (signal, code) => {
    const { child, end, text, until } = await start([...long, '--json']);
    await until(/"type":"step"/);
    child.kill(signal);
    expect(await end).toBe(code);
    const checkpoint = /Checkpoint: (.*)/.exec(text.err)![1]!;
    expect(existsSync(join(checkpoint, 'manifest.json'))).toBe(true);
    expect(json(text.out).at(-1)).toMatchObject({ type: 'done', stopped: true, test: null });
  });

  it('goes on with an interrupted run to its end', async () => {
    const first = await start(['train', 'lenet-5', '--data', 'mnist', '--epochs', '1', '--json']);
    await first.until(/"type":"step"/);
    first.child.kill('SIGINT');
    expect(await first.end).toBe(130);
    const { folder, step } = json(first.text.out).at(-1);
    const second = await start(['resume', folder, '--json']);
    expect(await second.end).toBe(0);
    expect(json(second.text.out).find((e) => e.type === 'step').step).toBe(step + 1);
    expect(json(second.text.out).at(-1)).toMatchObject({ type: 'done', step: 429, stopped: false, folder });
  });

  it('ends at once at the second Ctrl-C', async () => {
    const { child, end, until } = await start([
      'train',
      'resnet-20',
      '--data',
      'mnist',
      '--batch',
      '512',
      '--json',
    ]);
    await until(/"state":"training"/);
    child.kill('SIGINT');
    await until(/Stopping after this step/, 'err');
    child.kill('SIGINT');
    expect(await end).toBe(130);
  });

  it('keeps a checkpoint and ends without a word when no one reads on', async () => {
    const { child, end, text, until, runs } = await start([...long, '--json']);
    await until(/"type":"step"/);
    const { run } = json(text.out.slice(0, text.out.lastIndexOf('\n'))).find((e) => e.type === 'start');
    child.stdout!.destroy();
    expect(await end).toBe(0);
    expect(text.err).not.toMatch(/Error|Stopping|EPIPE/);
    expect(existsSync(join(runs, run, 'checkpoints', 'latest'))).toBe(true);
  });
});
