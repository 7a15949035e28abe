import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveDocument } from '../../engine/graph/file';
import { stripes, tinyNet } from '../../engine/train/testing';
import { convloom, fileWith, tempFolder } from '../testing';

/** An uncompressed BMP of 8×8 pixels, from the bottom row up. @see Microsoft, BITMAPINFOHEADER */
function bmp(bright: (x: number, y: number) => boolean): Uint8Array {
  const bytes = Buffer.alloc(54 + 8 * 24);
  bytes.write('BM');
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, 8],
    [22, 8],
  ] as const)
    bytes.writeUInt32LE(value, at);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++)
      bytes.fill(bright(x, 7 - y) ? 190 : 64, 54 + y * 24 + x * 3, 54 + y * 24 + x * 3 + 3);
  return bytes;
}

it('a trained net says what is on pictures, and which files are none', { timeout: 90_000 }, async () => {
  const runs = await tempFolder();
  const doc = tinyNet(await stripes({ train: 480 }), { epochs: 12, augment: {} });
  const trained = await convloom('train', await fileWith(saveDocument(doc)), '--runs', runs);
  const run = /^run +(.+)$/m.exec(trained.out)![1]!;
  const folder = await tempFolder();
  const kinds = [bmp((_, y) => y % 2 === 0), bmp((x) => x % 2 === 0), bmp((x, y) => (x + y) % 2 === 0)];
  const files = kinds.map((_, i) => join(folder, `${i}.bmp`));
  await Promise.all(kinds.map((bytes, i) => writeFile(files[i]!, bytes)));
  const none = join(folder, 'none.png');
  await writeFile(none, 'no picture');

  const { exit, out } = await convloom('classify', run, ...files, none, '--top', '1', '--json');
  expect(exit).toBe(1);
  const found = JSON.parse(out);
  expect(found.slice(0, 3).map((f: any) => f.classes[0].name)).toEqual(['0', '1', '2']);
  expect(found[3]).toEqual({ file: none, fault: expect.any(String) });

  const plain = await convloom('classify', run, files[1]!);
  expect(plain.exit).toBe(0);
  expect(plain.out).toMatch(/1\.bmp\n +[\d.]+ % {2}1\n/);
});

it('says what it needs', async () => {
  const { exit, err } = await convloom('classify', 'no-such-run', 'a.png');
  expect([exit, err]).toEqual([1, expect.stringContaining("There is no run 'no-such-run'")]);
});
