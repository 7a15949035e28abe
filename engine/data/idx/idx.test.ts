import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toFault, UserError } from '../../errors';
import { readIdx, readIdxDims } from './idx';
import { idxBytes, sequence, tempFolder } from './testing';

async function fileWith(bytes: Uint8Array, name = 'x-images-idx3-ubyte'): Promise<string> {
  const file = join(await tempFolder(), name);
  await writeFile(file, bytes);
  return file;
}
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => toFault(error, 'reading'),
  );
const good = idxBytes([2, 3, 4], sequence(24));

describe('readIdx', () => {
  it('reads the dimensions and every byte of a plain file', async () => {
    expect(await readIdx(await fileWith(good))).toEqual({ dims: [2, 3, 4], data: sequence(24) });
  });

  it('reads a gzipped file the same, whatever it is called', async () => {
    const { dims, data } = await readIdx(await fileWith(gzipSync(good)));
    expect([dims, data]).toEqual([[2, 3, 4], sequence(24)]);
    expect(data.byteOffset).toBe(0);
  });

  it('reads files with spaces, unicode and 255 bytes in their names', async () => {
    for (const name of ['a b%#.idx', 'Ziffern–ÄÖ.idx', 'n'.repeat(255)]) {
      expect(await readIdxDims(await fileWith(good, name))).toEqual([2, 3, 4]);
    }
  });

  it('takes a file of no entries for what it is', async () => {
    expect(await readIdx(await fileWith(idxBytes([0], sequence(0))))).toEqual({
      dims: [0],
      data: sequence(0),
    });
  });
});

const cut = (bytes: Uint8Array, n: number) => bytes.slice(0, n);
/** 16 bytes that promise 60,000 pictures of 50,000×50,000. */
const bomb = idxBytes([60_000, 50_000, 50_000], sequence(0));
const zip = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes));
const flipped = (bytes: Uint8Array, at: number) => bytes.map((b, i) => (i === at ? b ^ 0xff : b));
const corrupt: readonly [why: string, bytes: Uint8Array, code: string, says: RegExp][] = [
  ['of no bytes', sequence(0), 'data/truncated', /is empty/],
  ['cut in the magic number', cut(good, 3), 'data/truncated', /ends after 3 bytes/],
  ['cut in the dimensions', cut(good, 11), 'data/truncated', /ends after 11 bytes/],
  ['cut right behind the header', cut(good, 16), 'data/truncated', /promises 40 bytes, and it holds 16/],
  ['cut by one byte', cut(good, 39), 'data/truncated', /promises 40 bytes, and it holds 39/],
  ['with a byte too many', Buffer.concat([good, sequence(1)]), 'data/trailing', /more than the 40 bytes/],
  ['that is a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'data/not-idx', /89 50 4e 47/],
  ['with a wrong first byte', idxBytes([1], sequence(1), [1, 0, 8, 1]), 'data/not-idx', /01 00 08 01/],
  ['of an unknown type', idxBytes([1], sequence(1), [0, 0, 10, 1]), 'data/not-idx', /00 00 0a 01/],
  ['of no dimensions', Uint8Array.of(0, 0, 8, 0, 1), 'data/not-idx', /00 00 08 00/],
  ['of five dimensions', idxBytes([1, 1, 1, 1, 1], sequence(1)), 'data/not-idx', /00 00 08 05/],
  ['of 32-bit floats', idxBytes([1], sequence(4), [0, 0, 13, 1]), 'data/idx-type', /32-bit floats/],
  ['of signed bytes', idxBytes([1], sequence(1), [0, 0, 9, 1]), 'data/idx-type', /signed bytes/],
  [
    'written with the least byte first',
    idxBytes([0x1000000], sequence(1)),
    'data/truncated',
    /promises 16,777,224/,
  ],
  ['that promises 150 TB', bomb, 'data/truncated', /promises 150,000,000,000,016 bytes, and it holds 16/],
  ['that promises 150 TB, gzipped', zip(bomb), 'data/truncated', /at the very most/],
  [
    'whose dimensions overflow',
    idxBytes([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], sequence(4)),
    'data/truncated',
    /promises/,
  ],
  [
    'gzipped, cut in its contents',
    zip(cut(good, 30)),
    'data/truncated',
    /promises 40 bytes, and it holds 30/,
  ],
  [
    'gzipped, with a byte too many',
    zip(Buffer.concat([good, sequence(1)])),
    'data/trailing',
    /more than the 40/,
  ],
  ['gzipped, its stream cut', cut(zip(good), zip(good).length - 9), 'data/damaged', /ends in the middle/],
  [
    'gzipped, its checksum wrong',
    flipped(zip(good), zip(good).length - 6),
    'data/damaged',
    /cannot be unpacked/,
  ],
  ['with the head of gzip alone', Uint8Array.of(0x1f, 0x8b, 8, 0), 'data/truncated', /is empty/],
  ['with the magic of gzip and rubbish', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9), 'data/damaged', /unpacked/],
  [
    'that unpacks to a gigabyte behind a small header',
    zip(Buffer.concat([good, new Uint8Array(1e7)])),
    'data/trailing',
    /40/,
  ],
];

describe('a damaged file is refused, with its name and the reason:', () => {
  it.each(corrupt)('one %s', async (_, bytes, code, says) => {
    const file = await fileWith(bytes);
    const fault = (await faultOf(readIdx(file)))!;
    expect(fault.code).toBe(code);
    expect(fault.what).toMatch(says);
    expect(fault.what).toContain('x-images-idx3-ubyte');
    expect(fault.place.file).toBe(file);
    expect(fault.remedy).not.toBe('');
  });

  it('one that is not there', async () => {
    expect((await faultOf(readIdx('/nowhere/train-images')))!.code).toBe('data/missing');
  });

  it('a folder, a link to itself, and a device', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'dir'));
    await symlink('loop', join(folder, 'loop'));
    for (const file of [join(folder, 'dir'), join(folder, 'loop'), '/dev/zero']) {
      expect((await faultOf(readIdx(file)))!.code).toBe('data/unreadable');
    }
  });
});

it('1,000 mutated files are read or refused, and nothing else happens', async () => {
  const folder = await tempFolder();
  let seed = 1;
  const random = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  for (let i = 0; i < 1000; i++) {
    const bytes = Uint8Array.from(i % 2 ? good : zip(good));
    for (let k = 0; k <= random(4); k++) bytes[random(bytes.length)] = random(256);
    const file = join(folder, 'mutated');
    await writeFile(file, cut(bytes, random(8) ? bytes.length : random(bytes.length)));
    const result = await readIdx(file).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(UserError);
    else expect((result as { data: Uint8Array }).data.length).toBeLessThan(1000);
  }
  expect((await readFile(join(folder, 'mutated'))).length).toBeLessThan(100);
});
