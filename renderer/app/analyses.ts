import { type Analysis, analyse } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';

const known = new WeakMap<GraphDocument, Analysis>();

/** One analysis a document, however many components ask. */
export function analysisOf(doc: GraphDocument): Analysis {
  const before = known.get(doc);
  if (before) return before;
  const fresh = analyse(doc);
  known.set(doc, fresh);
  return fresh;
}
