import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseFolder } from '../catalogue';
import { codeOf, folderWith, mutate, plain, png } from '../testing';
import { pictures } from './pictures';
import { parseCsv } from './table';

const red = (n = 8, m = n) => png(n, m, [255, 0, 0]);
const blue = (n = 8, m = n) => png(n, m, [0, 0, 255]);
const many = (folder: string, count: number, bytes: Uint8Array, end = 'png') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.${end}`, bytes]));
async function load(files: Readonly<Record<string, Uint8Array | string>>, rest = {}) {
  const folder = await folderWith(files);
  const choice = { set: 'pictures', folder, ...rest };
  expect((await recogniseFolder(folder)).set).toBe('pictures');
  const data = await pictures.load(choice);
  return { ...data, described: await pictures.describe(choice) };
}

describe('class folders', () => {
  it('in train and test are read as they stand', async () => {
    const { info, train, test, described } = await load({
      ...{ ...many('train/red', 3, red()), ...many('train/blue', 2, blue()) },
      ...{ ...many('test/red', 1, red()), ...many('test/blue', 2, blue()) },
    });
    expect(info).toMatchObject({ shape: [8, 8, 3], train: 5, test: 3, classNames: ['blue', 'red'] });
    expect(described).toEqual(info);
    expect([...train.labels].sort()).toEqual([0, 0, 1, 1, 1]);
    expect([...test.labels].sort()).toEqual([0, 0, 1]);
    for (let i = 0; i < 5; i++) expect(train.pictures[i * 192]).toBe(train.labels[i] === 1 ? 255 : 0);
  });

  it('in train and valid: valid serves as the test', async () => {
    const { info } = await load({
      ...{ ...many('train/a', 3, red()), ...many('train/b', 2, blue()), ...many('valid/a', 1, red()) },
    });
    expect(info).toMatchObject({ train: 5, test: 1 });
    expect(info.source).toContain('validation pictures serve as the test');
  });

  it('in three splits: what is for validation joins the training', async () => {
    const { info } = await load({
      ...{ ...many('Train/a', 3, red()), ...many('Train/b', 2, blue()), ...many('val/a', 1, red()) },
      ...many('test/b', 4, blue()),
    });
    expect(info).toMatchObject({ train: 6, test: 4 });
  });

  it('without splits give a fifth of each class to the test, the same at every reading', async () => {
    const files = { ...many('a', 10, red()), ...many('b', 5, blue()), ...many('c', 2, blue()) };
    const { info, train, test } = await load(files);
    expect(info).toMatchObject({ train: 13, test: 4 });
    expect([...test.labels].sort()).toEqual([0, 0, 1, 2]);
    const again = await load(files);
    expect([again.train, again.test]).toEqual([train, test]);
  });

  it('inside of one more folder are found, as archives have them', async () => {
    const { info } = await load({ ...many('flowers/a', 5, red()), ...many('flowers/b', 5, blue()) });
    expect(info.classNames).toEqual(['a', 'b']);
  });

  it('whose links run in a circle are read once', async () => {
    const folder = await folderWith({ ...many('a', 5, red()), ...many('b', 5, blue()) });
    await symlink(folder, join(folder, 'a', 'again'));
    expect(await codeOf(() => pictures.describe({ set: 'pictures', folder }))).toBe('none');
  });
});

describe('Tiny ImageNet', () => {
  const layout = {
    ...{
      ...many('train/n01443537/images', 4, red(64), 'JPEG'),
      ...many('train/n01629819/images', 4, blue(64), 'JPEG'),
    },
    'val/val_annotations.txt':
      'val_0.JPEG\tn01629819\t0\t32\t44\t62\nval_1.JPEG\tn01443537\t52\t55\t57\t59\n',
    ...{ 'val/images/val_0.JPEG': blue(64), 'val/images/val_1.JPEG': red(64) },
    ...{ ...many('test/images', 3, red(64), 'JPEG'), 'wnids.txt': 'n01443537\nn01629819\n' },
    'words.txt': 'n01443537\tgoldfish, Carassius auratus\nn01629819\tEuropean fire salamander\n',
  };
  it('is read with its annotations and words; its test has no labels and stays out', async () => {
    const { info, test } = await load(layout);
    expect(info).toMatchObject({ train: 8, test: 2, shape: [64, 64, 3] });
    expect(info.classNames).toEqual(['goldfish', 'European fire salamander']);
    for (let i = 0; i < 2; i++) expect(test.pictures[i * 64 * 64 * 3]).toBe(test.labels[i] === 0 ? 255 : 0);
  });
});

describe('a table of labels', () => {
  const flat = { 'x.png': red(), 'y.png': blue(), 'z.png': red(), 'w.png': blue() };
  it('names the class of each picture; what is not there is named', async () => {
    const { info } = await load({
      ...flat,
      'metadata.csv':
        'file_name,label\r\nx.png,"a ""rose"", red"\r\ny.png,iris\r\nz.png,"a ""rose"", red"\r\nw.png,iris\r\nv.png,iris\r\n',
    });
    expect(info).toMatchObject({ classNames: ['a "rose", red', 'iris'], train: 2, test: 2 });
    expect(info.skipped).toEqual({
      count: 1,
      first: [{ name: 'v.png', why: 'stands in metadata.csv, but is not there' }],
    });
  });

  it('may name pictures without their ending, split them, and number the classes', async () => {
    const { info, test } = await load({
      ...{ 'all/x.png': red(), 'all/y.png': blue(), 'all/z.png': red() },
      'labels.csv': 'id;breed;split\nx;10;train\ny;9;train\nz;10;test\n',
    });
    expect(info).toMatchObject({ classNames: ['9', '10'], train: 2, test: 1 });
    expect([...test.labels]).toEqual([1]);
  });

  it('that leads out of the folder finds nothing there', async () => {
    const { info } = await load({
      ...{ ...flat, 'labels.csv': 'file,label\nx.png,a\ny.png,b\nz.png,a\nw.png,b\n../../etc/passwd,b\n' },
    });
    expect(info.skipped?.first[0]?.name).toBe('../../etc/passwd');
  });

  it('of mutated bytes ends in data or a fault', async () => {
    const sound = Buffer.from('file,label,split\n"x.png",a,train\ny.png,b,\nz.png,"a ""b",test\nw.png,b,\n');
    const folder = await folderWith(flat);
    const read = async (bytes: Uint8Array) => {
      await writeFile(join(folder, 'labels.csv'), bytes);
      await pictures.load({ set: 'pictures', folder });
    };
    expect(await mutate(sound, 200, read)).toEqual([]);
  });

  it('is parsed with quotes, empty fields and a missing last line end', () => {
    expect(parseCsv('a,b\n"1\n2",\n"x"y,2\nlast,3')).toEqual([
      ['a', 'b'],
      ['1\n2', ''],
      ['"x"y', '2'],
      ['last', '3'],
    ]);
    expect(parseCsv('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(parseCsv('')).toEqual([]);
  });
});

describe('sizes', () => {
  const two = (a: Uint8Array, b: Uint8Array) => ({ ...many('a', 3, a), ...many('b', 2, b) });
  it('that differ become the square of the median of the shorter sides', async () => {
    expect((await load(two(red(20, 30), blue(16, 16)))).info.shape).toEqual([20, 20, 3]);
    expect((await load(two(red(600, 500), blue(300, 400)))).info.shape).toEqual([224, 224, 3]);
  });
  it('that agree stay, if they are no larger than 256', async () => {
    expect((await load(two(red(20, 30), blue(20, 30)))).info.shape).toEqual([30, 20, 3]);
    expect((await load(two(red(300, 300), blue(300, 300)))).info.shape).toEqual([224, 224, 3]);
  });
  it('and colours may be chosen', async () => {
    const { info } = await load(two(red(20, 30), blue(16, 16)), { size: 12, colour: 'grey' });
    expect(info.shape).toEqual([12, 12, 1]);
    const grey = plain(8, 8, [9, 9, 9]).grayscale().pngSync();
    expect((await load(two(grey, grey))).info.shape).toEqual([8, 8, 1]);
    expect((await load(two(grey, grey), { colour: 'colour' })).info.shape).toEqual([8, 8, 3]);
  });
});

describe('broken pictures', () => {
  it('are left out and named, and the rest is read', async () => {
    const { info, train, described } = await load({
      ...{ ...many('train/a', 3, red()), ...many('train/b', 3, blue()), ...many('test/a', 2, red()) },
      ...{ 'train/a/0.png': red().subarray(0, 40), 'train/b/1.png': '', 'train/a/x.gif': 'GIF89a....' },
      'train/b/note.txt': 'no picture, and no fault',
    });
    expect(info).toMatchObject({ train: 4, test: 2 });
    expect(info.skipped!.count).toBe(3);
    expect(info.skipped!.first.map((f) => f.name)).toEqual([
      'train/a/0.png',
      'train/a/x.gif',
      'train/b/1.png',
    ]);
    expect(info.skipped!.first[1]!.why).toBe('is a GIF; PNG, JPEG, WebP and BMP are read');
    expect(train.pictures.length).toBe(4 * 192);
    for (let i = 0; i < 4; i++) expect(train.pictures[i * 192]).toBe(train.labels[i] === 0 ? 255 : 0);
    // what only decoding can tell is told when it is loaded
    expect(described.skipped!.count).toBe(2);
  });

  it('alone are a fault', async () => {
    const folder = await folderWith({
      ...many('a', 3, new Uint8Array(9)),
      ...many('b', 3, new Uint8Array(9)),
    });
    expect(await codeOf(() => pictures.describe({ set: 'pictures', folder }))).toBe('data/all-broken');
  });
});

describe('a folder that does not serve', () => {
  it.each([
    ['data/no-classes', { 'readme.txt': 'x' }],
    ['data/no-classes', { 'a.png': red(), 'labels.csv': 'when,where,who\n1,2,3\n' }],
    ['data/one-class', many('a', 5, red())],
    ['data/classes', Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}/x.png`, red(1)]))],
    ['data/empty', { 'train/a/x.png': red(), 'train/b/x.png': red() }],
  ])('is refused as %s', async (code, files) => {
    const folder = await folderWith(files);
    expect(await codeOf(() => pictures.load({ set: 'pictures', folder }))).toBe(code);
  });
  it('is refused where it is nowhere, or not named', async () => {
    expect(await codeOf(() => pictures.load({ set: 'pictures', folder: '/nowhere/at/all' }))).toBe(
      'data/missing',
    );
    expect(await codeOf(() => pictures.load({ set: 'pictures' }))).toBe('data/no-folder');
  });
});
