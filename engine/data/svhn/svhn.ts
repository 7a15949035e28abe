import { join } from 'node:path';
import { UserError } from '../../errors';
import type { FileArray } from '../arrays/array';
import { type Arrays, describeArrays, loadArrays, type Part } from '../arrays/assemble';
import type { Layout } from '../arrays/pixels';
import { folderOf, namesIn, refuseUnreadable, requireFiles } from '../folder';
import type { DataChoice, DataSource } from '../source';
import { splitIn } from '../splits';
import { readMat } from './mat';

const ID = 'svhn';
const TITLE = 'SVHN';
const REMEDY = 'Choose the folder with train_32x32.mat and test_32x32.mat, the cropped digits of SVHN.';
const isMat = (name: string): boolean => /\.mat$/i.test(name) && splitIn(name) !== undefined;

/**
 * House numbers as cropped digits of 32×32×3, in the authors' MATLAB files. The easier digits of extra_32x32.mat are
 * left out.
 * @see Netzer and others. Reading Digits in Natural Images with Unsupervised Feature Learning. 2011
 */
export const svhn: DataSource = {
  id: ID,
  title: TITLE,
  folder: { recognises: (names) => names.some(isMat) },
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeArrays(await arraysOf(choice)),
  load: async (choice) => loadArrays(await arraysOf(choice)),
};

async function arraysOf(choice: DataChoice): Promise<Arrays> {
  const folder = folderOf(choice, TITLE, REMEDY);
  const { at, names } = await namesIn(folder);
  const of = (split: string) => names.filter((n) => isMat(n) && splitIn(n) === split);
  requireFiles(of('train'), folder, 'train_32x32.mat', REMEDY);
  const parts = async (split: string): Promise<Part[]> => {
    const all: Part[] = [];
    for (const name of of(split)) {
      const path = join(at, name);
      all.push(partOf(await readMat(path).catch((error) => refuseUnreadable(path, error, REMEDY)), path));
    }
    return all;
  };
  return {
    ...{ id: ID, title: TITLE, source: `${TITLE}, Netzer and others 2011, from ${folder}`, file: folder },
    ...{ train: await parts('train'), test: await parts('test') },
  };
}

/** X is [height, width, channels, count], and y [count, 1]. */
function partOf(arrays: readonly FileArray[], file: string): Part {
  const pictures = arrays.find((a) => a.name === 'X');
  const labels = arrays.find((a) => a.name === 'y');
  const [height = 0, width = 0, channels = 0, count = 0] = pictures?.shape ?? [];
  if (!pictures || !labels || pictures.shape.length !== 4) throw notSvhn(file, arrays);
  const axes = { count: 3, height: 0, width: 1, channels: 2 };
  const layout: Layout = { count, shape: [height, width, channels], axes };
  // MATLAB counts from 1, so that 10 stands for the digit 0
  const read = async () => (await labels.read()).map((n) => (n === 10 ? 0 : n));
  return { pictures, labels: { ...labels, read }, layout };
}

const notSvhn = (file: string, arrays: readonly FileArray[]): UserError =>
  new UserError(
    'data/not-svhn',
    `${file} holds no cropped digits of SVHN.`,
    `It needs X of 32×32×3×count and y. There are: ${arrays.map((a) => `${a.name} ${a.shape.join('×')}`).join(', ') || 'none'}.`,
    REMEDY,
    { file, setting: 'data' },
  );
