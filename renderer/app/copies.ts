import { portIndex } from '../../engine/analysis/wiring';
import { type Position, pasteNodes } from '../../engine/graph/commands/nodes';
import type { EdgeRecord, GraphDocument } from '../../engine/graph/document';
import { selectedNodes } from './clipboard';
import { analysisOf, useEditor } from './store';

export const canDuplicate = (): boolean => selectedNodes().length > 0;

/** Copies of nodes with the wires between them and those from outside, moved by `offset`; the copies are selected. */
export function duplicateWithWires(ids: readonly string[], offset: Position): void {
  const { history, run, select } = useEditor.getState();
  const doc = history.present;
  const chosen = new Set(ids.filter((id) => doc.nodes[id]));
  const edges = Object.values(doc.edges);
  run(pasteNodes, {
    nodes: Object.fromEntries([...chosen].map((id) => [id, doc.nodes[id]!])),
    edges: edges.filter((e) => chosen.has(e.from.node) && chosen.has(e.to.node)),
    offset,
    outer: outerWires(doc, chosen),
  });
  const { nodes } = useEditor.getState().history.present;
  select({ nodes: Object.keys(nodes).filter((id) => !Object.hasOwn(doc.nodes, id)) });
}

/**
 * Wires that copies of `chosen` get besides those among them: what comes in, and what goes out to a node that takes any
 * number, at its next free port. Another port has its one wire already.
 */
export function outerWires(doc: GraphDocument, chosen: ReadonlySet<string>): readonly EdgeRecord[] {
  const next = new Map<string, number>();
  return Object.values(doc.edges).flatMap((e): readonly EdgeRecord[] => {
    const [from, to] = [chosen.has(e.from.node), chosen.has(e.to.node)];
    if (from === to) return [];
    if (to) return [e];
    const inputs = analysisOf(doc).nodes.get(e.to.node)?.instance.def?.inputs;
    if (!inputs || !('atLeast' in inputs)) return [];
    const free = next.get(e.to.node) ?? firstFree(doc, e.to.node);
    next.set(e.to.node, free + 1);
    return [{ from: e.from, to: { node: e.to.node, port: `x${free + 1}` } }];
  });
}

/** The place after the last wired port of a node that joins any number. */
function firstFree(doc: GraphDocument, node: string): number {
  const used = Object.values(doc.edges).filter((e) => e.to.node === node);
  return 1 + Math.max(-1, ...used.map((e) => portIndex({ atLeast: 1 }, e.to.port) ?? -1));
}
