import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../errors';

/** A line of a metadata file: which picture, and of which class. */
export interface Row {
  readonly file: string;
  readonly label: string;
  /** As a column of that name says. */
  readonly split: string | undefined;
}

const FILE = /^(file[ _]?(name|path)?|image[ _]?(id|name|path|file)?|img|path|picture|id)$/;
const LABEL = /^(labels?|class(es)?|category|target|(label|class|category)[ _]?(name|id)|breed|species|y)$/;
const SPLIT = /^(split|set|subset|partition)$/;
const LARGEST = 2 ** 28;

/**
 * The rows of a metadata.csv or labels.csv; undefined where it has no column of file names or of labels. Where
 * there are two columns, the one behind the file names is the label whatever it is called.
 *
 * @throws UserError `data/too-large`
 */
export async function readTable(path: string): Promise<readonly Row[] | undefined> {
  const { size } = await stat(path);
  if (size > LARGEST) throw tooLarge(path, size);
  const [head = [], ...rows] = parseCsv((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  const names = head.map((h) => h.trim().toLowerCase());
  const file = names.findIndex((n) => FILE.test(n));
  const named = names.findIndex((n, i) => i !== file && LABEL.test(n));
  const label = named < 0 && names.length === 2 ? 1 - file : named;
  if (file < 0 || label < 0) return undefined;
  const split = names.findIndex((n) => SPLIT.test(n));
  return rows
    .filter((r) => r.length > 1 || r[0] !== '')
    .map((r) => ({
      file: (r[file] ?? '').trim().replaceAll('\\', '/'),
      label: (r[label] ?? '').trim(),
      split: split < 0 ? undefined : r[split]?.trim().toLowerCase(),
    }));
}

/** Commas, semicolons or tabs: whichever the first line has more of. @see RFC 4180 */
export function parseCsv(text: string): string[][] {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const signs = [',', ';', '\t'].map((s) => [s, first.split(s).length] as const);
  const sign = signs.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  // a quoted field with doubled quotes, or a plain one, as is one whose quote does not close; then what ends it
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${sign}\\r\\n]*))(${sign}|\\r?\\n|\\r|$)`, 'y');
  const rows: string[][] = [];
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const found = field.exec(text)!; // a plain field may be empty: one of the two always fits
    row.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === sign) continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push([...row, '']);
  return rows;
}

const tooLarge = (path: string, size: number): UserError =>
  new UserError(
    'data/too-large',
    `${basename(path)} has ${size.toLocaleString('en')} bytes.`,
    `A table of labels is read whole, and at most ${LARGEST.toLocaleString('en')} bytes of it.`,
    'Leave out columns other than the file name and the label.',
    { file: path },
  );
