import { basename } from 'node:path';
import { UserError } from '../../errors';
import { findFourFiles, isIdxName } from '../idx/find';
import { describeFourFiles, type FourFilesInfo, loadFourFiles } from '../idx/four-files';
import type { DataChoice, DataSource } from '../source';

const REMEDY =
  'Choose a folder with train-images, train-labels, test-images and test-labels as IDX files (or .gz).';

/** Any folder with four IDX files in the layout of MNIST; classes are called 0, 1, 2, … */
export const idxFolder: DataSource = {
  id: 'idx',
  title: 'Folder of IDX files',
  folder: { recognises: (names) => names.some((n) => isIdxName(n)) },
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) =>
    describeFourFiles(await findFourFiles(folderOf(choice), REMEDY), infoOf(choice)),
  load: async (choice) => loadFourFiles(await findFourFiles(folderOf(choice), REMEDY), infoOf(choice)),
};

const infoOf = (choice: DataChoice): FourFilesInfo => ({
  id: 'idx',
  title: basename(folderOf(choice)) || folderOf(choice),
  source: `IDX files in ${folderOf(choice)}`,
});

function folderOf({ folder }: DataChoice): string {
  if (folder) return folder;
  throw new UserError(
    'data/no-folder',
    'No folder of IDX files is chosen.',
    'This data set is read from a folder.',
    REMEDY,
    {
      setting: 'data',
    },
  );
}
