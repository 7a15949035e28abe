import { type Analysis, analysing } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import { atOnce, type Pieces } from '../../engine/pieces';

const known = new WeakMap<GraphDocument, Analysis>();

/** One analysis a document, however many components ask. */
export const analysisOf = (doc: GraphDocument): Analysis => known.get(doc) ?? atOnce(analysisInPieces(doc));

/** The same in pieces, for what can wait. */
export function* analysisInPieces(doc: GraphDocument): Pieces<Analysis> {
  const before = known.get(doc);
  if (before) return before;
  const fresh = yield* analysing(doc);
  // it may have been asked for in between
  const analysis = known.get(doc) ?? fresh;
  known.set(doc, analysis);
  return analysis;
}
