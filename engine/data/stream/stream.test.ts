import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeData, previewOf } from '../catalogue';
import { pictures } from '../pictures/pictures';
import { reportOf } from '../report';
import { codeOf, folderWith, png } from '../testing';
import { readAhead } from './read-ahead';
import { Records } from './records';
import { fitsMemory } from './room';

afterEach(() => vi.unstubAllEnvs());
const many = (folder: string, count: number, blue: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`${folder}/${i}.png`, png(9, 7, [i, 255 - i, blue])]),
  );
const files = () => ({
  ...{ ...many('train/a', 20, 0), ...many('train/b', 13, 255), ...many('test/a', 3, 0) },
  ...{ ...many('test/b', 4, 255), 'train/a/4.png': png(9, 7, [1, 2, 3]).subarray(0, 60) },
});

describe('a set of pictures that does not fit', () => {
  async function bothWays(rest = {}) {
    const folder = await folderWith(files());
    vi.stubEnv('XDG_CACHE_HOME', folder);
    const choice = { set: 'pictures', folder, ...rest };
    const whole = await pictures.load(choice);
    vi.stubEnv('CONVLOOM_PICTURES_MB', '0.001');
    const stream = await pictures.load(choice);
    return { choice, folder, whole, stream };
  }

  it('gives the same pictures with the same labels at the same places', async () => {
    const { whole, stream, choice } = await bothWays({ size: 8 });
    const { streamed, ...info } = stream.info;
    expect([streamed, info]).toEqual([true, whole.info]);
    expect((await pictures.describe(choice)).streamed).toBe(true);
    expect([stream.train.count, [...stream.train.labels]]).toEqual([32, [...whole.train.labels]]);
    const all = Int32Array.from({ length: 32 }, (_, i) => i);
    expect(Buffer.compare(await stream.train.stream!.batch(all), whole.train.pictures)).toBe(0);
    const some = await stream.train.stream!.batch(Int32Array.of(30, 2, 2));
    const size = 8 * 8 * 3;
    for (const [i, at] of [30, 2, 2].entries()) {
      const picture = whole.train.pictures.subarray(at * size, (at + 1) * size);
      expect(Buffer.compare(some.subarray(i * size, (i + 1) * size), picture)).toBe(0);
    }
    closeData(stream);
  });

  it('can be looked at and counted like any other', async () => {
    const { whole, stream } = await bothWays();
    expect(await previewOf(stream, 'test', 2, 3)).toEqual(await previewOf(whole, 'test', 2, 3));
    const { info: _, ...report } = await reportOf(stream);
    const { info: __, ...expected } = await reportOf(whole);
    expect(report).toEqual(expected);
    closeData(stream);
  });

  it('leaves nothing in the cache', async () => {
    const { stream, folder } = await bothWays();
    closeData(stream);
    expect(await readdir(join(folder, 'convloom', 'pictures'))).toEqual([]);
  });

  it('names a file that is gone in the middle of training, where the cache does not hold it', async () => {
    const { stream } = await bothWays();
    closeData(stream); // nothing is kept any more, so that files are read again
    expect((await stream.test.stream!.batch(Int32Array.of(0))).length).toBe(9 * 7 * 3);
    const folder = await folderWith(files());
    vi.stubEnv('XDG_CACHE_HOME', folder);
    const moved = await pictures.load({ set: 'pictures', folder });
    closeData(moved);
    await rm(join(folder, 'test'), { recursive: true });
    expect(await codeOf(() => moved.test.stream!.batch(Int32Array.of(0)))).toBe('data/changed');
  });
});

describe('records on the disk', () => {
  it('are kept as far as there is room, and taken back', async () => {
    const records = new Records(4, 3, await folderWith({}), 8);
    for (let i = 0; i < 3; i++) await records.keep(i, Uint8Array.of(i, i, i, i));
    const into = new Uint8Array(4);
    expect([await records.take(1, into), [...into]]).toEqual([true, [1, 1, 1, 1]]);
    expect(await records.take(2, into)).toBe(false);
    records.close();
    expect(await records.take(1, into)).toBe(false);
  });
});

describe('reading ahead', () => {
  const order = Int32Array.from({ length: 40 }, (_, i) => 39 - i);
  const reader = () => {
    const read: number[][] = [];
    const take = readAhead(async (indices) => {
      read.push([...indices]);
      return Uint8Array.from(indices);
    }, 1);
    return { read, take };
  };

  it('reads each batch once, at most eight ahead', async () => {
    const { read, take } = reader();
    for (let at = 0; at < 40; at += 2) {
      const got = await take(order.subarray(at, at + 2), order.subarray(at + 2));
      expect([...got]).toEqual([39 - at, 38 - at]);
      expect(read.length).toBe(Math.min(20, at / 2 + 9));
    }
  });

  it('drops what was read for nothing when another order comes', async () => {
    const { read, take } = reader();
    await take(order.subarray(0, 2), order.subarray(2, 6));
    expect([...(await take(Int32Array.of(7, 8), Int32Array.of(9)))]).toEqual([7, 8]);
    expect(read.slice(-2)).toEqual([[7, 8], [9]]);
    expect([...(await take(Int32Array.of(5)))]).toEqual([5]);
  });

  it('tells a fault with the batch that it belongs to', async () => {
    const take = readAhead(async (indices) => {
      if (indices[0] === 2) throw new Error('gone');
      return Uint8Array.from(indices);
    }, 1);
    await take(Int32Array.of(1), Int32Array.of(2, 3));
    await expect(take(Int32Array.of(2), Int32Array.of(3))).rejects.toThrow('gone');
    expect([...(await take(Int32Array.of(3)))]).toEqual([3]);
  });
});

it('pictures fit where they take at most two fifths of what is free, or what the setting allows', () => {
  expect(fitsMemory([300, 100], {}, 1000)).toBe(true);
  expect(fitsMemory([301, 100], {}, 1000)).toBe(false);
  expect(fitsMemory([2 ** 31, 1], {}, 1e15)).toBe(false);
  expect(fitsMemory([2e6, 1e6], { CONVLOOM_PICTURES_MB: '3' }, 1000)).toBe(true);
  expect(fitsMemory([2e6, 1e6], { CONVLOOM_PICTURES_MB: '2.9' }, 1000)).toBe(false);
});
