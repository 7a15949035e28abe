import { UserError } from '../../errors';
import type { DataInfo, DataSet, Skipped, Split } from '../describe';
import { requireClasses, requireSome } from '../limits';
import type { DataChoice } from '../source';
import { fitsMemory } from '../stream/room';
import type { PictureShape } from './decode';
import { pixelsOf, type Wanted, wholeShape } from './pixels';
import { streamed } from './streamed';
import { eachOf, type Item, reasonOf, survey } from './survey';

/** Encoded pictures with their labels, and what is known of them. */
export interface Listing {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Where it lies, for faults. */
  readonly file: string;
  readonly classNames: readonly string[];
  readonly train: readonly Item[];
  readonly test: readonly Item[];
  /** Which pictures say the size that all are brought to, where not all can be looked at cheaply. */
  readonly sample?: readonly Item[];
  /** There where the items are clips: frames that each is brought to. */
  readonly frames?: number;
  /** What was left out before any picture was looked at. */
  readonly refused?: readonly Refused[];
}
export interface Refused {
  readonly name: string;
  readonly why: string;
}
/** So many are named; the rest is counted. */
const NAMED = 20;

/** By the headers of the pictures. @throws UserError as {@link loadListing} */
export async function describeListing(listing: Listing, choice: DataChoice): Promise<DataInfo> {
  const { shape, broken } = await surveyOf(listing, choice);
  const left = (items: readonly Item[]) => items.filter((i) => !broken.has(i.name)).length;
  const refused = [...(listing.refused ?? []), ...[...broken].map(([name, why]) => ({ name, why }))];
  return infoOf(listing, shape, { train: left(listing.train), test: left(listing.test), refused });
}

/**
 * Every picture, decoded to one shape: in memory, or on the disk where they are too many for it. Broken ones are left
 * out and named.
 *
 * @throws UserError `data/classes`, `data/one-class`, `data/empty` or `data/all-broken`
 */
export async function loadListing(listing: Listing, choice: DataChoice): Promise<DataSet> {
  const { shape } = await surveyOf(listing, choice);
  const refused = [...(listing.refused ?? [])];
  const how = { shape, frames: listing.frames };
  const read = isStreamed(listing, shape) ? streamed : gather;
  const train = await read(listing.train, how, refused);
  const test = await read(listing.test, how, refused);
  if (train.count < 1 || test.count < 1) throw allBroken(listing.file, refused);
  return { info: infoOf(listing, shape, { train: train.count, test: test.count, refused }), train, test };
}

function isStreamed({ train, test, frames }: Listing, shape: PictureShape): boolean {
  const size = wholeShape(shape, frames).reduce((n, d) => n * d, 1);
  return !fitsMemory([train.length * size, test.length * size]);
}

async function surveyOf(listing: Listing, choice: DataChoice) {
  const { classNames, file, train, test } = listing;
  requireClasses(classNames.length, file);
  const found = await survey(listing.sample ?? [...train, ...test], choice);
  const { shape, broken } = found;
  requireSome({ train: train.length, test: test.length, shape: wholeShape(shape, listing.frames) }, file);
  if (train.length + test.length === broken.size) {
    throw allBroken(
      file,
      [...broken].map(([name, why]) => ({ name, why })),
    );
  }
  return found;
}

interface Counted {
  readonly train: number;
  readonly test: number;
  readonly refused: readonly Refused[];
}
function infoOf(listing: Listing, shape: PictureShape, { train, test, refused }: Counted): DataInfo {
  const { id, title, source, classNames } = listing;
  const info = {
    id,
    title,
    source,
    shape: wholeShape(shape, listing.frames),
    classNames: [...classNames],
    train,
    test,
    ...(isStreamed(listing, shape) && { streamed: true as const }),
  };
  return refused.length === 0 ? info : { ...info, skipped: skippedOf(refused) };
}
function skippedOf(refused: readonly Refused[]): Skipped {
  const sorted = [...refused].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { count: refused.length, first: sorted.slice(0, NAMED) };
}

async function gather(items: readonly Item[], how: Wanted, refused: Refused[]): Promise<Split> {
  const size = wholeShape(how.shape, how.frames).reduce((n, d) => n * d, 1);
  const pictures = new Uint8Array(items.length * size);
  const good = new Uint8Array(items.length);
  await eachOf(items, async (item, i) => {
    try {
      pictures.set(await pixelsOf(item, how), i * size);
      good[i] = 1;
    } catch (error) {
      refused.push({ name: item.name, why: reasonOf(error) });
    }
  });
  return closeUp(
    { pictures, labels: Uint8Array.from(items, (i) => i.label), count: items.length },
    good,
    size,
  );
}

/** Moves the good ones together. */
function closeUp(split: Split, good: Uint8Array, size: number): Split {
  const { pictures, labels } = split;
  let count = 0;
  for (let i = 0; i < good.length; i++) {
    if (good[i] === 0) continue;
    if (i > count) {
      pictures.copyWithin(count * size, i * size, (i + 1) * size);
      labels[count] = labels[i]!;
    }
    count += 1;
  }
  if (count === split.count) return split;
  return { pictures: pictures.slice(0, count * size), labels: labels.slice(0, count), count };
}

function allBroken(file: string, refused: readonly Refused[]): UserError {
  const [first] = refused;
  return new UserError(
    'data/all-broken',
    `No picture of a split in ${file} can be read.`,
    first
      ? `The first of ${refused.length.toLocaleString('en')}: ${first.name} ${first.why}.`
      : 'There is none.',
    'Choose PNG, JPEG, WebP or BMP files, or copy them again from their source.',
    { file, setting: 'data' },
  );
}
