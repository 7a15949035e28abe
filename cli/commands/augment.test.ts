import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { describe, expect, it } from 'vitest';
import { folderWith, png } from '../../engine/data/testing';
import { contactSheet } from '../sheet';
import { convloom, netFile, small, tempFolder } from '../testing';

/** Red on the left, blue on the right: a flip is seen. */
const half = () =>
  Transformer.fromRgbaPixels(
    Uint8Array.from({ length: 8 * 8 * 4 }, (_, i) => {
      const [x, c] = [Math.floor(i / 4) % 8, i % 4];
      return c === 3 || c === (x < 4 ? 0 : 2) ? 255 : 0;
    }),
    8,
    8,
  ).pngSync();
const folder = () =>
  folderWith({
    ...{ 'train/a/1.png': half(), 'train/a/2.png': half(), 'train/b/3.png': png(8, 8, [0, 255, 0]) },
    ...{ 'test/a/1.png': half(), 'test/b/2.png': png(8, 8, [0, 255, 0]) },
  });

describe('convloom augment', () => {
  it('writes the pictures as they are and as they are drawn', async () => {
    const [data, file] = [await folder(), join(await tempFolder(), 'seen.png')];
    const net = await netFile(small([8, 8, 3], 2));
    const flip = ['--set', 'augment.flip=true', '--rows', '2', '--draws', '12', '--json'];
    const { out, exit } = await convloom('augment', net, '--data', data, '--out', file, ...flip);
    expect(exit).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ file, rows: 2, draws: 12, augment: { flip: true } });
    const read = new Transformer(await readFile(file));
    const { width, height } = await read.metadata();
    expect([width, height]).toEqual([told.width, told.height]);
    const pixels = await read.rawPixels();
    const channels = pixels.length / (width * height);
    // the left edge of the first row: 11 = 84 / 8 pixels a pixel, 12 around, 4 between, 8 more behind the first
    const isRed = (x: number) => pixels[(12 * width + x) * channels] === 255;
    const label = told.labels[0];
    const seen = new Set(Array.from({ length: 12 }, (_, d) => isRed(12 + 8 + (d + 1) * (88 + 4))));
    expect(label === 'a' ? seen : new Set([true, false])).toEqual(new Set([true, false]));
    expect(label === 'a' ? isRed(12) : true).toBe(true);
  });

  it('says what it needs', async () => {
    const net = await netFile(small([8, 8, 3], 2));
    expect((await convloom('augment', net)).err).toContain('--out must name a file');
    expect((await convloom('augment', net, '--out', 'x.png', '--rows', '0')).err).toContain('whole number');
  });
});

it('a sheet has a row a picture, the plain one first', () => {
  const preview = (bytes: number[], labels: number[]) => ({
    ...{ shape: [1, 1, 1] as [number, number, number], classNames: ['a'] },
    ...{ pictures: Uint8Array.from(bytes), labels },
  });
  const { width, height, rgba } = contactSheet(
    preview([10, 20], [0, 0]),
    preview([30, 40, 50, 60], [0, 0, 0, 0]),
  );
  expect([width, height]).toEqual([12 + 84 + 12 + 84 + 4 + 84 + 12, 12 + 84 + 4 + 84 + 12]);
  const at = (x: number, y: number) => rgba[(y * width + x) * 4];
  const rows = [12, 100].map((y) => [12, 108, 196].map((x) => at(x, y)));
  expect(rows).toEqual([
    [10, 30, 50],
    [20, 40, 60],
  ]);
  expect(at(100, 50)).toBe(255);
});
