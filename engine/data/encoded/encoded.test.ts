import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../checksum';
import { dice, plain } from '../testing';
import { decode } from './decode';
import { PictureFault, readHeader } from './header';
import { resizeToCover } from './resize';

const files = () => {
  const picture = plain(6, 4, [250, 100, 0]);
  return {
    png: picture.pngSync(),
    jpeg: picture.jpegSync(100),
    webp: picture.webpLosslessSync(),
    'webp with loss': picture.webpSync(100),
    bmp: picture.bmpSync(),
  };
};
const why = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (e) => (e instanceof PictureFault ? e.message : e),
  );

describe('a picture', () => {
  it.each(Object.entries(files()))('as %s has its size and colour', async (_, bytes) => {
    expect(readHeader(bytes)).toMatchObject({ width: 6, height: 4 });
    const pixels = await decode(bytes, [4, 6, 3]);
    expect(pixels.length).toBe(72);
    for (const [c, value] of [250, 100, 0].entries()) expect(Math.abs(pixels[c]! - value)).toBeLessThan(4);
  });

  it('becomes grey by the weights of BT.601, and colour by repeating grey', async () => {
    const [grey] = await decode(files().png, [4, 6, 1]);
    expect(grey).toBe(Math.round(0.299 * 250 + 0.587 * 100));
    const bytes = plain(6, 4, [80, 80, 80]).grayscale().pngSync();
    expect(readHeader(bytes)?.grey).toBe(true);
    expect([...(await decode(bytes, [4, 6, 3])).subarray(0, 3)]).toEqual([80, 80, 80]);
  });

  it('of two bytes a sample loses the lower ones', async () => {
    const chunk = (kind: string, data: Uint8Array) => {
      const body = Buffer.concat([Buffer.from(kind), data]);
      const [head, end] = [Buffer.alloc(4), Buffer.alloc(4)];
      head.writeUInt32BE(data.length);
      end.writeUInt32BE(crc32(body));
      return Buffer.concat([head, body, end]);
    };
    // 2 by 1, 16 bits, grey; each row starts with its filter
    const parts = [
      chunk('IHDR', Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 1, 16, 0, 0, 0, 0)),
      chunk('IDAT', deflateSync(Uint8Array.of(0, 0x12, 0x34, 0xfe, 0xdc))),
      chunk('IEND', new Uint8Array(0)),
    ];
    const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
    expect([...(await decode(bytes, [1, 2, 1]))]).toEqual([0x12, 0xfe]);
  });

  it('that can be seen through lies on white', async () => {
    const bytes = plain(2, 2, [0, 0, 0], 51).pngSync();
    expect([...(await decode(bytes, [2, 2, 3])).subarray(0, 3)]).toEqual([204, 204, 204]);
  });

  it('is told by its contents where its end is missing', async () => {
    for (const [name, bytes] of Object.entries(files())) {
      const reason = await why(decode(bytes.subarray(0, bytes.length - 12), [4, 6, 3]));
      expect(reason, name).toMatch(/^ends in|^cannot be decoded/);
    }
  });

  it.each([
    ['is empty', new Uint8Array(0)],
    ['is no PNG, JPEG, WebP or BMP', Buffer.from('hello, this is text')],
    ['is a GIF; PNG, JPEG, WebP and BMP are read', Buffer.from('GIF89a........')],
    ['is a TIFF; PNG, JPEG, WebP and BMP are read', Buffer.from('II*\0........')],
    ['ends in its header', files().png.subarray(0, 20)],
  ])('%s', async (reason, bytes) => {
    expect(await why(decode(bytes, [4, 6, 3]))).toBe(reason);
  });

  it('of 50,000 by 50,000 is refused before it is decoded', async () => {
    const bytes = Uint8Array.from(files().png);
    new DataView(bytes.buffer).setUint32(16, 50_000);
    new DataView(bytes.buffer).setUint32(20, 50_000);
    expect(await why(decode(bytes, [4, 6, 3]))).toBe('is too large with 50000×50000 pixels');
  });

  it('of mutated bytes ends in pixels or in a reason', async () => {
    const next = dice();
    for (const sound of Object.values(files())) {
      for (let i = 0; i < 150; i++) {
        const bytes = Uint8Array.from(sound);
        for (let k = 0; k < 3; k++) bytes[next(bytes.length)] = next(256);
        const reason = await why(decode(bytes, [4, 6, 3]));
        expect(typeof reason, String(reason)).toBe('string');
      }
    }
  }, 60_000);
});

describe('another size', () => {
  const ramp = {
    width: 8,
    height: 2,
    channels: 1,
    data: Uint8Array.from([...Array(16).keys()].map((i) => (i % 8) * 10)),
  };

  it('of half the side averages what it joins', () => {
    // triangle of width 4 round the middle of two pixels: weights 1, 3, 3, 1 of 8
    const half = resizeToCover(
      { ...ramp, height: 4, data: Uint8Array.from([...ramp.data, ...ramp.data]) },
      4,
      2,
    );
    expect([...half.subarray(1, 3)]).toEqual([25, 45]);
  });

  it('of other proportions keeps the middle', () => {
    expect([...resizeToCover(ramp, 2, 2)]).toEqual([30, 40, 30, 40]);
  });

  it('keeps a plain picture plain, larger or smaller', () => {
    const flat = { width: 7, height: 5, channels: 3, data: new Uint8Array(105).fill(93) };
    for (const [w, h] of [
      [3, 3],
      [20, 9],
      [1, 1],
      [7, 2],
    ] as const) {
      const out = resizeToCover(flat, w, h);
      expect(out.length).toBe(w * h * 3);
      expect(new Set(out)).toEqual(new Set([93]));
    }
  });
});
