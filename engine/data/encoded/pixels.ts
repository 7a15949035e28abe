import type { DataInfo } from '../describe';
import { decode, type PictureShape } from './decode';
import { PictureFault } from './header';
import { type Item, reasonOf } from './survey';

/** What every picture, or every frame of a clip, is brought to; and the frames of a clip. */
export interface Wanted {
  readonly shape: PictureShape;
  readonly frames: number | undefined;
}

/** With the frames of clips. */
export const wholeShape = ([h, w, c]: PictureShape, frames: number | undefined): DataInfo['shape'] =>
  frames === undefined ? [h, w, c] : [frames, h, w, c];

/** Bytes of a picture [h, w, c] or of a clip [frames, h, w, c]. @throws PictureFault, which names the frame */
export async function pixelsOf(item: Item, { shape, frames }: Wanted): Promise<Uint8Array> {
  if (frames === undefined || !item.frames) return decode(await item.read(), shape);
  const size = shape[0] * shape[1] * shape[2];
  const out = new Uint8Array(frames * size);
  const decoded = new Map<Item, Uint8Array>();
  for (const [i, frame] of sampledEvenly(item.frames, frames).entries()) {
    const bytes = decoded.get(frame) ?? (await frameOf(frame, shape));
    decoded.set(frame, bytes);
    out.set(bytes, i * size);
  }
  return out;
}

async function frameOf(frame: Item, shape: PictureShape): Promise<Uint8Array> {
  try {
    return await decode(await frame.read(), shape);
  } catch (error) {
    throw new PictureFault(
      `has a frame ${frame.name.slice(frame.name.lastIndexOf('/') + 1)} that ${reasonOf(error)}`,
    );
  }
}

/** `count` of them from the middles of as many equal parts; repeated where there are fewer. */
export const sampledEvenly = <T>(all: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)]!);
