import { z } from 'zod';
import type { PictureSource } from './stream/source';

/** One split of a data set, as a rule with all pictures in memory as bytes: what TensorFlow gathers its batches from. */
export interface Split {
  /** [count, height, width, channels], of clips [count, frames, height, width, channels], 0 to 255. */
  readonly pictures: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
  /** There where pictures are read as they are needed; `pictures` is empty then. */
  readonly stream?: PictureSource;
}
/** A loaded data set. */
export interface DataSet {
  readonly info: DataInfo;
  readonly train: Split;
  readonly test: Split;
}

/** Pictures that were left out, and why: how many, and the first of them. */
export const Skipped = z.strictObject({
  count: z.number().int(),
  first: z.array(z.strictObject({ name: z.string(), why: z.string() })),
});
export type Skipped = z.infer<typeof Skipped>;

const side = z.number().int();
/** [height, width, channels] of pictures, [frames, height, width, channels] of clips. */
const DataShape = z.union([z.tuple([side, side, side]), z.tuple([side, side, side, side])]);
export type DataShape = z.infer<typeof DataShape>;

/** What is known of a data set before its pictures are read. */
export const DataInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  shape: DataShape,
  classNames: z.array(z.string()),
  train: z.number().int(),
  test: z.number().int(),
  /** One sentence with the source and year. */
  source: z.string(),
  /** There where pictures cannot be read. Before all are read it tells of those whose first bytes are wrong. */
  skipped: Skipped.optional(),
  /** Whether the pictures are too many for the memory, and are read from the disk in training. */
  streamed: z.literal(true).optional(),
});
export type DataInfo = z.infer<typeof DataInfo>;

/** What a folder may be read as: the data set of the catalogue, the folder itself or the one in it, and in words. */
export const Recognised = z.strictObject({ set: z.string(), folder: z.string(), kind: z.string() });
export type Recognised = z.infer<typeof Recognised>;

/** Pictures with labels, for a person to look at. */
export const Preview = z.strictObject({
  shape: DataShape,
  pictures: z.instanceof(Uint8Array),
  labels: z.array(z.number().int()),
  classNames: z.array(z.string()),
});
export type Preview = z.infer<typeof Preview>;

/** What a loaded data set is like. Pictures are counted from 1. */
export const DataReport = z.strictObject({
  info: DataInfo,
  classes: z.array(z.strictObject({ name: z.string(), train: z.number().int(), test: z.number().int() })),
  /** Of the training pictures, of pixels from 0 to 1: what normalising takes off and divides by. */
  channels: z.array(z.strictObject({ mean: z.number(), deviation: z.number() })),
  /** Pictures that are the same to the bit. */
  duplicates: z.strictObject({
    /** Test pictures that stand among the training pictures too: the test is too easy by them. */
    between: z.number().int(),
    /** Training pictures that repeat an earlier one, and test pictures likewise. */
    train: z.number().int(),
    test: z.number().int(),
    /** Repeated pictures whose label is another one. */
    otherLabel: z.number().int(),
    /** The first of those in both splits. */
    first: z.array(z.strictObject({ train: z.number().int(), test: z.number().int() })),
  }),
});
export type DataReport = z.infer<typeof DataReport>;
