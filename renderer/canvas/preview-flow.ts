import { useMemo } from 'react';
import { hintsOf } from '../../engine/analysis/hints/hints';
import { usePreviewed } from '../app/preview';
import { analysisOf } from '../app/store';
import { buildFlow } from './flow-model';
import type { Flow } from './flow-types';
import { alike } from './reuse';

const NOTHING: ReadonlySet<string> = new Set();

/** `flow`, or while a repair is pointed at what it would make of it: all that is new or looks different is marked. */
export function usePreviewFlow(flow: Flow): Flow {
  const doc = usePreviewed();
  return useMemo(() => {
    if (!doc) return flow;
    const analysis = analysisOf(doc);
    const problems = [...analysis.problems, ...hintsOf(doc, analysis)];
    const next = buildFlow({
      ...{ doc, analysis, problems, held: new Map() },
      ...{ selected: NOTHING, selectedEdges: NOTHING },
    });
    const nodes = new Map(flow.nodes.map((n) => [n.id, n.data]));
    const wires = new Map(flow.wires.map((w) => [w.id, w]));
    const sameEnds = (a: Flow['wires'][number], b = wires.get(a.id)): boolean =>
      b?.source === a.source && b.target === a.target;
    return {
      ...next,
      nodes: next.nodes.map((n) => ({
        ...n,
        draggable: false,
        ...(!alike(n.data, nodes.get(n.id)) && { className: 'ahead' }),
      })),
      wires: next.wires.map((w) => (sameEnds(w) ? w : { ...w, className: 'ahead' })),
    };
  }, [doc, flow]);
}
