import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { recogniseFolder } from '../catalogue';
import { codeOf, folderWith, mutate, png } from '../testing';
import { parquet } from './parquet';
import { unpackSnappy } from './snappy';

const colour = (label: number) => [label * 50, 0, 255 - label * 50];
/** As the library datasets writes a data set of pictures. */
const schema: SchemaElement[] = [
  { name: 'schema', num_children: 2 },
  { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
];
const info = {
  info: {
    features: { image: { _type: 'Image' }, label: { names: ['cat', 'dog', 'eel'], _type: 'ClassLabel' } },
  },
};
const pictureOf = (label: number): Uint8Array | null => png(6, 5, colour(label));

function table(labels: readonly number[], pictures = labels.map(pictureOf), rowGroupSize = 2): Uint8Array {
  const columnData = [
    { name: 'image', data: pictures.map((bytes) => ({ bytes, path: 'x.png' })) },
    { name: 'label', data: labels.map(BigInt) },
  ];
  const kvMetadata = [{ key: 'huggingface', value: JSON.stringify(info) }];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize, kvMetadata }));
}
async function load(files: Readonly<Record<string, Uint8Array>>) {
  const choice = await recogniseFolder(await folderWith(files));
  expect(choice.set).toBe('parquet');
  const data = await parquet.load(choice);
  return { ...data, described: await parquet.describe(choice) };
}

describe('a data set of Hugging Face', () => {
  it('is read from its data folder, with the names of its classes', async () => {
    const { info, train, test, described } = await load({
      'README.md': Buffer.from('x'),
      'data/train-00000-of-00002.parquet': table([0, 2, 1]),
      'data/train-00001-of-00002.parquet': table([2, 2]),
      'data/test-00000-of-00001.parquet': table([1]),
    });
    expect(info).toMatchObject({ train: 5, test: 1, shape: [5, 6, 3], classNames: ['cat', 'dog', 'eel'] });
    expect(described).toEqual(info);
    expect([...train.labels, ...test.labels]).toEqual([0, 2, 1, 2, 2, 1]);
    for (let i = 0; i < 5; i++) expect(train.pictures[i * 90]).toBe(colour(train.labels[i]!)[0]);
  });

  it('names the rows without a picture or a label, and reads the others', async () => {
    const { info } = await load({
      'train.parquet': table([0, 1, 1], [pictureOf(0), null, pictureOf(1)]),
      'validation.parquet': table(
        [1, -1, 0],
        [pictureOf(1), pictureOf(1), png(6, 5, [1, 2, 3]).subarray(0, 50)],
      ),
    });
    expect(info).toMatchObject({ train: 2, test: 1 });
    expect(info.skipped?.count).toBe(3);
    expect(info.skipped?.first.map((f) => f.name)).toEqual([
      'train.parquet, row 2',
      'validation.parquet, row 2',
      'validation.parquet, row 3',
    ]);
  });

  it('may have its pictures as plain bytes and its classes as words', async () => {
    const data = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'img', data: data.map((l) => pictureOf(l)!), type: 'BYTE_ARRAY' },
        { name: 'fine_label', data: data.map((l) => ['ant', 'bee'][l]!), type: 'STRING' },
        { name: 'coarse_label', data, type: 'INT32' },
      ],
    });
    const { info } = await load({ 'all.parquet': new Uint8Array(bytes) });
    expect(info).toMatchObject({ train: 8, test: 2, classNames: ['ant', 'bee'] });
  });
});

it.each([
  ['GZIP', gzipSync],
  ['BROTLI', brotliCompressSync],
  ['UNCOMPRESSED', (bytes: Uint8Array) => bytes],
] as const)('pages packed with %s are read', async (codec, pack) => {
  const data = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
  const columnData = [
    { name: 'image', data: data.map((l) => pictureOf(l)!), type: 'BYTE_ARRAY' as const },
    { name: 'label', data, type: 'INT32' as const },
  ];
  const bytes = parquetWriteBuffer({
    columnData,
    codec,
    compressors: { [codec]: (b: Uint8Array) => pack(b) },
  });
  expect((await load({ 'a.parquet': new Uint8Array(bytes) })).info.train).toBe(8);
});

describe('Snappy', () => {
  // a literal of 2 bytes (tag 1 << 2), then a copy of 10 bytes from 2 back (tag 9 << 2 | 2)
  const block = Uint8Array.of(12, 4, 97, 98, 38, 2, 0);
  it('unpacks literals, and copies that overlap themselves', () => {
    expect(Buffer.from(unpackSnappy(block, 12)).toString()).toBe('abababababab');
  });
  it('refuses a copy from before the start, and another length', () => {
    expect(() => unpackSnappy(Uint8Array.of(12, 4, 97, 98, 38, 3, 0), 12)).toThrow(/leads outside/);
    expect(() => unpackSnappy(block, 13)).toThrow(/too short/);
    // a literal whose length has the highest bit set
    expect(() => unpackSnappy(Uint8Array.of(12, 252, 255, 255, 255, 255, 97), 12)).toThrow(/too long/);
  });
});

describe('a file that does not serve', () => {
  it.each([
    ['data/parquet', Buffer.from('PAR1 and nothing else PAR1')],
    ['data/parquet', new Uint8Array(0)],
    [
      'data/columns',
      new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2], type: 'INT32' }] })),
    ],
  ])('is refused as %s', async (code, bytes) => {
    const folder = await folderWith({ 'a.parquet': bytes });
    expect(await codeOf(() => parquet.load({ set: 'parquet', folder }))).toBe(code);
  });

  it('as a folder without any is data/missing', async () => {
    expect(await codeOf(() => parquet.load({ set: 'parquet', folder: '/nowhere/at/all' }))).toBe(
      'data/missing',
    );
  });

  it('cut or mutated ends in data or a fault', async () => {
    const folder = await folderWith({});
    const read = async (bytes: Uint8Array) => {
      await writeFile(join(folder, 'a.parquet'), bytes);
      await parquet.load({ set: 'parquet', folder });
    };
    expect(await mutate(table([0, 1, 2, 0, 1, 2]), 400, read)).toEqual([]);
  });
});
