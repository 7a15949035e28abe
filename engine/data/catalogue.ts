import { readdir } from 'node:fs/promises';
import { UserError } from '../errors';
import { cifar10, cifar100 } from './cifar/cifar';
import type { DataSet, Preview } from './describe';
import { fashionMnist } from './fashion-mnist/fashion-mnist';
import { idxFolder } from './idx-folder/idx-folder';
import { mnist } from './mnist/mnist';
import type { DataChoice, DataSource } from './source';

/** The closed table of data sets: a document names one, and only what stands here is ever read. */
const sources: readonly DataSource[] = [mnist, fashionMnist, cifar10, cifar100, idxFolder];
export const dataSets: ReadonlyMap<string, DataSource> = new Map(sources.map((s) => [s.id, s]));

/** @throws UserError `data/unknown` */
export function findDataSet({ set }: DataChoice): DataSource {
  const found = dataSets.get(set);
  if (found) return found;
  const ids = [...dataSets.keys()].join(', ');
  throw new UserError(
    'data/unknown',
    `There is no data set '${set}'.`,
    `The data sets are: ${ids} (idx is any folder of IDX files).`,
    `Choose one of ${ids}.`,
    { setting: 'data' },
  );
}

/** The data set that lies in `folder`, by the names of its files; `idx`, which says what it misses, where none fits. */
export async function recogniseFolder(folder: string): Promise<DataChoice> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.map((e) => e.name);
  const found = sources.find((s) => s.folder?.recognises(names));
  return { set: (found ?? idxFolder).id, folder };
}

/** `count` pictures from `start` on, less where the split ends. Copied, so that they can be sent away. */
export function previewOf(data: DataSet, split: 'train' | 'test', start: number, count: number): Preview {
  const { pictures, labels, count: all } = data[split];
  const from = Math.min(start, all);
  const to = Math.min(from + count, all);
  const { shape, classNames } = data.info;
  const size = shape[0] * shape[1] * shape[2];
  return {
    shape,
    pictures: pictures.slice(from * size, to * size),
    labels: [...labels.subarray(from, to)],
    classNames,
  };
}
