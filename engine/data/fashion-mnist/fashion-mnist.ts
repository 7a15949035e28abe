import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors';
import { findFourFiles } from '../idx/find';
import { describeFourFiles, type FourFiles, loadFourFiles } from '../idx/four-files';
import type { DataChoice, DataSource } from '../source';
import { canFetch, fetchFashionMnist } from './fetch';

const DEBIAN = '/usr/share/datasets/fashion-mnist';
const OWN = join(homedir(), 'Convloom', 'data', 'fashion-mnist');
const REMEDY =
  'Run `convloom fetch fashion-mnist` or `apt-get install dataset-fashion-mnist` (Debian, Ubuntu), or name a folder with the four IDX files ' +
  'of Fashion-MNIST in the environment variable CONVLOOM_FASHION_MNIST.';
const info = {
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  source: 'Xiao, Rasul, Vollgraf. Fashion-MNIST. 2017. arXiv:1708.07747',
  classNames: [
    'T-shirt',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
};

/** 60,000 and 10,000 pictures of clothes, 28×28×1; from a Debian package or a folder of the user. */
export const fashionMnist: DataSource = {
  id: info.id,
  title: info.title,
  status: () => (folderOf({ set: info.id }) ? { ready: true, remedy: '' } : { ready: false, remedy: REMEDY }),
  describe: async (choice) => describeFourFiles(await files(choice), info),
  load: async (choice) => loadFourFiles(await files(choice), info),
  ...(canFetch() && { fetch: () => fetchFashionMnist(OWN, REMEDY) }),
};

async function files(choice: DataChoice): Promise<FourFiles> {
  const folder = folderOf(choice);
  if (folder) return findFourFiles(folder, REMEDY);
  throw new UserError(
    'data/missing',
    'Fashion-MNIST is not on this computer.',
    `It is looked for in ${candidates(choice).join(', ')}.`,
    REMEDY,
    { setting: 'data' },
  );
}

/** A folder that was named, else the first of the usual ones; undefined when it is not there. */
const folderOf = (choice: DataChoice): string | undefined => candidates(choice).find((f) => existsSync(f));

function candidates(choice: DataChoice): readonly string[] {
  const named = choice.folder || process.env['CONVLOOM_FASHION_MNIST'];
  return named ? [named] : [OWN, DEBIAN];
}
