import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseFolder } from '../catalogue';
import { crc32c } from '../checksum';
import { codeOf, folderWith, mutate, png } from '../testing';
import { readExample } from './example';
import { tfrecord } from './tfrecord';

const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]);
const field = (number: number, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from([number * 8 + 2, ...varint(bytes.length)]), bytes]);
type Value = Uint8Array | string | number;

/** A tf.Example as TensorFlow writes it. */
function example(features: Readonly<Record<string, Value>>): Buffer {
  const entries = Object.entries(features).map(([name, value]) => {
    const feature =
      typeof value === 'number'
        ? field(3, field(1, Buffer.from(varint(value))))
        : field(1, field(1, typeof value === 'string' ? Buffer.from(value) : value));
    return field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, feature)]));
  });
  return field(1, Buffer.concat(entries));
}
function masked(bytes: Uint8Array): Buffer {
  const crc = crc32c(bytes);
  const out = Buffer.alloc(4);
  out.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return out;
}
function records(...examples: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    examples.flatMap((data) => {
      const length = Buffer.alloc(8);
      length.writeUInt32LE(data.length);
      return [length, masked(length), data, masked(data)];
    }),
  );
}
const picture = (label: number) => png(5, 4, [label * 40, 7, 9]);
const tfds = (...labels: readonly number[]) =>
  records(...labels.map((l) => example({ image: picture(l), label: l })));

async function load(files: Readonly<Record<string, Uint8Array | string>>) {
  const choice = await recogniseFolder(await folderWith(files));
  expect(choice.set).toBe('tfrecord');
  const data = await tfrecord.load(choice);
  return { ...data, described: await tfrecord.describe(choice) };
}

describe('TFRecord files', () => {
  it('of tensorflow_datasets are read, with the names of their classes', async () => {
    const { info, train, test, described } = await load({
      'm-train.tfrecord-00000-of-00002': tfds(0, 2, 1),
      'm-train.tfrecord-00001-of-00002': tfds(2),
      'm-test.tfrecord-00000-of-00001': tfds(1, 0),
      'label.labels.txt': 'ant\nbee\ncat\n',
    });
    expect(info).toMatchObject({ shape: [4, 5, 3], train: 4, test: 2, classNames: ['ant', 'bee', 'cat'] });
    expect(described).toEqual(info);
    expect([...train.labels, ...test.labels]).toEqual([0, 2, 1, 2, 1, 0]);
    for (let i = 0; i < 4; i++) expect(train.pictures[i * 60]).toBe(train.labels[i]! * 40);
  });

  it('with the names of ImageNet’s scripts are read', async () => {
    const one = (label: number) =>
      example({ 'image/encoded': picture(label), 'image/class/label': label, 'image/height': 4 });
    const { info } = await load({
      'train-00000-of-00001': records(one(1), one(300)),
      'validation-00000-of-00001': records(one(300)),
    });
    expect(info).toMatchObject({ train: 2, test: 1, classNames: ['1', '300'] });
  });

  it('of pixels that were never packed are read', async () => {
    const raw = (label: number) =>
      example({ height: 2, width: 2, depth: 1, label, image_raw: Uint8Array.of(label, 1, 2, 3) });
    const { info, train } = await load({
      'train.tfrecords': records(raw(5), raw(6)),
      'test.tfrecords': records(raw(6)),
    });
    expect(info.shape).toEqual([2, 2, 1]);
    expect([...train.pictures]).toEqual([5, 1, 2, 3, 6, 1, 2, 3]);
  });

  it('name the records that are broken, and read the others', async () => {
    const bytes = tfds(0, 1, 1, 0);
    bytes[30] = bytes[30]! ^ 1; // in the data of the first
    const { info } = await load({
      'train.tfrecord': Buffer.concat([bytes, records(example({ label: 1 }), Buffer.from('no example'))]),
      'test.tfrecord': tfds(1),
    });
    expect(info).toMatchObject({ train: 3, test: 1 });
    expect(info.skipped?.first.map((f) => f.why)).toEqual([
      'does not agree with its checksum',
      'has no picture among label',
      expect.stringMatching(/^is no tf.Example: /),
    ]);
  });
});

describe('a file that does not serve', () => {
  it.each([
    ['data/not-tfrecord', Buffer.from('this is no record of TensorFlow')],
    ['data/truncated', tfds(0, 1).subarray(0, -3)],
    ['data/truncated', tfds(0).subarray(0, 5)],
    ['data/damaged', Buffer.concat([tfds(0), Buffer.alloc(40, 1)])],
  ])('is refused as %s', async (code, bytes) => {
    const folder = await folderWith({ 'train.tfrecord': bytes });
    expect(await codeOf(() => tfrecord.load({ set: 'tfrecord', folder }))).toBe(code);
  });

  it('cut or mutated ends in data or a fault', async () => {
    const folder = await folderWith({});
    const read = async (bytes: Uint8Array) => {
      await writeFile(join(folder, 'a.tfrecord'), bytes);
      await tfrecord.load({ set: 'tfrecord', folder });
    };
    expect(await mutate(tfds(0, 1, 0, 1, 2, 2), 400, read)).toEqual([]);
  });

  it('as an example of mutated bytes ends in features or an error', async () => {
    const sound = example({ image: picture(1), label: 70_000, 'image/class/text': 'cat' });
    const read = (bytes: Uint8Array) => {
      try {
        readExample(bytes);
      } catch (error) {
        expect((error as Error).message).toMatch(/leads outside|has no end/);
      }
    };
    expect(await mutate(sound, 500, read)).toEqual([]);
  });

  it('has the checksum that the standard gives for 32 zeros', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });
});
