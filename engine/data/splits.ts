export type SplitName = 'train' | 'validation' | 'test';

const SPLITS: Readonly<Record<string, SplitName>> = {
  ...{ train: 'train', training: 'train' },
  ...{ val: 'validation', valid: 'validation', validation: 'validation', dev: 'validation' },
  ...{ test: 'test', testing: 'test', t10k: 'test' },
};

/** What a folder or a word is called. */
export const splitNamed = (name: string): SplitName | undefined => SPLITS[name.toLowerCase()];

/** The split that one of the words of a name says: `train-00000-of-00001.parquet`, `x_test`. */
export const splitIn = (name: string): SplitName | undefined =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map(splitNamed)
    .find((s) => s !== undefined);
