import type { Analysis } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { canvasPicture } from './canvas-picture';
import type { Colours } from './scene';
import { toSvg } from './svg';

export interface KindPictureOptions {
  readonly light: Colours;
  /** Where the reader's own theme is dark; left out, the picture is light everywhere. */
  readonly dark?: Colours;
}

/** The example of a kind's page: small, without fonts of its own, in the reader's theme. */
export const kindPicture = (
  doc: GraphDocument,
  analysis: Analysis,
  { light, dark }: KindPictureOptions,
): string => toSvg(canvasPicture(doc, analysis), { colours: light, ...(dark && { dark }), ground: 12 });
