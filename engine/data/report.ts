import { createHash } from 'node:crypto';
import type { DataReport, DataSet, Split } from './describe';
import { picturesOf } from './stream/pictures-of';

const NAMED = 20;
/** Pictures between two breaths, in which a run may go on beside. */
const BREATH = 2000;

/** Reads every pixel: some seconds for a large set. */
export async function reportOf(data: DataSet): Promise<DataReport> {
  const { info, train, test } = data;
  const counts = [train, test].map((s) => countsOf(s, info.classNames.length));
  const classes = info.classNames.map((name, c) => ({ name, train: counts[0]![c]!, test: counts[1]![c]! }));
  return {
    info,
    classes,
    channels: await channelsOf(train, info.shape.at(-1)!),
    duplicates: await duplicatesOf(data),
  };
}

function countsOf({ labels }: Split, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label]! += 1;
  return counts;
}

/** By how often each of the 256 values comes, so that nothing is rounded on the way. */
async function channelsOf(split: Split, channels: number) {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  for await (const pictures of picturesOf(split)) {
    for (let i = 0; i < pictures.length; i += channels) {
      for (let c = 0; c < channels; c++) counts[c]![pictures[i + c]!]! += 1;
    }
  }
  const n = counts[0]?.reduce((sum, k) => sum + k, 0) ?? 0;
  return counts.map((count) => {
    const mean = count.reduce((sum, k, value) => sum + k * value, 0) / n;
    const square = count.reduce((sum, k, value) => sum + k * (value - mean) ** 2, 0) / n;
    return { mean: mean / 255, deviation: Math.sqrt(square) / 255 };
  });
}

type Seen = { readonly at: number; readonly label: number };

async function duplicatesOf({ train, test, info }: DataSet): Promise<DataReport['duplicates']> {
  const first: { train: number; test: number }[] = [];
  let [between, otherLabel] = [0, 0];
  const known = new Map<string, Seen>();
  const size = info.shape.reduce((n, d) => n * d, 1);
  const inTrain = await repeats(train, size, known, () => {});
  const inTest = await repeats(test, size, new Map(), (key, at, label) => {
    const seen = known.get(key);
    if (!seen) return;
    between += 1;
    if (seen.label !== label) otherLabel += 1;
    if (first.length < NAMED) first.push({ train: seen.at + 1, test: at + 1 });
  });
  otherLabel += inTrain.otherLabel + inTest.otherLabel;
  return { between, train: inTrain.count, test: inTest.count, otherLabel, first };
}

async function* onesOf(split: Split, size: number): AsyncGenerator<Uint8Array> {
  for await (const some of picturesOf(split)) {
    for (let at = 0; at < some.length; at += size) yield some.subarray(at, at + size);
  }
}

async function repeats(
  split: Split,
  size: number,
  known: Map<string, Seen>,
  each: (key: string, at: number, label: number) => void,
) {
  let [count, otherLabel, at] = [0, 0, -1];
  for await (const picture of onesOf(split, size)) {
    at += 1;
    if (at % BREATH === BREATH - 1) await new Promise((done) => setImmediate(done));
    const key = createHash('sha1').update(picture).digest('base64');
    const label = split.labels[at]!;
    each(key, at, label);
    const seen = known.get(key);
    if (!seen) known.set(key, { at, label });
    else {
      count += 1;
      if (seen.label !== label) otherLabel += 1;
    }
  }
  return { count, otherLabel };
}
