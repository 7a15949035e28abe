import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recognise } from './catalogue';
import { folderWith, png } from './testing';

const red = png(4, 4, [255, 0, 0]);
const CIFAR = [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`).concat('test_batch.bin');
const kinds = async (files: Readonly<Record<string, Uint8Array | string>>) =>
  (await recognise(await folderWith(files))).map((r) => [r.set, r.kind]);

it.each<[set: string, kind: string, files: Record<string, Uint8Array | string>]>([
  ['pictures', 'Pictures in class folders', { 'a/1.png': red, 'b/1.png': red }],
  ['pictures', 'Pictures in class folders', { 'flowers/a/1.png': red, 'flowers/b/1.png': red }],
  [
    'pictures',
    'Pictures in class folders: test, train',
    { 'train/a/1.png': red, 'train/b/1.png': red, 'test/a/1.png': red },
  ],
  [
    'pictures',
    'Pictures with a table of classes (metadata.csv)',
    { '1.png': red, 'metadata.csv': 'file_name,label\n1.png,a\n' },
  ],
  ['pictures', 'Tiny ImageNet', { 'train/n01443537/images/1.JPEG': red, 'wnids.txt': 'n01443537\n' }],
  ['idx', 'Folder of IDX files', { 'train-images-idx3-ubyte': '', 'train-labels-idx1-ubyte': '' }],
  ['cifar-10', 'CIFAR-10', Object.fromEntries(CIFAR.map((name) => [name, '']))],
  ['npz', 'Folder of NumPy files (npz, npy)', { 'mnist.npz': '' }],
  ['parquet', 'Folder of Parquet files (Hugging Face)', { 'data/train-00000-of-00001.parquet': '' }],
  ['tfrecord', 'Folder of TFRecord files (TensorFlow)', { 'x/train.tfrecord': '' }],
  ['svhn', 'SVHN', { 'train_32x32.mat': '', 'test_32x32.mat': '' }],
])('%s is told: %s', async (set, kind, files) => {
  expect((await kinds(files))[0]).toEqual([set, kind]);
});

it('what may be several things names them all, files of one kind before pictures', async () => {
  expect(await kinds({ 'a/1.png': red, 'b/1.png': red, 'all.npz': '', 'all.parquet': '' })).toEqual([
    ['npz', 'Folder of NumPy files (npz, npy)'],
    ['parquet', 'Folder of Parquet files (Hugging Face)'],
    ['pictures', 'Pictures in class folders'],
  ]);
});

it('data in a folder inside is read from there', async () => {
  const folder = await folderWith({ 'mine/mnist.npz': '' });
  expect(await recognise(folder)).toEqual([
    { set: 'npz', folder: join(folder, 'mine'), kind: 'Folder of NumPy files (npz, npy)' },
  ]);
});

it('an empty folder, and one that is not there, are the IDX folder, which says what it misses', async () => {
  expect(await kinds({})).toEqual([['idx', 'Folder of IDX files']]);
  expect((await recognise('/nowhere/at/all')).map((r) => r.set)).toEqual(['idx']);
});
