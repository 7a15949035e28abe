import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DataShape, dataShapeOf } from '../engine/analysis/fit';
import { dataSets, findDataSet, recogniseFolder } from '../engine/data/catalogue';
import type { DataInfo } from '../engine/data/describe';
import type { DataChoice } from '../engine/data/source';
import { UserError } from '../engine/errors';

export const DATA_HELP =
  'mnist, fashion-mnist, or a folder: pictures, IDX, NumPy, Parquet, TFRecord, CIFAR or SVHN';

/** What `--data` names: a data set of the catalogue, or a folder. @throws UserError `data/unknown` */
export async function dataChoice(name: string): Promise<DataChoice> {
  const known = dataSets.get(name);
  if (known && !known.folder) return { set: name };
  if (existsSync(name)) return recogniseFolder(resolve(name));
  throw new UserError(
    'data/unknown',
    `There is no data set and no folder '${name}'.`,
    `Data is ${DATA_HELP}.`,
    'Write --data mnist, or the path of a folder that exists.',
    { setting: 'data' },
  );
}

/** @throws UserError where the data is missing or damaged */
export async function describeData(choice: DataChoice): Promise<DataInfo & DataShape> {
  const info = await findDataSet(choice).describe(choice);
  return { ...dataShapeOf(info), ...info };
}
