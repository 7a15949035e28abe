import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { saveDocument } from '../../engine/graph/file';
import type { TrainEvent } from '../../engine/train/events';
import { createRuns } from './runs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'convloom-runs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const device = { kind: 'cpu', name: 'CPU' } as const;
const start = (run: string): TrainEvent => ({
  ...{
    type: 'start',
    run,
    folder: join(root, run),
    name: 'net',
    device,
    epochs: 10,
    stepsPerEpoch: 400,
    step: 0,
  },
  params: { trainable: 270_000, nonTrainable: 1376 },
});
const step = (n: number): TrainEvent => ({
  ...{
    type: 'step',
    step: n,
    epoch: 1,
    loss: 2.3,
    accuracy: 0.1,
    rate: 0.1,
    imagesPerSecond: 470,
    secondsLeft: 60,
  },
});
const epoch: TrainEvent = {
  ...{
    type: 'epoch',
    epoch: 1,
    step: 400,
    train: { loss: 1, accuracy: 0.5 },
    validation: null,
    imagesPerSecond: 470,
    secondsLeft: 1,
  },
};
const done = (run: string, stopped: boolean): TrainEvent => ({
  ...{ type: 'done', run, test: { loss: 0.1, accuracy: 0.97 }, seconds: 9, stopped, step: 400 },
  ...{ confusion: [], classNames: [], folder: join(root, run) },
});

function run(id: string, events: TrainEvent[], tail = ''): void {
  mkdirSync(join(root, id));
  writeFileSync(join(root, id, 'graph.json'), saveDocument(emptyDocument('net')));
  writeFileSync(join(root, id, 'metrics.jsonl'), events.map((e) => `${JSON.stringify(e)}\n`).join('') + tail);
}
const FIRST = '2026-01-02T03-04-05-net';
const SECOND = '2026-01-03T00-00-00-net';

it('lists runs with their state and scores, the newest first', async () => {
  run(FIRST, [start(FIRST), step(1), epoch, done(FIRST, false)]);
  run(SECOND, [start(SECOND), step(1), step(2)], '{"type":"step","st');
  const [second, first] = await createRuns(root).list(null);
  expect(first).toEqual({
    ...{
      id: FIRST,
      name: 'net',
      folder: join(root, FIRST),
      started: '2026-01-02T03:04:05.000Z',
      state: 'done',
    },
    ...{ epochs: 10, epochsDone: 1, test: { loss: 0.1, accuracy: 0.97 }, params: 270_000, data: 'mnist' },
  });
  expect(second).toMatchObject({ id: SECOND, state: 'broken', test: null, epochsDone: 0 });
});

it('tells a run that was stopped, and one that is under way', async () => {
  run(FIRST, [start(FIRST), done(FIRST, true)]);
  run(SECOND, [start(SECOND)]);
  expect((await createRuns(root).list(SECOND)).map((r) => r.state)).toEqual(['running', 'stopped']);
});

it('finds start and end of a file of a hundred thousand steps without reading it all', async () => {
  const steps = Array.from({ length: 100_000 }, (_, i) => step(i));
  run(FIRST, [start(FIRST), ...steps, epoch, done(FIRST, false)]);
  const began = performance.now();
  expect((await createRuns(root).list(null))[0]).toMatchObject({
    state: 'done',
    epochsDone: 1,
    params: 270_000,
  });
  expect(performance.now() - began).toBeLessThan(500);
});

it('passes over folders that are no runs, and a folder of runs that is not there', async () => {
  mkdirSync(join(root, 'photos'));
  writeFileSync(join(root, 'note.txt'), '');
  mkdirSync(join(root, 'damaged'));
  writeFileSync(join(root, 'damaged', 'graph.json'), '{');
  run('by-hand', []);
  expect((await createRuns(root).list(null)).map((r) => r.id)).toEqual(['by-hand']);
  expect(await createRuns(join(root, 'none')).list(null)).toEqual([]);
});

it('reads the events and the graph of one run', async () => {
  run(FIRST, [start(FIRST), step(1)], '{"cut');
  expect(await createRuns(root).read(FIRST)).toEqual([start(FIRST), step(1)]);
  expect(await createRuns(root).document(FIRST)).toEqual(emptyDocument('net'));
});

it('leads to no folder outside of the runs', async () => {
  run(FIRST, []);
  for (const id of ['..', '.', '', '../..', `../${FIRST}`, '/etc', 'none', `${FIRST}/checkpoints`]) {
    await expect(createRuns(root).folder(id)).rejects.toMatchObject({ code: 'run/unknown' });
  }
});

it('tells weights that were made of a run from a run that broke off, and epochs that were changed', async () => {
  run(FIRST, []);
  writeFileSync(join(root, FIRST, 'config.json'), JSON.stringify({ made: { how: 'widen' } }));
  run(SECOND, [start(SECOND), step(1)]);
  const change = { step: 1, setting: 'epochs', from: 10, to: 25 };
  writeFileSync(join(root, SECOND, 'changes.json'), JSON.stringify([change]));
  const [second, first] = await createRuns(root).list(null);
  expect([first!.state, second!.state, second!.epochs]).toEqual(['made', 'broken', 25]);
});
