import { type InternalNode, useConnection, useStore } from '@xyflow/react';
import type { Fault } from '../../engine/errors';
import { useAnalysis, useDocument } from '../app/store';
import { useCanvas } from './canvas-state';
import { bestPort, explainConnection, OUT, portKey } from './connection';
import { contains, type Point } from './geometry';

/** What would be wrong if the wire in the hand were let go here; null where it would work, or where nothing is. */
export function useFaultAhead(): Fault | null {
  const doc = useDocument();
  const analysis = useAnalysis();
  const drawing = useCanvas((s) => s.drawing);
  const node = useConnection((c) => (c.inProgress ? (c.toHandle?.nodeId ?? null) : null));
  const port = useConnection((c) => (c.inProgress ? (c.toHandle?.id ?? OUT) : OUT));
  const to = useConnection((c) => (c.inProgress ? c.to : null));
  const under = useStore((s) => (to ? nodeAt(s.nodeLookup.values(), to) : undefined));
  if (!drawing) return null;
  const { from, verdicts } = drawing;
  if (node !== null && verdicts.has(portKey({ node, port })))
    return verdicts.get(portKey({ node, port })) ?? null;
  if (under !== undefined && under !== from.node) {
    const best = bestPort(doc, verdicts, under);
    return best ? (verdicts.get(portKey(best)) ?? null) : null;
  }
  return node === null || node === from.node ? null : explainConnection(doc, analysis, from, { node, port });
}

/** The folded node at a point of the canvas. */
function nodeAt(nodes: Iterable<InternalNode>, at: Point): string | undefined {
  for (const n of nodes) {
    const rect = { ...n.internals.positionAbsolute, width: n.width ?? 0, height: n.height ?? 0 };
    if (n.type === 'face' && contains(rect, at)) return n.id;
  }
  return undefined;
}
