import { UserError } from '../errors';
import { cifar10, cifar100 } from './cifar/cifar';
import { clips } from './clips/clips';
import type { DataSet, Preview, Recognised } from './describe';
import { fashionMnist } from './fashion-mnist/fashion-mnist';
import { idxFolder } from './idx-folder/idx-folder';
import { mnist } from './mnist/mnist';
import { movingMnist } from './moving-mnist/moving-mnist';
import { npz } from './npz/npz';
import { parquet } from './parquet/parquet';
import { pictures } from './pictures/pictures';
import { recogniseAmong } from './recognise';
import type { DataChoice, DataSource } from './source';
import { sliceOf } from './stream/pictures-of';
import { svhn } from './svhn/svhn';
import { tfrecord } from './tfrecord/tfrecord';

/** The closed table of data sets: a document names one, and only what stands here is ever read. */
const sources: readonly DataSource[] = [
  ...[mnist, fashionMnist, movingMnist, cifar10, cifar100, svhn, idxFolder, npz, parquet, tfrecord],
  ...[clips, pictures], // last: any folder with folders in it may be one
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

/** What a folder may be read as, the likeliest first. @see recogniseAmong */
export const recognise = (folder: string): Promise<readonly Recognised[]> => recogniseAmong(sources, folder);

/** The likeliest of them. */
export async function recogniseFolder(path: string): Promise<DataChoice> {
  const [{ set, folder }] = (await recognise(path)) as [Recognised];
  return { set, folder };
}

/** Gives back the disk that a streamed data set takes; of others nothing is to be given back. */
export function closeData({ train, test }: DataSet): void {
  train.stream?.close();
  test.stream?.close();
}

/** `count` pictures from `start` on, less where the split ends. Copied, so that they can be sent away. */
export async function previewOf(
  data: DataSet,
  split: 'train' | 'test',
  start: number,
  count: number,
): Promise<Preview> {
  const { labels, count: all } = data[split];
  const from = Math.min(start, all);
  const to = Math.min(from + count, all);
  const { shape, classNames } = data.info;
  return {
    shape,
    pictures: await sliceOf(data[split], data.info, from, to),
    labels: [...labels.subarray(from, to)],
    classNames,
  };
}
