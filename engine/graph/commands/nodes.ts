import type { EdgeRecord, GraphDocument, NodeRecord } from '../document';
import type { Command } from '../history';
import { freeId, without } from './records';

export type Position = { readonly x: number; readonly y: number };

export const addNode: Command<{
  id?: string;
  type: string;
  v: number;
  params: NodeRecord['params'];
  position: Position;
}> = {
  id: 'node.add',
  label: 'add node',
  run: (doc, { id, ...node }) => ({
    ...doc,
    nodes: { ...doc.nodes, [id ?? freeId(node.type, doc.nodes)]: node },
  }),
};

export const moveNodes: Command<{ moves: readonly { id: string; position: Position }[] }> = {
  id: 'node.move',
  label: 'move',
  run(doc, { moves }) {
    const real = moves.filter(({ id, position: p }) => {
      const old = doc.nodes[id]?.position;
      return doc.nodes[id] !== undefined && (old?.x !== p.x || old.y !== p.y);
    });
    if (real.length === 0) return doc;
    const moved = real.map(({ id, position }) => [id, { ...doc.nodes[id]!, position }] as const);
    return { ...doc, nodes: { ...doc.nodes, ...Object.fromEntries(moved) } };
  },
};

export const deleteNodes: Command<{ ids: readonly string[] }> = {
  id: 'node.delete',
  label: 'delete nodes',
  run(doc, { ids }) {
    const gone = new Set(ids.filter((id) => doc.nodes[id]));
    if (gone.size === 0) return doc;
    return {
      ...doc,
      nodes: without(doc.nodes, (_, id) => gone.has(id)),
      edges: without(doc.edges, (e) => gone.has(e.from.node) || gone.has(e.to.node)),
    };
  },
};

/** Sets one parameter; without a value the parameter is taken out, which gives it the kind's default. */
export const setParam: Command<{ id: string; param: string; value?: unknown }> = {
  id: 'node.param',
  label: 'change parameter',
  run(doc, { id, param, value }) {
    const node = doc.nodes[id];
    if (!node || JSON.stringify(node.params[param]) === JSON.stringify(value)) return doc;
    const { [param]: _, ...rest } = node.params;
    const params = value === undefined ? rest : { ...node.params, [param]: value };
    return { ...doc, nodes: { ...doc.nodes, [id]: { ...node, params } } };
  },
};

/** An empty label gives the node its kind's name back. */
export const renameNode: Command<{ id: string; label: string }> = {
  id: 'node.rename',
  label: 'rename node',
  run(doc, { id, label }) {
    const node = doc.nodes[id];
    if (!node || (node.label ?? '') === label) return doc;
    const { label: _, ...rest } = node;
    return { ...doc, nodes: { ...doc.nodes, [id]: label === '' ? rest : { ...rest, label } } };
  },
};

/**
 * Nodes and the wires among them under new ids, moved by `offset`; for paste and duplicate.
 *
 * @param outer wires between these nodes and others, which the copies get too; none that leads to a taken port
 */
export const pasteNodes: Command<{
  nodes: Readonly<Record<string, NodeRecord>>;
  edges: readonly EdgeRecord[];
  offset: Position;
  outer?: readonly EdgeRecord[];
}> = {
  id: 'graph.paste',
  label: 'paste',
  run(doc, { nodes, edges, offset, outer = [] }) {
    if (Object.keys(nodes).length === 0) return doc;
    const next: GraphDocument = { ...doc, nodes: { ...doc.nodes }, edges: { ...doc.edges } };
    const renamed = new Map<string, string>();
    for (const [id, node] of Object.entries(nodes)) {
      const fresh = freeId(node.type, next.nodes);
      renamed.set(id, fresh);
      const { x, y } = node.position ?? { x: 0, y: 0 };
      next.nodes[fresh] = { ...node, position: { x: x + offset.x, y: y + offset.y } };
    }
    for (const { from, to } of edges) {
      const [a, b] = [renamed.get(from.node), renamed.get(to.node)];
      if (a && b)
        next.edges[freeId('e', next.edges)] = { from: { ...from, node: a }, to: { ...to, node: b } };
    }
    addOuter(next, outer, renamed);
    return next;
  },
};

function addOuter(
  { nodes, edges }: GraphDocument,
  outer: readonly EdgeRecord[],
  renamed: ReadonlyMap<string, string>,
): void {
  const taken = new Set(Object.values(edges).map((e) => `${e.to.node} ${e.to.port}`));
  for (const { from, to } of outer) {
    const wire = {
      from: { ...from, node: renamed.get(from.node) ?? from.node },
      to: { ...to, node: renamed.get(to.node) ?? to.node },
    };
    const key = `${wire.to.node} ${wire.to.port}`;
    const there = Object.hasOwn(nodes, wire.from.node) && Object.hasOwn(nodes, wire.to.node);
    if (!there || taken.has(key)) continue;
    taken.add(key);
    edges[freeId('e', edges)] = wire;
  }
}

/** Makes another kind of a node, which keeps its place, its wires and its name. */
export const replaceNode: Command<{ id: string; type: string; v?: number; params?: NodeRecord['params'] }> = {
  id: 'node.replace',
  label: 'replace node',
  run(doc, { id, type, v = 1, params = {} }) {
    const node = doc.nodes[id];
    return node ? { ...doc, nodes: { ...doc.nodes, [id]: { ...node, type, v, params } } } : doc;
  },
};

/** Sets a parameter of several nodes in one step. */
export const setParams: Command<{
  changes: readonly { readonly id: string; readonly param: string; readonly value: unknown }[];
}> = {
  id: 'node.params',
  label: 'change parameters',
  run: (doc, { changes }) => changes.reduce((d, change) => setParam.run(d, change), doc),
};
