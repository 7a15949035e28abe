import type { DataChoice } from '../source';
import { type Encoded, headerOf, type PictureShape } from './decode';
import { type Header, PictureFault } from './header';

/** One picture file, or what stands for one inside of a larger file. */
export interface Item {
  /** Path inside the data set, or file and row. */
  readonly name: string;
  readonly label: number;
  /** The first bytes, enough for most headers. */
  head(): Promise<Encoded>;
  read(): Promise<Encoded>;
  /** There where it is a clip: its frames in their order, the first of which stands for it above. */
  readonly frames?: readonly Item[];
}

/** Pictures whose header is looked at, spread over all: 110,000 of them would take ten seconds. */
const SAMPLE = 2000;
/** The side of pictures of several sizes at most, as ImageNet's nets take them. */
const LARGEST = 224;
/** Pictures that are all alike stay as they are to this side. */
const ALIKE = 256;
const TOGETHER = 8;

export interface Survey {
  readonly shape: PictureShape;
  /** Why an item cannot be read, by its name. */
  readonly broken: ReadonlyMap<string, string>;
}

/**
 * The shape that all pictures are brought to: the size that all have, else a square whose side is the median of
 * the shorter sides, at most 224; grey where all are. `choice` goes first.
 */
export async function survey(items: readonly Item[], choice: DataChoice): Promise<Survey> {
  const step = Math.max(1, items.length / SAMPLE);
  const sample = Array.from(
    { length: Math.min(items.length, SAMPLE) },
    (_, i) => items[Math.floor(i * step)]!,
  );
  const headers: Header[] = [];
  const broken = new Map<string, string>();
  await eachOf(sample, async (item) => {
    try {
      const header = headerOf(await item.head()) ?? headerOf(await item.read());
      if (!header) throw new PictureFault('ends in its header');
      headers.push(header);
    } catch (error) {
      broken.set(item.name, reasonOf(error));
    }
  });
  return { shape: shapeOf(headers, choice), broken };
}

function shapeOf(headers: readonly Header[], { size, colour }: DataChoice): PictureShape {
  const grey = colour === undefined ? headers.length > 0 && headers.every((h) => h.grey) : colour === 'grey';
  const [height, width] = size === undefined ? sizeOf(headers) : [size, size];
  return [height, width, grey ? 1 : 3];
}

function sizeOf(headers: readonly Header[]): readonly [number, number] {
  const [first] = headers;
  if (!first) return [1, 1];
  const { width, height } = first;
  const alike = headers.every((h) => h.width === width && h.height === height);
  if (alike && Math.max(width, height) <= ALIKE) return [height, width];
  const sides = headers.map((h) => Math.min(h.width, h.height)).sort((a, b) => a - b);
  const side = Math.min(LARGEST, sides[Math.floor(sides.length / 2)]!);
  return [side, side];
}

/** Eight at a time: the files' bytes are not all held at once. */
export async function eachOf<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
}

/** Of a picture, or of the system that does not give its file out. */
export function reasonOf(error: unknown): string {
  if (error instanceof PictureFault) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return `cannot be read (${code})`;
  throw error;
}
