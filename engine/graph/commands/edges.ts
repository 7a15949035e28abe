import type { EdgeRecord } from '../document';
import type { Command } from '../history';
import { freeId, without } from './records';

/** A wire; one that led to the same port gives way. */
export const addEdge: Command<EdgeRecord> = {
  id: 'edge.add',
  label: 'connect',
  run(doc, { from, to }) {
    const same = (e: EdgeRecord) => e.to.node === to.node && e.to.port === to.port;
    const old = Object.values(doc.edges).find(same);
    if (old && old.from.node === from.node && old.from.port === from.port) return doc;
    const rest = without(doc.edges, same);
    return { ...doc, edges: { ...rest, [freeId('e', doc.edges)]: { from, to } } };
  },
};

export const deleteEdges: Command<{ ids: readonly string[] }> = {
  id: 'edge.delete',
  label: 'disconnect',
  run(doc, { ids }) {
    const gone = new Set(ids.filter((id) => doc.edges[id]));
    return gone.size === 0 ? doc : { ...doc, edges: without(doc.edges, (_, id) => gone.has(id)) };
  },
};

/** Both at once, so that Delete on a mixed selection is one step. */
export const deleteSelection: Command<{ nodes: readonly string[]; edges: readonly string[] }> = {
  id: 'selection.delete',
  label: 'delete',
  run(doc, { nodes, edges }) {
    const gone = new Set(nodes);
    const cut = new Set(edges);
    const left = without(doc.nodes, (_, id) => gone.has(id));
    const wires = without(doc.edges, (e, id) => cut.has(id) || gone.has(e.from.node) || gone.has(e.to.node));
    const same =
      Object.keys(left).length === Object.keys(doc.nodes).length &&
      Object.keys(wires).length === Object.keys(doc.edges).length;
    return same ? doc : { ...doc, nodes: left, edges: wires };
  },
};
