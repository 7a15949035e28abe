import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recogniseFolder } from '../catalogue';
import { codeOf, folderWith, mutate } from '../testing';
import { svhn } from './svhn';

function element(type: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
}
const ints = (values: readonly number[]) => Buffer.from(Int32Array.from(values).buffer);

/** An array of bytes (kind 9) as MATLAB writes it; its name in a small element of eight bytes. */
function matrix(name: string, shape: readonly number[], data: Uint8Array, packed: boolean): Buffer {
  const label = Buffer.alloc(8);
  label.writeUInt32LE(1 | (name.length << 16), 0);
  label.write(name, 4, 'latin1');
  const parts = [element(6, ints([9, 0])), element(5, ints(shape)), label, element(2, data)];
  const whole = element(14, Buffer.concat(parts));
  if (!packed) return whole;
  const small = deflateSync(whole);
  return element(15, small).subarray(0, 8 + small.length);
}
function mat(labels: readonly number[], packed = true, side = 2): Buffer {
  const header = Buffer.alloc(128, ' ');
  header.write('MATLAB 5.0 MAT-file', 0, 'latin1');
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126, 'latin1');
  const count = labels.length;
  // the first axis runs fastest: picture n holds 16 n + row + 2 column + 4 channel
  const x = Uint8Array.from(
    { length: side * side * 3 * count },
    (_, i) => (i % 12) + 16 * Math.floor(i / 12),
  );
  return Buffer.concat([
    header,
    matrix('X', [side, side, 3, count], x, packed),
    matrix('y', [count, 1], Uint8Array.from(labels), packed),
  ]);
}

describe('SVHN', () => {
  it.each([[true], [false]])(
    'is read from the authors’ files (packed: %s), 10 as the digit 0',
    async (packed) => {
      const folder = await folderWith({
        'train_32x32.mat': mat([1, 10, 3, 10], packed),
        'test_32x32.mat': mat([3, 1], packed),
        'extra_32x32.mat': mat([9, 9], packed),
      });
      const choice = await recogniseFolder(folder);
      expect(choice.set).toBe('svhn');
      const { info, train, test } = await svhn.load(choice);
      expect(await svhn.describe(choice)).toEqual(info);
      expect(info).toMatchObject({ shape: [2, 2, 3], train: 4, test: 2, classNames: ['0', '1', '3'] });
      expect([...train.labels, ...test.labels]).toEqual([1, 0, 2, 0, 2, 1]);
      // rows, columns, channels of picture 1
      expect([...train.pictures.subarray(12, 24)]).toEqual([16, 20, 24, 18, 22, 26, 17, 21, 25, 19, 23, 27]);
    },
  );

  it.each([
    ['data/not-mat', Buffer.from('x'.repeat(200))],
    ['data/not-mat', Buffer.from('MATLAB 7.3 MAT-file'.padEnd(600))],
    ['data/damaged', mat([1, 2]).subarray(0, 150)],
    [
      'data/not-svhn',
      Buffer.concat([mat([1, 2]).subarray(0, 128), matrix('z', [2, 1], Uint8Array.of(1, 2), true)]),
    ],
  ])('is refused as %s', async (code, bytes) => {
    const folder = await folderWith({ 'train_32x32.mat': bytes });
    expect(await codeOf(() => svhn.load({ set: 'svhn', folder }))).toBe(code);
  });

  it.each([[true], [false]])(
    'of cut or mutated bytes ends in data or a fault (packed: %s)',
    async (packed) => {
      const folder = await folderWith({});
      const read = async (bytes: Uint8Array) => {
        await writeFile(join(folder, 'train_32x32.mat'), bytes);
        await svhn.load({ set: 'svhn', folder });
      };
      expect(await mutate(mat([1, 10, 3, 3, 1, 10, 3, 1], packed), 400, read)).toEqual([]);
    },
  );
});
