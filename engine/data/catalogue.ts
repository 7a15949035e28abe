import { join } from 'node:path';
import { UserError } from '../errors';
import { cifar10, cifar100 } from './cifar/cifar';
import type { DataSet, Preview } from './describe';
import { fashionMnist } from './fashion-mnist/fashion-mnist';
import { namesIn } from './folder';
import { idxFolder } from './idx-folder/idx-folder';
import { mnist } from './mnist/mnist';
import { movingMnist } from './moving-mnist/moving-mnist';
import { npz } from './npz/npz';
import { parquet } from './parquet/parquet';
import { pictures } from './pictures/pictures';
import type { DataChoice, DataSource } from './source';
import { svhn } from './svhn/svhn';
import { tfrecord } from './tfrecord/tfrecord';

/** The closed table of data sets: a document names one, and only what stands here is ever read. */
const sources: readonly DataSource[] = [
  ...[mnist, fashionMnist, movingMnist, cifar10, cifar100, svhn, idxFolder, npz, parquet, tfrecord],
  pictures, // last: any folder with folders in it may be one
];
export const dataSets: ReadonlyMap<string, DataSource> = new Map(sources.map((s) => [s.id, s]));

/** @throws UserError `data/unknown` */
export function findDataSet({ set }: DataChoice): DataSource {
  const found = dataSets.get(set);
  if (found) return found;
  const ids = [...dataSets.keys()].join(', ');
  throw new UserError(
    'data/unknown',
    `There is no data set '${set}'.`,
    `The data sets are: ${ids}.`,
    `Choose one of ${ids}.`,
    { setting: 'data' },
  );
}

/**
 * The data set that lies in `folder`, by the names of its files, else in one of a few folders in it, as archives
 * and downloads have them; `idx`, which says what it misses, where none fits.
 */
export async function recogniseFolder(folder: string): Promise<DataChoice> {
  const { names } = await namesIn(folder);
  const found = (of: readonly string[]) => sources.find((s) => s !== pictures && s.folder?.recognises(of));
  const here = found(names);
  if (here) return { set: here.id, folder };
  const inner = names
    .filter((n) => n.endsWith('/') && !n.startsWith('.'))
    .map((n) => join(folder, n.slice(0, -1)));
  for (const path of inner.length <= INNER ? inner : []) {
    const source = found((await namesIn(path)).names);
    if (source) return { set: source.id, folder: path };
  }
  const empty = !pictures.folder?.recognises(names);
  return { set: (empty ? idxFolder : pictures).id, folder };
}
/** More folders than these are classes. */
const INNER = 4;

/** `count` pictures from `start` on, less where the split ends. Copied, so that they can be sent away. */
export function previewOf(data: DataSet, split: 'train' | 'test', start: number, count: number): Preview {
  const { pictures, labels, count: all } = data[split];
  const from = Math.min(start, all);
  const to = Math.min(from + count, all);
  const { shape, classNames } = data.info;
  const size = shape.reduce((n, d) => n * d, 1);
  return {
    shape,
    pictures: pictures.slice(from * size, to * size),
    labels: [...labels.subarray(from, to)],
    classNames,
  };
}
