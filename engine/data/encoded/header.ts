/** What a picture file says of itself before it is decoded. */
export interface Header {
  readonly format: 'PNG' | 'JPEG' | 'WebP' | 'BMP' | 'pixels';
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  /** Samples of two bytes, as PNG may have. */
  readonly deep: boolean;
}

/** Why a picture cannot be read; a reason that stands behind its name. */
export class PictureFault extends Error {
  override readonly name = 'PictureFault';
}

/** Pixels of one picture: 8192 by 8192. What promises more would fill the memory by itself. */
export const MAX_PIXELS = 2 ** 26;

/**
 * Reads size and kind from the first bytes. The name of the file plays no part.
 *
 * @returns undefined where more bytes are needed, as behind a long preview in a JPEG
 * @throws PictureFault
 * @see PNG, third edition, section 11.2; ITU-T T.81, annex B; RFC 9649; Microsoft, BITMAPINFOHEADER
 */
export function readHeader(bytes: Uint8Array): Header | undefined {
  const header = readers.find(([is]) => is(bytes))?.[1](bytes);
  if (!header) return refuse(bytes);
  if (header === 'more') return undefined;
  const { width, height } = header;
  if (width < 1 || height < 1) throw new PictureFault(`has a size of ${width}×${height} pixels`);
  if (width * height > MAX_PIXELS) throw new PictureFault(`is too large with ${width}×${height} pixels`);
  return header;
}

const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
type Found = Header | 'more';

const readers: readonly (readonly [(b: Uint8Array) => boolean, (b: Uint8Array) => Found])[] = [
  [(b) => text(b, 0, 8) === '\x89PNG\r\n\x1a\n', png],
  [(b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff, jpeg],
  [(b) => text(b, 0, 4) === 'RIFF' && text(b, 8, 4) === 'WEBP', webp],
  [(b) => text(b, 0, 2) === 'BM', bmp],
];

function refuse(bytes: Uint8Array): never {
  if (bytes.length === 0) throw new PictureFault('is empty');
  const start = text(bytes, 0, 4);
  const other = start === 'GIF8' ? 'GIF' : /^(II\*|MM\0)/.test(start) ? 'TIFF' : undefined;
  throw new PictureFault(
    other ? `is a ${other}; PNG, JPEG, WebP and BMP are read` : 'is no PNG, JPEG, WebP or BMP',
  );
}

function png(bytes: Uint8Array): Found {
  if (bytes.length < 26) throw new PictureFault('ends in its header');
  const view = viewOf(bytes);
  const [depth, colour] = [view.getUint8(24), view.getUint8(25)];
  return {
    ...{ format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) },
    ...{ grey: colour === 0 || colour === 4, deep: depth === 16 },
  };
}

/** Frame headers; the other codes from C0 to CF are tables. */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);

function jpeg(bytes: Uint8Array): Found {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) throw new PictureFault('has a broken header');
    const code = bytes[at + 1]!;
    if (code === 0xff) {
      at += 1; // padding
      continue;
    }
    if (code === 0xda || code === 0xd9) throw new PictureFault('has no size');
    if (isFrame(code)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { format: 'JPEG', width, height, grey: bytes[at + 9] === 1, deep: false };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return 'more';
}

function webp(bytes: Uint8Array): Found {
  if (bytes.length < 30) throw new PictureFault('ends in its header');
  const view = viewOf(bytes);
  const rest = { format: 'WebP', grey: false, deep: false } as const;
  const kind = text(bytes, 12, 4);
  if (kind === 'VP8 ') {
    return { ...rest, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { ...rest, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const long = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1;
  if (kind === 'VP8X') return { ...rest, width: long(24), height: long(27) };
  throw new PictureFault('is a WebP of an unknown kind');
}

function bmp(bytes: Uint8Array): Found {
  if (bytes.length < 26) throw new PictureFault('ends in its header');
  const view = viewOf(bytes);
  const rest = { format: 'BMP', grey: false, deep: false } as const;
  // the header of OS/2 has sizes of two bytes; a height below zero stands for rows from the top
  if (view.getUint32(14, true) === 12) {
    return { ...rest, width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  return { ...rest, width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/**
 * Whether the end of a JPEG is there: decoders fill what is missing with grey and say nothing. A preview inside
 * of the header has an end of its own, so that it is looked for behind the start of the scan.
 */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    at += bytes[at + 1] === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  for (let i = bytes.length - 2; i > at; i--) if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  return false;
}
