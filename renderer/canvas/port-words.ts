import type { GraphDocument } from '../../engine/graph/document';
import { analysisOf, prepare } from '../app/store';
import { OUT, portKey } from './connection';

const known = new WeakMap<GraphDocument, ReadonlyMap<string, string>>();

/** What is said of a port after its name: where its wires come from or go to. Worked out once a document. */
export function portWords(doc: GraphDocument, node: string, port: string): string {
  const words = known.get(doc) ?? remember(doc);
  return words.get(portKey({ node, port })) ?? (node.includes('/') ? '' : ', no wire');
}

function remember(doc: GraphDocument): ReadonlyMap<string, string> {
  const { nodes } = analysisOf(doc);
  const title = (id: string) => nodes.get(id)?.instance.title ?? id;
  const words = new Map<string, string>();
  for (const { from, to } of Object.values(doc.edges)) {
    words.set(portKey(to), `, from ${title(from.node)}`);
    const out = portKey({ node: from.node, port: OUT });
    const before = words.get(out);
    words.set(out, before === undefined ? `, to ${title(to.node)}` : `${before}, ${title(to.node)}`);
  }
  known.set(doc, words);
  return words;
}

prepare(function* (doc) {
  yield;
  remember(doc);
});
