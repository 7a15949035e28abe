import type { GraphDocument } from '../../engine/graph/document';
import { documentOf, type Spec } from '../../engine/graph/testing';

/** For tests: a document whose nodes stand in one column, 80 pixels apart. */
export function columnOf(spec: Spec): GraphDocument {
  const doc = documentOf(spec);
  const nodes = Object.entries(doc.nodes).map(([id, n], i) => [id, { ...n, position: { x: 0, y: i * 80 } }]);
  return { ...doc, nodes: Object.fromEntries(nodes) };
}
