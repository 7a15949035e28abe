import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrainEvent } from '../engine/train/events';
import { bundleCli, tempFolder } from './testing';

// The main job, whole: every training digit once, and the 10,000 test digits. Twice, to compare bit by bit.
interface Trained {
  readonly events: readonly TrainEvent[];
  /** sha256 of the weights, from the last checkpoint's manifest */
  readonly weights: string;
}

async function trainOnce(script: string): Promise<Trained> {
  const runs = await tempFolder();
  const args = [
    'train',
    'resnet-20',
    '--data',
    'mnist',
    '--epochs',
    '1',
    '--seed',
    '1',
    '--json',
    '--runs',
    runs,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { maxBuffer: 2 ** 26 });
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => TrainEvent.parse(JSON.parse(line)));
  const checkpoint = events.filter((e) => e.type === 'checkpoint').at(-1)!;
  const manifest = JSON.parse(await readFile(join(checkpoint.folder, 'manifest.json'), 'utf8'));
  return { events, weights: manifest.files['weights.safetensors'] };
}

/** What a run computes; how fast it was may differ. */
const metrics = ({ events }: Trained) =>
  events
    .map((e) => ('imagesPerSecond' in e ? { ...e, imagesPerSecond: 0, secondsLeft: 0 } : e))
    .filter((e) => e.type === 'step' || e.type === 'epoch');

describe('train resnet-20 --data mnist --epochs 1 --seed 1', { timeout: 900_000 }, () => {
  let [first, second]: Trained[] = [];
  let script: string;
  beforeAll(async () => {
    script = await bundleCli();
    first = await trainOnce(script);
    second = await trainOnce(script);
  }, 900_000);
  afterAll(() => rm(dirname(script), { recursive: true, force: true }));

  it('knows at least 98 % of the 10,000 test digits', () => {
    const done = first!.events.find((e) => e.type === 'done')!;
    expect(done.confusion.flat().reduce((a, b) => a + b)).toBe(10_000);
    expect(done.test!.accuracy).toBeGreaterThanOrEqual(0.98);
  });

  it('gives the same metrics and weights a second time, bit for bit', () => {
    expect(metrics(first!).length).toBeGreaterThan(400);
    expect(metrics(second!)).toEqual(metrics(first!));
    expect(second!.weights).toBe(first!.weights);
  });
});
