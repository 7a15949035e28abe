import { readdir } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { saveDocument } from '../../engine/graph/file';
import { stripes, tinyNet } from '../../engine/train/testing';
import { convloom, fileWith, tempFolder } from '../testing';

let file: string;
beforeAll(async () => {
  file = await fileWith(saveDocument({ ...tinyNet(await stripes(), { epochs: 1 }), name: 'tiny' }));
});

it('train --seeds trains once for each seed, and gives mean and deviation', async () => {
  const runs = await tempFolder();
  const { exit, out, err } = await convloom('train', file, '--seeds', '1,5', '--runs', runs);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toMatch(/^run 1 of 2, seed 1$/m);
  expect(out).toMatch(/^run 2 of 2, seed 5$/m);
  expect(out).toMatch(/^ *5 +\d+\.\d\d % +\d\.\d{4} +\d+ s +.*-tiny-seed-5$/m);
  expect(out).toMatch(/^test accuracy +\d+\.\d\d % +\d+\.\d\d % +\d+\.\d\d % +\d+\.\d\d %$/m);
  expect((await readdir(runs)).filter((n) => /seed|job/.test(n))).toHaveLength(3);
});

it('train --seeds with a count begins at the seed; --json ends with the summary; resume finds it done', async () => {
  const runs = await tempFolder();
  const argv = ['train', file, '--seed', '7', '--seeds', '2', '--runs', runs, '--json'];
  const lines = (await convloom(...argv)).out.split('\n').map((line) => JSON.parse(line));
  const { job } = lines.filter((e) => e.type === 'job').at(-1);
  expect(job.runs.map((r: { seed: number }) => r.seed)).toEqual([7, 8]);
  const { accuracy } = lines.at(-1);
  const mean = job.runs.reduce((n: number, r: any) => n + r.result.test.accuracy / 2, 0);
  expect([accuracy.count, accuracy.mean]).toEqual([2, expect.closeTo(mean, 12)]);
  const again = await convloom('resume', job.folder, '--json');
  expect(again.out.split('\n').map((line) => JSON.parse(line).type)).toEqual(['job', 'summary']);
});

it('refuses seeds that are none', async () => {
  for (const seeds of ['0', '101', '1,1', 'a', '1,2147483648']) {
    const { exit, err } = await convloom('train', file, '--seeds', seeds);
    expect([seeds, exit, err.includes('--seeds')]).toEqual([seeds, 1, true]);
  }
});

it('keeps nets in a queue, takes them out, and trains them in order', async () => {
  const runs = await tempFolder();
  const queue = (...argv: string[]) => convloom('queue', ...argv, '--runs', runs);
  expect((await queue('list')).out).toBe('Nothing waits.');
  await queue('add', file, '--seed', '1');
  await queue('add', file, '--seed', '2');
  expect((await queue('add', file, '--seeds', '2')).out).toMatch(/is number 3 in the queue\.$/);
  expect((await queue('list')).out).toMatch(/^3 +tiny +idx +1 +1,2 +waits/m);
  expect((await queue('remove', '2')).exit).toBe(0);
  expect((await queue('remove', '9')).err).toContain('There is no number 9');
  const { out } = await queue('run');
  expect(out.match(/^job +/gm)).toHaveLength(2);
  expect(out).toMatch(/The queue is empty\.$/);
  expect(JSON.parse((await queue('list', '--json')).out)).toEqual({ paused: false, entries: [] });
}, 30_000);
