import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type DataShape, dataShapeOf } from '../engine/analysis/fit';
import { dataSets, findDataSet, recognise, recogniseFolder } from '../engine/data/catalogue';
import type { DataInfo } from '../engine/data/describe';
import type { DataChoice } from '../engine/data/source';
import { UserError } from '../engine/errors';
import { whole } from './arguments';

export const DATA_HELP =
  'mnist, fashion-mnist, moving-mnist, or a folder: pictures, IDX, NumPy, Parquet, TFRecord, CIFAR or SVHN';

/** How picture files and made pictures are wished. */
export const PICTURE_OPTIONS = [
  ['--as <set>', 'what a folder is read as, e.g. pictures; else what it looks like'],
  ['--size <n>', 'side to which picture files are brought; else it follows from them'],
  ['--colour <kind>', 'grey or colour; else as the picture files are'],
] as const;
export const pictureArgs = {
  as: z.string().min(1).optional(),
  size: whole(8, 512).optional(),
  colour: z.enum(['grey', 'colour'], { error: 'must be grey or colour' }).optional(),
};

/** What `--data` names: a data set of the catalogue, or a folder. @throws UserError `data/unknown` */
export async function dataChoice(name: string, as?: string): Promise<DataChoice> {
  if (as !== undefined) return readAs(resolve(name), as);
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

/** @throws UserError `data/unknown` */
async function readAs(folder: string, set: string): Promise<DataChoice> {
  if (!findDataSet({ set }).folder) return { set };
  const found = (await recognise(folder)).find((r) => r.set === set);
  return { set, folder: found?.folder ?? folder };
}

/** What else than `choice` the folder of that name may be read as, in words for a note. */
export async function otherKinds(name: string, { set, folder }: DataChoice): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const found = await recognise(resolve(name));
  const taken = found.find((r) => r.set === set)?.kind ?? set;
  const others = found.filter((r) => r.set !== set).map((r) => `--as ${r.set}`);
  return `Read as: ${taken}.${others.length > 0 ? ` It may also be read with ${others.join(' or ')}.` : ''}`;
}

/** @throws UserError where the data is missing or damaged */
export async function describeData(choice: DataChoice): Promise<DataInfo & DataShape> {
  const info = await findDataSet(choice).describe(choice);
  return { ...dataShapeOf(info), ...info };
}
