import { z } from 'zod';

/** Characters of a drawing and bytes of a PNG; a net of thousands of nodes is far below. */
const MOST_TEXT = 64 * 1024 * 1024;
const MOST_BYTES = 256 * 1024 * 1024;

const text = z.string().max(MOST_TEXT);
const bytes = z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.byteLength <= MOST_BYTES);
/** Pixels of CSS. */
const side = z.number().min(1).max(1e6);

/** A picture of a net as the window made it; a PDF is printed from its SVG. */
export const PictureFile = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('svg'), text }),
  z.strictObject({ format: z.literal('tex'), text }),
  z.strictObject({ format: z.literal('png'), bytes }),
  z.strictObject({ format: z.literal('pdf'), text, width: side, height: side }),
]);
export type PictureFile = z.infer<typeof PictureFile>;

/** What the clipboard takes: words or pixels. */
export const ClipPicture = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('text'), text }),
  z.strictObject({ format: z.literal('png'), bytes }),
]);
export type ClipPicture = z.infer<typeof ClipPicture>;

/** @param name of the net */
export const PictureRequest = z.strictObject({ name: z.string().max(200), picture: PictureFile });
