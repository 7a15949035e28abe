import { basename } from 'node:path';
import { UserError } from '../../errors';
import type { DataInfo, DataSet, Split } from '../describe';
import { readIdx, readIdxDims } from './idx';

/** The layout of MNIST: pictures and labels, to train and to test. */
export interface FourFiles {
  readonly train: SplitFiles;
  readonly test: SplitFiles;
}
export interface SplitFiles {
  readonly pictures: string;
  readonly labels: string;
}

/** What the files do not say. Without class names, the training labels from 0 on name the classes. */
export interface FourFilesInfo {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly classNames?: readonly string[];
}

/** Reads headers and labels, but no pictures. @throws UserError as `loadFourFiles` */
export async function describeFourFiles(files: FourFiles, info: FourFilesInfo): Promise<DataInfo> {
  const [train, test] = [await describeSplit(files.train), await describeSplit(files.test)];
  requireSameShape(files, train.shape, test.shape);
  return infoOf(files, info, train, test);
}

/**
 * All pictures and labels in memory.
 *
 * @throws UserError of `readIdx`, and `data/rank`, `data/empty`, `data/count-mismatch`,
 * `data/shape-mismatch`, `data/label-range` or `data/one-class`
 */
export async function loadFourFiles(files: FourFiles, info: FourFilesInfo): Promise<DataSet> {
  const [train, test] = [await loadSplit(files.train), await loadSplit(files.test)];
  requireSameShape(files, train.shape, test.shape);
  const split = ({ pictures, labels, count }: Split): Split => ({ pictures, labels, count });
  return { info: infoOf(files, info, train, test), train: split(train), test: split(test) };
}

type Shape = [number, number, number];
interface Described {
  readonly shape: Shape;
  readonly count: number;
  readonly labels: Uint8Array;
}

async function describeSplit(files: SplitFiles): Promise<Described> {
  const dims = await readIdxDims(files.pictures);
  return checkSplit(files, dims, await readIdx(files.labels));
}

async function loadSplit(files: SplitFiles): Promise<Described & Split> {
  const [pictures, labels] = await Promise.all([readIdx(files.pictures), readIdx(files.labels)]);
  return { ...checkSplit(files, pictures.dims, labels), pictures: pictures.data };
}

function checkSplit(
  files: SplitFiles,
  dims: readonly number[],
  labels: { readonly dims: readonly number[]; readonly data: Uint8Array },
): Described {
  const shape = pictureShape(dims, files.pictures);
  if (labels.dims.length !== 1)
    throw wrongRank(files.labels, labels.dims, 'labels', '1 dimension: the count');
  const [count] = dims as [number];
  if (count !== labels.dims[0]) throw mismatch(files, count, labels.dims[0]!);
  if (count === 0) throw empty(files.pictures, 'holds no pictures');
  return { shape, count, labels: labels.data };
}

/** [n, h, w] is grey, [n, h, w, c] has c channels. */
function pictureShape(dims: readonly number[], file: string): Shape {
  if (dims.length < 3) {
    throw wrongRank(file, dims, 'pictures', '3 dimensions (count, height, width), or 4 with channels');
  }
  const [, height, width, channels = 1] = dims as [number, number, number, number?];
  if (height * width * channels === 0) throw empty(file, `has pictures of ${dims.slice(1).join('×')} pixels`);
  return [height, width, channels];
}

function infoOf(files: FourFiles, info: FourFilesInfo, train: Described, test: Described): DataInfo {
  const { id, title, source } = info;
  const classNames = info.classNames ? [...info.classNames] : numbered(files.train.labels, train.labels);
  requireLabels(files.train.labels, train.labels, classNames.length);
  requireLabels(files.test.labels, test.labels, classNames.length);
  return { id, title, source, shape: train.shape, classNames, train: train.count, test: test.count };
}

function numbered(file: string, labels: Uint8Array): string[] {
  const highest = labels.reduce((a, b) => Math.max(a, b), 0);
  if (highest > 0) return Array.from({ length: highest + 1 }, (_, i) => String(i));
  throw new UserError(
    'data/one-class',
    `All labels in ${basename(file)} are 0.`,
    'A net that tells classes apart needs two at least.',
    'Choose a folder whose labels start at 0 and name two classes or more.',
    { file },
  );
}

function requireLabels(file: string, labels: Uint8Array, classes: number): void {
  const at = labels.findIndex((l) => l >= classes);
  if (at < 0) return;
  throw new UserError(
    'data/label-range',
    `Label ${at + 1} in ${basename(file)} is ${labels[at]}, but there are ${classes} classes.`,
    `Labels are 0 to ${classes - 1}; the training labels say which there are.`,
    'Check that pictures, labels and data set belong together.',
    { file },
  );
}

function requireSameShape({ test }: FourFiles, a: Shape, b: Shape): void {
  if (a.join() === b.join()) return;
  throw new UserError(
    'data/shape-mismatch',
    `Pictures to train are ${a.join('×')}, but those in ${basename(test.pictures)} are ${b.join('×')}.`,
    'The net is tested on pictures of the size that it was trained on.',
    'Choose a folder whose four files belong together.',
    { file: test.pictures },
  );
}

const wrongRank = (file: string, dims: readonly number[], what: string, needs: string): UserError =>
  new UserError(
    'data/rank',
    `${basename(file)} has ${dims.length} dimension${dims.length === 1 ? '' : 's'} (${dims.join('×')}).`,
    `A file of ${what} has ${needs}.`,
    'Check that files of pictures and of labels have not changed places.',
    { file },
  );

const mismatch = (files: SplitFiles, pictures: number, labels: number): UserError =>
  new UserError(
    'data/count-mismatch',
    `${basename(files.pictures)} has ${pictures.toLocaleString('en')} pictures, ` +
      `but ${basename(files.labels)} has ${labels.toLocaleString('en')} labels.`,
    'Picture n belongs to label n, so that there must be as many of each.',
    'Choose files of the same data set and split.',
    { file: files.labels },
  );

const empty = (file: string, what: string): UserError =>
  new UserError(
    'data/empty',
    `${basename(file)} ${what}.`,
    'A split needs one picture at least, and a picture one pixel.',
    'Choose another folder, or write the file again.',
    { file },
  );
