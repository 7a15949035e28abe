import { useDeferredValue, useMemo } from 'react';
import { checkFit } from '../../engine/analysis/fit';
import { hintsOf } from '../../engine/analysis/hints/hints';
import type { GraphDocument } from '../../engine/graph/document';
import { alike } from '../app/alike';
import { usePreviewed } from '../app/preview';
import { analysisOf, useEditor } from '../app/store';
import { buildFlow } from './flow-model';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import { reuse } from './reuse';

/** Works out the hints of what is pointed at in a piece of their own, after which React may take a key before the canvas. */
export function PreviewHints(): null {
  const doc = useDeferredValue(usePreviewed());
  if (doc) hintsOf(doc, analysisOf(doc));
  return null;
}

/** `flow`, or while an edit is pointed at or typed what it would make of it: all that is new or looks different is marked. */
export function usePreviewFlow(flow: Flow): Flow {
  // typing never waits for it
  const doc = useDeferredValue(usePreviewed());
  const selection = useEditor((s) => s.selection);
  const data = useEditor((s) => s.data);
  return useMemo(() => {
    if (!doc) return flow;
    const analysis = analysisOf(doc);
    const fit = data ? checkFit(analysis.elaboration, data) : [];
    const problems = [...analysis.problems, ...fit, ...hintsOf(doc, analysis)];
    const next = buildFlow({
      ...{ doc, analysis, problems, held: new Map() },
      ...{ selected: new Set(selection.nodes), selectedEdges: new Set(selection.edges) },
    });
    const before = new Map(flow.nodes.map((n) => [n.id, n]));
    const wires = new Map(flow.wires.map((w) => [w.id, w]));
    const looksNew = (n: FlowNode): boolean => !alike(n.data, before.get(n.id)?.data) || changes(doc, n.id);
    const sameEnds = (a: FlowWire, b = wires.get(a.id)): boolean =>
      b?.source === a.source && b.target === a.target;
    return {
      ...next,
      nodes: reuse(
        flow.nodes,
        next.nodes.map((n) => (looksNew(n) ? { ...n, draggable: false, className: 'ahead' } : n)),
      ),
      wires: reuse(
        flow.wires,
        next.wires.map((w) => (sameEnds(w) ? w : { ...w, className: 'ahead' })),
      ),
    };
  }, [doc, flow, selection, data]);
}

/** Whether the node has other parameters, though its face may look the same. */
function changes(doc: GraphDocument, id: string): boolean {
  const { present } = useEditor.getState().history;
  return doc.nodes[id]?.params !== present.nodes[id]?.params;
}
