import { afterEach, describe, expect, it, vi } from 'vitest';
import { toFault } from '../errors';
import { dataSets, findDataSet, previewOf } from './catalogue';
import { DataInfo, Preview } from './describe';
import { idxFolderWith } from './idx/testing';

afterEach(() => vi.unstubAllEnvs());
const mnist = findDataSet({ set: 'mnist' });

describe('MNIST', () => {
  it('is here, with 60,000 and 10,000 digits of 28×28×1', async () => {
    expect(mnist.status()).toEqual({ ready: true, remedy: '' });
    const info = await mnist.describe({ set: 'mnist' });
    expect(info).toMatchObject({ shape: [28, 28, 1], train: 60_000, test: 10_000 });
    expect(DataInfo.parse(info).classNames).toHaveLength(10);
  });

  it('holds the published digits: their counts, their order, their mean of 0.1307', async () => {
    const { train, test, info } = await mnist.load({ set: 'mnist' });
    expect([train.count, train.pictures.length, test.count, test.pictures.length]).toEqual([
      60_000, 47_040_000, 10_000, 7_840_000,
    ]);
    // digits 0 to 9 in the test split, as published
    const counts = Array.from({ length: 10 }, (_, d) => test.labels.filter((l) => l === d).length);
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const mean = train.pictures.reduce((a, b) => a + b, 0) / train.pictures.length / 255;
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(info).toEqual(await mnist.describe({ set: 'mnist' }));
  });
});

describe('Fashion-MNIST', () => {
  const fashion = findDataSet({ set: 'fashion-mnist' });

  it('is read from the folder of the user, gzipped as published', async () => {
    vi.stubEnv(
      'CONVLOOM_FASHION_MNIST',
      await idxFolderWith({ gz: true, shape: [28, 28], train: [9, 0, 3] }),
    );
    const { info } = await fashion.load({ set: 'fashion-mnist' });
    expect(info).toMatchObject({ id: 'fashion-mnist', shape: [28, 28, 1], train: 3 });
    expect(info.classNames[9]).toBe('ankle boot');
    expect(fashion.status().ready).toBe(true);
  });

  it('says how to get it where it is missing', async () => {
    vi.stubEnv('CONVLOOM_FASHION_MNIST', '/nowhere');
    expect(fashion.status().remedy).toContain('`apt-get install dataset-fashion-mnist`');
    const fault = await fashion.load({ set: 'fashion-mnist' }).then(
      () => undefined,
      (e) => toFault(e, 'load'),
    );
    expect(fault).toMatchObject({ code: 'data/missing', what: 'Fashion-MNIST is not on this computer.' });
    expect(fault!.why).toContain('/nowhere');
    expect(fault!.remedy).toContain('`apt-get install dataset-fashion-mnist`');
  });
});

describe('the catalogue', () => {
  it('gives each data set by its own id', () => {
    for (const [id, set] of dataSets) expect(findDataSet({ set: id })).toBe(set);
  });

  it('lists its data sets when one is unknown', () => {
    expect(() => findDataSet({ set: 'cifar' })).toThrow(
      /mnist, fashion-mnist, moving-mnist, cifar-10, .*, pictures/,
    );
    expect(() => findDataSet({ set: '__proto__' })).toThrow(/no data set '__proto__'/);
  });
});

describe('previewOf', () => {
  it('copies the pictures and labels asked for, less at the end', async () => {
    const data = await findDataSet({ set: 'idx' }).load({ set: 'idx', folder: await idxFolderWith() });
    const two = await previewOf(data, 'train', 1, 2);
    expect(Preview.parse(two)).toMatchObject({
      shape: [4, 4, 1],
      labels: [1, 2],
      classNames: ['0', '1', '2'],
    });
    expect([two.pictures[0], two.pictures.length, two.pictures.buffer.byteLength]).toEqual([16, 32, 32]);
    expect((await previewOf(data, 'test', 1, 50)).labels).toEqual([0]);
    expect((await previewOf(data, 'test', 99, 50)).labels).toEqual([]);
  });

  it('shows the first digit of MNIST as it is known: a 5 whose mean brightness is 35.1', async () => {
    const { pictures, labels } = await previewOf(await mnist.load({ set: 'mnist' }), 'train', 0, 1);
    expect(labels).toEqual([5]);
    expect(pictures.reduce((a, b) => a + b) / 784).toBeCloseTo(35.108, 3);
  });
});
