import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useState } from 'react';
import { diff, type GraphDiff } from '../../engine/analysis/diff';
import { analysisOf, useDocument } from '../app/store';
import { Ground } from '../canvas/Ground';
import { ZoomBar } from '../canvas/Overview';
import { SMALLEST } from '../canvas/use-view';
import { ChangeList } from './ChangeList';
import { CompareBar, CompareTotals } from './CompareBar';
import { useCompare } from './compare-store';
import { UnionNodeFace } from './UnionNodeFace';
import { UnionWireLine } from './UnionWireLine';
import { type UnionFlow, type UnionNode, type UnionWire, unionFlow } from './union-flow';
import { useCompareView } from './use-compare-view';
import '../canvas/canvas.css';
import '../canvas/nodes.css';
import '../canvas/overlays.css';
import './compare.css';

/** Two nets as one graph, to be looked at, with a list of what they differ by. */
export function Compare() {
  const comparison = useCompare((s) => s.comparison);
  const leave = useCompare((s) => s.leave);
  const doc = useDocument();
  const stale = comparison !== null && comparison.open !== doc;
  useEffect(() => {
    if (stale) leave();
  }, [stale, leave]);
  useEscape(leave);
  const result = useMemo(() => {
    if (!comparison) return null;
    const { before, after, flat } = comparison;
    return diff(before.doc, after.doc, { flat, analysisOf });
  }, [comparison]);
  if (!result) return null;
  return (
    <ReactFlowProvider>
      <Surface result={result} />
    </ReactFlowProvider>
  );
}

function Surface({ result }: { readonly result: GraphDiff }) {
  const flow = useMemo(() => unionFlow(result), [result]);
  const [selected, setSelected] = useState<string | null>(null);
  const go = useCompareView(flow.nodes);
  const select = (key: string) => {
    setSelected(key);
    go(key);
  };
  return (
    <div className="cmp" data-testid="compare">
      <CompareBar result={result} />
      <div className="cmp-below">
        <main className="app-canvas" aria-label="Both nets">
          <section className="canvas" data-canvas aria-label="Canvas">
            <Union flow={flow} selected={selected} onSelect={setSelected} />
            <div className="overview">
              <ZoomBar />
            </div>
            <CompareTotals result={result} />
          </section>
        </main>
        <aside className="app-right" aria-label="Changes">
          <ChangeList result={result} selected={selected} onSelect={select} />
        </aside>
      </div>
    </div>
  );
}

interface UnionProps {
  readonly flow: UnionFlow;
  readonly selected: string | null;
  onSelect(key: string | null): void;
}

function Union({ flow, selected, onSelect }: UnionProps) {
  const nodes = useMemo(
    () => flow.nodes.map((n) => (n.id === selected ? { ...n, selected: true } : n)),
    [flow.nodes, selected],
  );
  return (
    <ReactFlow<UnionNode, UnionWire>
      {...SETTINGS}
      nodes={nodes}
      edges={flow.wires as UnionWire[]}
      onNodeClick={(_, n) => onSelect(n.id)}
      onPaneClick={() => onSelect(null)}
    >
      <Ground />
    </ReactFlow>
  );
}

/** Constant, so that React Flow compares references only. */
const SETTINGS = {
  nodeTypes: { union: UnionNodeFace },
  edgeTypes: { union: UnionWireLine },
  minZoom: SMALLEST,
  maxZoom: 2,
  nodesDraggable: false,
  nodesConnectable: false,
  deleteKeyCode: null,
  zoomOnDoubleClick: false,
  onlyRenderVisibleElements: true,
  proOptions: { hideAttribution: true },
};

/** Escape leaves, unless something that lies above takes it first. */
function useEscape(leave: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[data-modal], [role="alertdialog"]')) return;
      leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [leave]);
}
