import { type Header, isWholeJpeg, PictureFault, readHeader } from './header';
import { type Pixels, resizeToCover } from './resize';

/** [height, width, channels] that every picture is brought to; 1 channel is grey, 3 are colour. */
export type PictureShape = readonly [number, number, number];

/** A picture file as bytes, or pixels of 1 to 4 channels that were never packed. */
export type Encoded = Uint8Array | Pixels;

/** @throws PictureFault */
export function headerOf(picture: Encoded): Header | undefined {
  if (picture instanceof Uint8Array) return readHeader(picture);
  const { width, height, channels } = picture;
  return { format: 'pixels', width, height, grey: channels < 3, deep: false };
}

/**
 * A PNG, JPEG, WebP or BMP as bytes of [height, width, channels]. What can be seen through lies on white; samples of
 * two bytes lose the lower one; a turn that Exif asks for is not made, as in Keras and torchvision.
 *
 * @throws PictureFault
 */
export async function decode(picture: Encoded, shape: PictureShape): Promise<Uint8Array> {
  const [height, width, channels] = shape;
  const { data, ...size } = picture instanceof Uint8Array ? await unpacked(picture) : picture;
  const right = toChannels(data, size.channels, channels);
  return resizeToCover({ width: size.width, height: size.height, channels, data: right }, width, height);
}

async function unpacked(bytes: Uint8Array): Promise<Pixels> {
  const header = readHeader(bytes);
  if (!header) throw new PictureFault('ends in its header');
  if (header.format === 'JPEG' && !isWholeJpeg(bytes)) throw new PictureFault('ends in the middle');
  const raw = await rawPixels(bytes);
  const samples = raw.length / (header.width * header.height) / (header.deep ? 2 : 1);
  if (![1, 2, 3, 4].includes(samples)) throw new PictureFault('is of a kind that is not read');
  const { width, height, deep } = header;
  return { width, height, channels: samples, data: deep ? highBytes(raw) : raw };
}

async function rawPixels(bytes: Uint8Array): Promise<Uint8Array> {
  // loaded where pictures are decoded and not with the program: most sets need no decoder
  const { Transformer } = await import('@napi-rs/image');
  try {
    return await new Transformer(bytes).rawPixels();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const short = reason.replace(/^Decode image failed\s*/i, '').replaceAll(/\s+/g, ' ');
    throw new PictureFault(`cannot be decoded: ${short.slice(0, 120)}`);
  }
}

/** The decoder gives samples in the byte order of the machine. */
function highBytes(raw: Uint8Array): Uint8Array {
  const copy = new Uint8Array(raw);
  return Uint8Array.from(new Uint16Array(copy.buffer, 0, copy.length / 2), (n) => n >> 8);
}

/** Grey, grey with alpha, RGB or RGBA to grey or RGB. */
function toChannels(raw: Uint8Array, samples: number, channels: number): Uint8Array {
  if (samples === channels) return raw;
  const alpha = samples % 2 === 0;
  const colour = samples > 2;
  const count = raw.length / samples;
  const out = new Uint8Array(count * channels);
  for (let i = 0; i < count; i++) {
    const at = i * samples;
    const opaque = alpha ? raw[at + samples - 1]! : 255;
    const onWhite = (c: number) => (raw[at + (colour ? c : 0)]! * opaque + 255 * (255 - opaque)) / 255;
    if (channels === 1) out[i] = Math.round(colour ? luma(onWhite(0), onWhite(1), onWhite(2)) : onWhite(0));
    else for (let c = 0; c < 3; c++) out[3 * i + c] = Math.round(onWhite(c));
  }
  return out;
}

/** Brightness as Pillow's mode L has it. @see ITU-R BT.601, section 2.5.1 */
const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;
