import { join } from 'node:path';
import { describeListing, type Listing, loadListing, type Refused } from '../encoded/gather';
import { listingOfRows, type Row } from '../encoded/rows';
import { folderOf, namesIn, refuseUnreadable, requireFiles, titleOf } from '../folder';
import type { DataChoice, DataSource } from '../source';
import { type SplitName, splitIn } from '../splits';
import { openTable, type Table } from './table';

const ID = 'parquet';
const REMEDY =
  'Choose the folder with train-00000-of-00001.parquet and the like, as a data set of pictures on Hugging Face has in data.';
const isTable = (name: string): boolean => /\.parquet$/i.test(name);

/** Tables of pictures and labels, as the library datasets writes them; the names say which split they are of. */
export const parquet: DataSource = {
  id: ID,
  title: 'Folder of Parquet files (Hugging Face)',
  folder: { recognises: (names) => names.some(isTable) },
  resizes: true,
  status: () => ({ ready: true, remedy: REMEDY }),
  describe: async (choice) => describeListing(await listingOf(choice), choice),
  load: async (choice) => loadListing(await listingOf(choice), choice),
};

async function listingOf(choice: DataChoice): Promise<Listing> {
  const folder = folderOf(choice, 'Parquet files', REMEDY);
  const { at, names } = await namesIn(folder);
  const files = names.filter(isTable);
  requireFiles(files, folder, 'Parquet files', REMEDY);
  const splits: Record<SplitName | 'all', Row[]> = { train: [], validation: [], test: [], all: [] };
  const refused: Refused[] = [];
  let classNames: readonly string[] = [];
  for (const name of files) {
    const table = await openTable(join(at, name)).catch((error) =>
      refuseUnreadable(join(at, name), error, REMEDY),
    );
    if (table.classNames.length > 0) classNames = table.classNames;
    addRows(table, name, splits[splitIn(name) ?? 'all'], refused);
  }
  return listingOfRows({
    ...{ id: ID, title: titleOf(folder), source: `Parquet tables in ${folder}`, file: folder },
    ...{ splits, refused, sample: SAMPLE },
    nameOf: (label) => classNames[Number(label)],
  });
}
/** Of the first group of rows as a rule: others would have to be read for it. */
const SAMPLE = 100;

function addRows(table: Table, name: string, rows: Row[], refused: Refused[]): void {
  table.labels.forEach((label, row) => {
    const called = `${name}, row ${row + 1}`;
    // Hugging Face gives -1 to the pictures of a test that is kept secret
    if (label === null || label === '-1') refused.push({ name: called, why: 'has no label' });
    else {
      const read = () => table.picture(row);
      rows.push({ label, item: (n) => ({ name: called, label: n, head: read, read }) });
    }
  });
}
