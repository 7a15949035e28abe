import { UserError } from '../../errors';
import type { DataInfo, DataSet, Split } from '../describe';
import { requireClasses, requireRoom } from '../limits';
import { splitBySeed } from '../shuffle';
import type { FileArray, Numbers } from './array';
import { labelsOf } from './labels';
import { type Layout, layoutOf, scaleOf, toPixels } from './pixels';

/** Pictures with their labels, as arrays of one or two files. */
export interface Part {
  readonly pictures: FileArray;
  readonly labels: FileArray;
  /** Left out, by the shape of the array. */
  readonly layout?: Layout;
}
/** Without a test a fifth of each class is drawn for it. */
export interface Arrays {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly file: string;
  readonly train: readonly Part[];
  readonly test: readonly Part[];
  /** The class of a label, where the file does not number them as they are known. */
  readonly name?: (label: number) => string;
}
type Labels = readonly Float64Array[];

/** Reads headers and labels. @throws UserError as {@link loadArrays} */
export async function describeArrays(arrays: Arrays): Promise<DataInfo> {
  const labels = { train: await readLabels(arrays.train), test: await readLabels(arrays.test) };
  return planOf(arrays, labels.train, labels.test).info;
}

/**
 * @throws UserError of the file, and `data/rank`, `data/labels`, `data/count-mismatch`, `data/shape-mismatch`,
 * `data/classes`, `data/one-class`, `data/empty`, `data/too-large` or `data/range`
 */
export async function loadArrays(arrays: Arrays): Promise<DataSet> {
  const labels = { train: await readLabels(arrays.train), test: await readLabels(arrays.test) };
  const { info, numberOf, drawn } = planOf(arrays, labels.train, labels.test);
  const parts = [...arrays.train, ...arrays.test];
  const numbers: Numbers[] = [];
  for (const part of parts) numbers.push(await part.pictures.read());
  const scale = scaleOf(parts[0]!.pictures, numbers);
  const pixels = parts.map((p, i) => toPixels(p.pictures, layoutIn(p), numbers[i]!, scale));
  const split = (from: readonly Uint8Array[], of: Labels): Split => {
    const all = Uint8Array.from(
      of.flatMap((l) => [...l]),
      numberOf,
    );
    return { pictures: joined(from), labels: all, count: all.length };
  };
  const train = split(pixels.slice(0, arrays.train.length), labels.train);
  if (drawn) return { info, train: take(train, drawn.train), test: take(train, drawn.test) };
  return { info, train, test: split(pixels.slice(arrays.train.length), labels.test) };
}

function planOf(arrays: Arrays, train: Labels, test: Labels) {
  const { id, title, source, file, name = String } = arrays;
  const shape = sameShape([...arrays.train, ...arrays.test]);
  const all = new Set([...train, ...test].flatMap((l) => [...new Set(l)]));
  requireClasses(all.size, file);
  const values = [...all].sort((a, b) => a - b);
  const drawn = arrays.test.length > 0 ? undefined : draw(train);
  const count = (of: Labels) => of.reduce((n, l) => n + l.length, 0);
  const counts = drawn
    ? { train: drawn.train.length, test: drawn.test.length }
    : { train: count(train), test: count(test) };
  requireRoom({ ...counts, shape }, file);
  const numbers = new Map(values.map((v, i) => [v, i]));
  const info: DataInfo = {
    ...{ id, title, source, shape: [...shape], ...counts },
    classNames: values.map(name),
  };
  return { info, drawn, numberOf: (value: number) => numbers.get(value)! };
}

/** Rows in the order of the file, so that neighbours stay neighbours. */
function draw(labels: Labels) {
  const flat = labels.flatMap((l) => [...l]);
  const { train, test } = splitBySeed([...flat.keys()], (i) => flat[i]!);
  const ordered = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);
  return { train: ordered(train), test: ordered(test) };
}

function take({ pictures, labels, count }: Split, rows: readonly number[]): Split {
  const size = pictures.length / count;
  const out = new Uint8Array(rows.length * size);
  rows.forEach((row, i) => void out.set(pictures.subarray(row * size, (row + 1) * size), i * size));
  return { pictures: out, labels: Uint8Array.from(rows, (r) => labels[r]!), count: rows.length };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const layoutIn = (part: Part): Layout => part.layout ?? layoutOf(part.pictures);

async function readLabels(parts: readonly Part[]): Promise<Labels> {
  const all: Float64Array[] = [];
  for (const part of parts) {
    const { count } = layoutIn(part);
    const labels = labelsOf(part.labels, await part.labels.read());
    if (labels.length !== count) throw mismatch(part, count, labels.length);
    all.push(labels);
  }
  return all;
}

function sameShape(parts: readonly Part[]): readonly [number, number, number] {
  const [first, ...rest] = parts.map((p) => ({ shape: layoutIn(p).shape, of: p.pictures }));
  const other = rest.find((r) => r.shape.join() !== first!.shape.join());
  if (!other) return first!.shape;
  throw new UserError(
    'data/shape-mismatch',
    `Pictures in '${first!.of.name}' are ${first!.shape.join('×')}, but those in '${other.of.name}' are ${other.shape.join('×')}.`,
    'The net is tested on pictures of the size that it was trained on.',
    'Bring all arrays to one size, and save them again.',
    { file: other.of.file },
  );
}

const mismatch = ({ pictures, labels }: Part, count: number, has: number): UserError =>
  new UserError(
    'data/count-mismatch',
    `'${pictures.name}' has ${count.toLocaleString('en')} pictures, but '${labels.name}' has ${has.toLocaleString('en')} labels.`,
    'Picture n belongs to label n, so that there must be as many of each.',
    'Save arrays of the same data set and split.',
    { file: labels.file },
  );
