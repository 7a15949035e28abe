import type { Command } from '../history';
import type { Position } from './nodes';
import { freeId } from './records';

/**
 * Puts a node that has no wires on a wire: the wire's source feeds it, and it feeds the wire's target.
 *
 * @param position where it was let go
 */
export const spliceNode: Command<{ id: string; edge: string; port: string; position?: Position }> = {
  id: 'edge.splice',
  label: 'put on wire',
  run(doc, { id, edge, port, position }) {
    const wire = doc.edges[edge];
    const busy = Object.values(doc.edges).some((e) => e.from.node === id || e.to.node === id);
    const node = doc.nodes[id];
    if (!wire || !node || busy) return doc;
    return {
      ...doc,
      nodes: position ? { ...doc.nodes, [id]: { ...node, position } } : doc.nodes,
      edges: {
        ...doc.edges,
        [edge]: { from: wire.from, to: { node: id, port } },
        [freeId('e', doc.edges)]: { from: { node: id, port: 'out' }, to: wire.to },
      },
    };
  },
};
