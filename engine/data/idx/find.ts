import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors';
import type { FourFiles } from './four-files';

const MEANS: Readonly<Record<string, string>> = {
  ...{ train: 'train', training: 'train', t10k: 'test', test: 'test' },
  ...{ images: 'pictures', labels: 'labels' },
};
/** `train-images-idx3-ubyte`, `Train_Images.idx3`, `emnist-digits-test-labels-idx1-ubyte.gz` */
const NAME =
  /(?:^|[\W_])(train|training|t10k|test)[\W_]*(images|labels)(?:[\W_]*(?:idx[134]?|ubyte))*(\.gz)?$/i;

export const isIdxName = (name: string): boolean => NAME.test(name);

/**
 * The four files in `folder`, whatever the case and separators of their names. Of a file and the same one
 * gzipped, the file is taken.
 *
 * @param remedy what to do where the folder does not serve
 * @throws UserError `data/missing`, `data/unreadable` or `data/ambiguous`
 */
export async function findFourFiles(folder: string, remedy: string): Promise<FourFiles> {
  const names = (await list(folder, remedy)).sort();
  const found = new Map<string, string[]>();
  for (const name of names) {
    const [, split, part] = NAME.exec(name) ?? [];
    if (!split || !part) continue;
    const key = `${MEANS[split.toLowerCase()]} ${MEANS[part.toLowerCase()]}`;
    found.set(key, [...(found.get(key) ?? []), name]);
  }
  const pick = (split: string, part: string) =>
    join(folder, theOne({ folder, split, part, remedy }, found.get(`${split} ${part}`) ?? []));
  return {
    train: { pictures: pick('train', 'pictures'), labels: pick('train', 'labels') },
    test: { pictures: pick('test', 'pictures'), labels: pick('test', 'labels') },
  };
}

async function list(folder: string, remedy: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new UserError(
      missing ? 'data/missing' : 'data/unreadable',
      missing ? `There is no folder ${folder}.` : `The folder ${folder} cannot be read.`,
      missing ? 'The data set is read from it.' : `${message}.`,
      remedy,
      { file: folder, setting: 'data' },
    );
  }
}

interface Wanted {
  readonly folder: string;
  readonly split: string;
  readonly part: string;
  readonly remedy: string;
}

function theOne({ folder, split, part, remedy }: Wanted, names: readonly string[]): string {
  const plain = names.filter((n) => !/\.gz$/i.test(n));
  const left = plain.length > 0 ? plain : names;
  if (left.length === 1) return left[0]!;
  const wanted = `${split}-${part === 'pictures' ? 'images-idx3' : 'labels-idx1'}-ubyte`;
  if (left.length === 0) {
    throw new UserError(
      'data/missing',
      `The folder ${folder} has no ${wanted} (or .gz).`,
      'Four IDX files make a data set: pictures and labels, to train and to test.',
      remedy,
      { file: folder, setting: 'data' },
    );
  }
  throw new UserError(
    'data/ambiguous',
    `Several files may be ${wanted}: ${left.join(', ')}.`,
    'One folder holds one data set.',
    'Move each data set to a folder of its own.',
    { file: folder, setting: 'data' },
  );
}
