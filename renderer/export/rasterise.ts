import { UserError } from '../../engine/errors';

/** Chromium gives no canvas with a longer side or of a larger area. */
const LONGEST = 16_384;
const LARGEST = 200_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether a PNG of this scale can be made. */
export const fitsCanvas = ({ width, height }: Size, scale: number): boolean =>
  Math.max(width, height) * scale <= LONGEST && width * height * scale * scale <= LARGEST;

/** An SVG as PNG of `scale` pixels for each of its own. @throws UserError `picture/too-large`, `picture/unreadable` */
export async function rasterise(svg: string, size: Size, scale: number): Promise<Uint8Array> {
  if (!fitsCanvas(size, scale)) throw tooLarge(size, scale);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw tooLarge(size, scale);
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

const tooLarge = ({ width, height }: Size, scale: number): UserError =>
  new UserError(
    'picture/too-large',
    'The picture is too large for a PNG.',
    `It would have ${Math.round(width * scale)}×${Math.round(height * scale)} pixels; a side has ${LONGEST} at most.`,
    'Choose a smaller scale, export the selection only, or take SVG or PDF, which have no such limit.',
  );
