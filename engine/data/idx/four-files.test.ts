import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toFault } from '../../errors';
import { idxFolder } from '../idx-folder/idx-folder';
import { idxBytes, idxFolderWith, sequence } from './testing';

const at = (folder: string) => ({ set: 'idx', folder });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => toFault(error, 'reading').code,
  );
/** Code of describe and of load: both must refuse a bad folder. */
const codesOf = async (folder: string) => [
  await codeOf(idxFolder.describe(at(folder))),
  await codeOf(idxFolder.load(at(folder))),
];

describe('a folder of IDX files', () => {
  it('gives grey pictures for three dimensions, and names classes by their labels', async () => {
    const data = await idxFolder.load(at(await idxFolderWith()));
    expect(data.info).toMatchObject({
      id: 'idx',
      shape: [4, 4, 1],
      classNames: ['0', '1', '2'],
      train: 4,
      test: 2,
    });
    expect(data.train).toEqual({ pictures: sequence(64), labels: Uint8Array.of(0, 1, 2, 1), count: 4 });
    expect(data.test.labels).toEqual(Uint8Array.of(2, 0));
  });

  it('gives channels for four dimensions, gzipped or not', async () => {
    for (const gz of [true, false]) {
      const data = await idxFolder.load(at(await idxFolderWith({ shape: [4, 5, 3], gz })));
      expect(data.info.shape).toEqual([4, 5, 3]);
      expect(data.train.pictures.length).toBe(4 * 60);
    }
  });

  it('is described without its pictures as it is when loaded', async () => {
    const folder = at(await idxFolderWith({ shape: [3, 3, 3] }));
    expect(await idxFolder.describe(folder)).toEqual((await idxFolder.load(folder)).info);
  });

  it('may name its files in any case and with any separators', async () => {
    const folder = await idxFolderWith();
    await rename(join(folder, 'train-images-idx3-ubyte'), join(folder, 'Train_Images.IDX3'));
    await rename(
      join(folder, 'train-labels-idx1-ubyte'),
      join(folder, 'emnist-digits-train-labels.idx1-ubyte'),
    );
    await rename(join(folder, 't10k-images-idx3-ubyte'), join(folder, 'TEST IMAGES'));
    await rename(join(folder, 't10k-labels-idx1-ubyte'), join(folder, 'test.labels.idx'));
    expect((await idxFolder.describe(at(folder))).train).toBe(4);
  });

  it('may hold a file beside its gzipped copy: the file is read', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 'train-images-idx3-ubyte.gz'), 'rubbish');
    expect(await codesOf(folder)).toEqual(['fine', 'fine']);
  });
});

describe('refused, when described and when loaded:', () => {
  it('no folder, and one that is not there', async () => {
    expect(await codeOf(idxFolder.load({ set: 'idx' }))).toBe('data/no-folder');
    expect(await codesOf('/nowhere')).toEqual(['data/missing', 'data/missing']);
  });

  it('a folder that lacks one of the four', async () => {
    const folder = await idxFolderWith();
    await rm(join(folder, 't10k-labels-idx1-ubyte'));
    expect(await codesOf(folder)).toEqual(['data/missing', 'data/missing']);
    await expect(idxFolder.load(at(folder))).rejects.toThrow(/no test-labels-idx1-ubyte/);
  });

  it('two files for one part', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 'train-images.idx3-ubyte'), 'x');
    expect(await codesOf(folder)).toEqual(['data/ambiguous', 'data/ambiguous']);
  });

  it('more pictures than labels', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 'train-labels-idx1-ubyte'), idxBytes([3], Uint8Array.of(0, 1, 2)));
    await expect(idxFolder.load(at(folder))).rejects.toThrow(/has 4 pictures, but .* has 3 labels/);
    expect(await codesOf(folder)).toEqual(['data/count-mismatch', 'data/count-mismatch']);
  });

  it('a label to test that no training picture has', async () => {
    const folder = await idxFolderWith({ test: [0, 7] });
    await expect(idxFolder.load(at(folder))).rejects.toThrow(
      /Label 2 in t10k-labels-idx1-ubyte is 7, but there are 3/,
    );
    expect(await codesOf(folder)).toEqual(['data/label-range', 'data/label-range']);
  });

  it('no pictures, pictures of no pixels, and one class', async () => {
    expect(await codesOf(await idxFolderWith({ train: [] }))).toEqual(['data/empty', 'data/empty']);
    expect(await codesOf(await idxFolderWith({ test: [] }))).toEqual(['data/empty', 'data/empty']);
    expect(await codesOf(await idxFolderWith({ shape: [0, 4] }))).toEqual(['data/empty', 'data/empty']);
    expect(await codesOf(await idxFolderWith({ train: [0, 0], test: [0] }))).toEqual([
      'data/one-class',
      'data/one-class',
    ]);
  });

  it('labels in the place of pictures', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 'train-images-idx3-ubyte'), idxBytes([4], sequence(4)));
    expect(await codesOf(folder)).toEqual(['data/rank', 'data/rank']);
  });

  it('pictures in the place of labels', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), idxBytes([2, 1], sequence(2)));
    expect(await codesOf(folder)).toEqual(['data/rank', 'data/rank']);
  });

  it('pictures to test of another size', async () => {
    const folder = await idxFolderWith();
    await writeFile(join(folder, 't10k-images-idx3-ubyte'), idxBytes([2, 5, 4], sequence(40)));
    expect(await codesOf(folder)).toEqual(['data/shape-mismatch', 'data/shape-mismatch']);
  });
});
