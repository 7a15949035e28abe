import { splitBySeed } from '../shuffle';
import type { SplitName } from '../splits';
import type { Listing, Refused } from './gather';
import type { Item } from './survey';

/** A picture whose class is known by a word or a number. */
export interface Row {
  readonly label: string;
  item(label: number): Item;
}
export interface Rows {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly file: string;
  /** Under `all` what is of no split. */
  readonly splits: Readonly<Record<SplitName | 'all', readonly Row[]>>;
  readonly refused?: readonly Refused[];
  /** So many of the first pictures say which size all are brought to. */
  readonly sample?: number;
  /** Names of the classes, where the file has them. */
  nameOf?(label: string): string | undefined;
}

/**
 * Classes in the order of their names, numbers as numbers. What is for validation serves as the test where there is
 * none, else it joins the training, from which the trainer draws; without either a fifth of each class is drawn.
 */
export function listingOfRows(rows: Rows): Listing {
  const { id, title, source, file, refused = [], nameOf } = rows;
  const { train, validation, test, all } = rows.splits;
  const own = train.length > 0 ? train : all;
  const held = test.length > 0 ? { train: [...own, ...validation], test } : { train: own, test: validation };
  const parts = held.test.length > 0 ? held : splitBySeed(own, (r) => r.label);
  const labels = classOrder([...parts.train, ...parts.test].map((r) => r.label));
  const numbers = new Map(labels.map((l, i) => [l, i]));
  const items = (part: readonly Row[]) => part.map((r) => r.item(numbers.get(r.label)!));
  const listing = { id, title, source, file, refused, train: items(parts.train), test: items(parts.test) };
  const { sample } = rows;
  return {
    ...listing,
    classNames: labels.map((l) => nameOf?.(l) ?? l),
    ...(sample !== undefined && { sample: listing.train.slice(0, sample) }),
  };
}

/** The order in which Keras and torchvision number class folders; numbers as numbers. */
export function classOrder(all: readonly string[]): string[] {
  const labels = [...new Set(all)];
  const numeric = labels.every((l) => /^-?\d{1,15}$/.test(l));
  return numeric ? labels.sort((a, b) => Number(a) - Number(b)) : labels.sort();
}
