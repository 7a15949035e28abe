import { totalmem } from 'node:os';
import { UserError } from '../errors';

/** Labels are bytes. */
export const MAX_CLASSES = 256;
/** What one typed array holds on every supported system. */
export const MAX_SPLIT = 2 ** 31 - 1;

const count = (n: number): string => n.toLocaleString('en');

/** @throws UserError `data/classes`, `data/one-class` */
export function requireClasses(classes: number, file: string): void {
  if (classes > MAX_CLASSES) {
    throw new UserError(
      'data/classes',
      `The data in ${file} has ${count(classes)} classes.`,
      `A label is held in one byte, so that ${MAX_CLASSES} classes are the most.`,
      `Keep the pictures of at most ${MAX_CLASSES} classes, or join classes that belong together.`,
      { file, setting: 'data' },
    );
  }
  if (classes >= 2) return;
  throw new UserError(
    'data/one-class',
    `The data in ${file} has ${classes === 1 ? 'one class' : 'no classes'}.`,
    'A net that tells classes apart needs two at least.',
    'Choose data with pictures of two classes or more.',
    { file, setting: 'data' },
  );
}

export interface Wanted {
  readonly train: number;
  readonly test: number;
  /** [height, width, channels], with the frames before them where it is a clip. */
  readonly shape: readonly number[];
}

/**
 * Refuses what would not fit before anything is allocated. TensorFlow holds a copy of its own, so that the pictures
 * may take a half of the memory together.
 *
 * @throws UserError `data/too-large`, `data/empty`
 */
export function requireRoom({ train, test, shape }: Wanted, file: string, memory = totalmem()): void {
  requireSome({ train, test, shape }, file);
  const each = shape.reduce((n, d) => n * d, 1);
  const pictures = train + test;
  const largest = Math.max(train, test) * each;
  const room = memory / 2;
  if (largest <= MAX_SPLIT && pictures * each <= room) return;
  const limit = largest > MAX_SPLIT ? MAX_SPLIT : room;
  const fits = Math.floor(
    Math.sqrt((each * limit) / (largest > MAX_SPLIT ? largest : pictures * each) / (shape.at(-1) ?? 1)),
  );
  const why =
    largest > MAX_SPLIT
      ? `One split is held in memory whole, and may have ${count(MAX_SPLIT)} bytes; the larger one has ${count(largest)}.`
      : `They need ${gigabytes(pictures * each)} twice, here and in TensorFlow, and this computer has ${gigabytes(memory)}.`;
  throw new UserError(
    'data/too-large',
    `${count(pictures)} pictures of ${shape.join('×')} are ${gigabytes(pictures * each)}.`,
    why,
    `Make the pictures ${fits}×${fits} or smaller, or take ${count(Math.floor(limit / each))} of them.`,
    { file, setting: 'data' },
  );
}

/** @throws UserError `data/empty` */
export function requireSome({ train, test, shape }: Wanted, file: string): void {
  if (train < 1 || test < 1 || shape.some((d) => d < 1)) throw empty(file, train, test);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

const empty = (file: string, train: number, test: number): UserError =>
  new UserError(
    'data/empty',
    `The data in ${file} has ${count(train)} pictures to train and ${count(test)} to test.`,
    'Both need one picture at least.',
    'Choose data with pictures for both.',
    { file, setting: 'data' },
  );
