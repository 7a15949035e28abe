import { Transformer } from '@napi-rs/image';
import type { Preview } from '../engine/data/describe';

/** Pixels between two pictures, around all, and between the first column and the others. */
const GAP = 4;
const MARGIN = 12;
/** Pictures are brought to about this side, each pixel as a square of pixels. */
const SIDE = 84;

/** Pixels of a sheet: RGBA on white. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * A row a picture: first as it is, then as it is at every draw. Of a clip the first frame stands for it; more channels than
 * three are shown by the first three.
 *
 * @param drawn draw after draw of the pictures of `plain`
 */
export function contactSheet(plain: Preview, drawn: Preview): Sheet {
  const rows = plain.labels.length;
  const columns = 1 + drawn.labels.length / rows;
  const [height, width] = plain.shape.slice(-3) as [number, number, number];
  const scale = Math.max(1, Math.round(SIDE / Math.max(height, width)));
  const left = (column: number) => MARGIN + column * (width * scale + GAP) + (column > 0 ? MARGIN - GAP : 0);
  const sheet = {
    width: left(columns - 1) + width * scale + MARGIN,
    height: 2 * MARGIN + rows * (height * scale + GAP) - GAP,
  };
  const rgba = new Uint8Array(sheet.width * sheet.height * 4).fill(255);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [from, index] = column === 0 ? [plain, row] : [drawn, (column - 1) * rows + row];
      const at = { x: left(column), y: MARGIN + row * (height * scale + GAP), scale };
      paint(rgba, sheet.width, from, index, at);
    }
  return { ...sheet, rgba };
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}
function paint(rgba: Uint8Array, stride: number, from: Preview, index: number, { x, y, scale }: Spot): void {
  const { shape, pictures } = from;
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  const frames = shape.length === 4 ? shape[0]! : 1;
  const start = index * frames * height * width * channels;
  for (let v = 0; v < height * scale; v++)
    for (let u = 0; u < width * scale; u++) {
      const pixel = start + (Math.floor(v / scale) * width + Math.floor(u / scale)) * channels;
      const to = ((y + v) * stride + x + u) * 4;
      for (let c = 0; c < 3; c++) rgba[to + c] = pictures[pixel + (channels >= 3 ? c : 0)]!;
    }
}

export const pngOf = ({ rgba, width, height }: Sheet): Promise<Uint8Array> =>
  Transformer.fromRgbaPixels(rgba, width, height).png();
