import { expect, it } from 'vitest';
import { saveDocument } from '../../engine/graph/file';
import { stripes, tinyNet } from '../../engine/train/testing';
import { convloom, fileWith, tempFolder } from '../testing';

it('a trained net is made wider and deeper, and goes on from what it was', { timeout: 90_000 }, async () => {
  const runs = await tempFolder();
  // a rate so low that a run keeps what it starts from
  const doc = tinyNet(await stripes(), { epochs: 2, augment: {}, schedule: { type: 'constant', warmup: 0 } });
  const file = await fileWith(saveDocument(doc));
  const fine = async (...argv: string[]) => {
    const { exit, out, err } = await convloom(...argv, '--runs', runs);
    expect(exit, err).toBe(0);
    return out;
  };
  const figures = (out: string) => /test accuracy +(\S+) % +\(loss (\S+)\)/.exec(out)!.slice(1);
  const first = await fine('train', file);
  const run = /^run +(.+)$/m.exec(first)![1]!;
  const wide = JSON.parse(await fine('widen', run, '--node', 'n1', '--to', '7', '--json'));
  expect(wide.nodes).toEqual(['n1']);
  const deep = JSON.parse(await fine('deepen', wide.folder, '--after', 'n1', '--json'));
  const still = ['--epochs', '1', '--rate', '1e-9', '--limit', '1', '--set', 'weightDecay=0'];
  const later = await fine('train', deep.folder, '--from', deep.folder, ...still);
  // one step moves the running statistics, and nothing else
  expect(later).toContain('weights taken, 0 new, 0 dropped.');
  expect(Number(figures(later)[0])).toBeCloseTo(Number(figures(first)[0]), -1);
  const { exit, err } = await convloom('resume', deep.folder);
  expect([exit, err]).toEqual([1, expect.stringContaining('--from')]);
});

it('says what it needs', async () => {
  const { err } = await convloom('widen', 'r', '--node', 'a', '--to', 'x');
  expect(err).toContain('--to');
});
