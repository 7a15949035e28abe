import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseFolder } from '../catalogue';
import { crc32 } from '../checksum';
import { codeOf, folderWith, mutate } from '../testing';
import { npz } from './npz';
import { npy, zip } from './testing';

const range = (n: number, f: (i: number) => number = (i) => i % 256) =>
  Uint8Array.from({ length: n }, (_, i) => f(i));
async function load(files: Readonly<Record<string, Uint8Array>>) {
  const folder = await folderWith(files);
  expect(await recogniseFolder(folder)).toEqual({ set: 'npz', folder });
  const data = await npz.load({ set: 'npz', folder });
  expect(await npz.describe({ set: 'npz', folder })).toEqual(data.info);
  return data;
}
/** Keras' mnist.npz, in small. */
const keras = (packed = false) =>
  zip(
    {
      'x_test.npy': npy('|u1', [2, 3, 3], range(18)),
      'x_train.npy': npy('|u1', [4, 3, 3], range(36)),
      'y_train.npy': npy(
        '|u1',
        [4],
        range(4, (i) => i % 3),
      ),
      'y_test.npy': npy('|u1', [2], range(2)),
    },
    packed,
  );

describe('an npz file', () => {
  it.each([[false], [true]])('as Keras has MNIST is read (packed: %s)', async (packed) => {
    const { info, train, test } = await load({ 'mnist.npz': keras(packed) });
    expect(info).toMatchObject({ shape: [3, 3, 1], train: 4, test: 2, classNames: ['0', '1', '2'] });
    expect([...train.pictures]).toEqual([...range(36)]);
    expect([...train.labels, ...test.labels]).toEqual([0, 1, 2, 0, 0, 1]);
  });

  it('is read where the file itself is named', async () => {
    const folder = await folderWith({ 'mnist.npz': keras(), 'other.bin': range(3) });
    const choice = await recogniseFolder(join(folder, 'mnist.npz'));
    expect((await npz.load(choice)).info.train).toBe(4);
  });

  it('as MedMNIST: labels in a column, and what is for validation joins the training', async () => {
    const { info, train } = await load({
      'p.npz': zip({
        ...{
          'train_images.npy': npy('|u1', [2, 2, 2, 3], range(24)),
          'train_labels.npy': npy('<i8', [2, 1], [7, 9]),
        },
        ...{
          'val_images.npy': npy('|u1', [1, 2, 2, 3], range(12)),
          'val_labels.npy': npy('<i8', [1, 1], [9]),
        },
        ...{
          'test_images.npy': npy('|u1', [1, 2, 2, 3], range(12)),
          'test_labels.npy': npy('<i8', [1, 1], [7]),
        },
      }),
    });
    expect(info).toMatchObject({ train: 3, test: 1, classNames: ['7', '9'], shape: [2, 2, 3] });
    expect([...train.labels]).toEqual([0, 1, 1]);
  });

  it('of x and y alone gives a fifth of each class to the test', async () => {
    const { info, train, test } = await load({
      'd.npz': zip({
        'X.npy': npy('|u1', [10, 1, 1], range(10)),
        'y.npy': npy(
          '<i4',
          [10],
          range(10, (i) => i % 2),
        ),
      }),
    });
    expect([info.train, info.test]).toEqual([8, 2]);
    for (const split of [train, test])
      for (let i = 0; i < split.count; i++) expect(split.pictures[i]! % 2).toBe(split.labels[i]);
  });
});

describe('npy files', () => {
  const pair = (x: Uint8Array, y: Uint8Array) => ({ 'images.npy': x, 'labels.npy': y });
  const ten = npy(
    '|u1',
    [10],
    range(10, (i) => i % 2),
  );
  const first = async (x: Uint8Array) => {
    const { info, train, test } = await load(pair(x, ten));
    return {
      shape: info.shape,
      bytes: [...(train.pictures[0] === 0 ? train : test).pictures.subarray(0, 12)],
    };
  };
  const spread = (type: string, scale: number) =>
    npy(
      type,
      [10, 2, 2, 3],
      Array.from({ length: 120 }, (_, i) => i * scale),
    );

  it.each([
    ['<f4', 1 / 255],
    ['<f8', 1 / 255],
    ['>f4', 1 / 255],
    ['<f4', 1],
    ['>u2', 1],
    ['<i4', 1],
    ['<i8', 1],
  ])('of type %s times %s become bytes', async (type, scale) => {
    expect(await first(spread(type, scale))).toEqual({
      shape: [2, 2, 3],
      bytes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    });
  });

  it('with channels before the height, in the order of Fortran, or flat are turned round', async () => {
    expect(await first(npy('|u1', [10, 3, 2, 2], range(120)))).toEqual({
      ...{ shape: [2, 2, 3], bytes: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11] },
    });
    // picture 0 of [10, 2, 2] in Fortran's order: steps of 10 down and 20 across
    expect((await first(npy('|u1', [10, 2, 2], range(40), true))).bytes.slice(0, 4)).toEqual([0, 20, 10, 30]);
    expect((await first(npy('|u1', [10, 4], range(40)))).shape).toEqual([2, 2, 1]);
  });

  it('may have labels as rows with a single 1', async () => {
    const hot = npy(
      '<f4',
      [10, 2],
      Array.from({ length: 20 }, (_, i) => (Math.floor(i / 2) + i) % 2),
    );
    const { train } = await load(pair(npy('|u1', [10, 1, 1], range(10)), hot));
    for (let i = 0; i < train.count; i++)
      expect(train.labels[i]).toBe(1 - (train.pictures[i]! % 2) === 1 ? 1 : 0);
  });

  it.each([
    ['data/range', pair(spread('<f4', -1), ten)],
    ['data/range', pair(spread('<f4', 100), ten)],
    ['data/range', pair(spread('<f4', Number.NaN), ten)],
    ['data/npy-type', pair(npy('|O', [10], range(10)), ten)],
    ['data/npy-type', pair(spread('<f4', 1), npy('<U8', [10], range(320)))],
    ['data/rank', pair(npy('|u1', [10], range(10)), ten)],
    ['data/labels', pair(spread('<f4', 1), npy('<f4', [10], [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1]))],
    ['data/count-mismatch', pair(npy('|u1', [9, 1, 1], range(9)), ten)],
    [
      'data/one-class',
      pair(
        spread('<f4', 1),
        npy(
          '|u1',
          [10],
          range(10, () => 3),
        ),
      ),
    ],
    [
      'data/classes',
      pair(
        npy('|u1', [300, 1, 1], range(300)),
        npy(
          '<i4',
          [300],
          Array.from({ length: 300 }, (_, i) => i),
        ),
      ),
    ],
    ['data/truncated', pair(npy('|u1', [10, 5, 5], range(249)), ten)],
    ['data/truncated', pair(npy('|u1', [60_000, 50_000, 50_000], range(10)), ten)],
    ['data/not-npy', pair(Buffer.from('hello'), ten)],
    ['data/missing', { 'images.npy': ten }],
    ['data/ambiguous', { ...pair(ten, ten), 'data.npy': ten }],
  ])('are refused as %s', async (code, files) => {
    const folder = await folderWith(files);
    expect(await codeOf(() => npz.load({ set: 'npz', folder }))).toBe(code);
  });
});

describe('a broken npz file', () => {
  it('whose sizes lie allocates nothing', async () => {
    const bytes = keras(true);
    const at = bytes.lastIndexOf(Buffer.from('PK\x01\x02'));
    bytes.writeUInt32LE(2 ** 31 - 5, at + 24);
    const folder = await folderWith({ 'a.npz': bytes });
    expect(await codeOf(() => npz.load({ set: 'npz', folder }))).toBe('data/damaged');
  });

  it('is told by its checksum', async () => {
    const bytes = keras();
    bytes[bytes.indexOf(range(18))! + 7]! ^= 1;
    const folder = await folderWith({ 'a.npz': bytes });
    expect(await codeOf(() => npz.load({ set: 'npz', folder }))).toBe('data/damaged');
  });

  it.each([[false], [true]])(
    'of cut or mutated bytes ends in data or a fault (packed: %s)',
    async (packed) => {
      const folder = await folderWith({});
      const read = async (bytes: Uint8Array) => {
        await writeFile(join(folder, 'a.npz'), bytes);
        await npz.load({ set: 'npz', folder });
      };
      expect(await mutate(keras(packed), 400, read)).toEqual([]);
    },
  );

  it('has the checksum that the standard gives for 123456789', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  });
});
