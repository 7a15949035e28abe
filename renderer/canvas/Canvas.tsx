import { ReactFlow, ReactFlowProvider, SelectionMode, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, type ReactNode, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { FindBar } from '../find/FindBar';
import { useHitFlow } from '../find/use-hits';
import { Present } from '../present/Present';
import { ConnectionCard } from './ConnectionCard';
import { ConnectionLine } from './ConnectionLine';
import { ContextMenu } from './ContextMenu';
import { Crumbs } from './Crumbs';
import { canvas, useCanvas } from './canvas-state';
import { FAR, MIDDLE } from './detail';
import { EmptyHint } from './EmptyHint';
import { FarLayer } from './FarLayer';
import { FaultCard } from './FaultCard';
import { FrameLayer } from './FrameLayer';
import { FrameNode } from './FrameNode';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import { GestureLayer } from './GestureLayer';
import { GraphNode } from './GraphNode';
import { Ground } from './Ground';
import { GRID } from './geometry';
import { Notes } from './Notes';
import { Overview } from './Overview';
import { Popups } from './Popups';
import { PreviewHints } from './preview-flow';
import { Totals } from './Totals';
import { useConnect } from './use-connect';
import { useDrop } from './use-drop';
import { useFar } from './use-far';
import { selectAlone, useFlow } from './use-flow';
import { useCanvasGestures } from './use-gestures';
import { useKeys } from './use-keys';
import { useNear } from './use-near';
import { useOpenMotion } from './use-open-motion';
import { useQuickAdd } from './use-quick-add';
import { useSplice } from './use-splice';
import { SMALLEST, useView } from './use-view';
import { useZoom } from './use-zoom';
import { WireEdge } from './WireEdge';
import './canvas.css';
import './nodes.css';
import './wires.css';
import './detail.css';
import './overlays.css';
import './motion.css';

/** The graph, to be drawn and changed. Fills its container. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <PreviewHints />
      <Surface />
    </ReactFlowProvider>
  );
}

function Surface() {
  const box = useRef<HTMLElement>(null);
  const { flow, shown: ahead, ...changes } = useFlow();
  const drop = useDrop();
  const onKeyDown = useKeys();
  const gestures = useCanvasGestures();
  const onDoubleClick = useQuickAdd();
  const focus = useCallback(() => box.current?.focus({ preventScroll: true }), []);
  useView();
  useZoom();
  useOpenMotion(box);
  const { flow: shown, model, onPointerMove } = useFar(useHitFlow(ahead));
  const near = useNear(shown);
  return (
    <section
      ref={box}
      className="canvas"
      data-canvas
      aria-label="Canvas"
      tabIndex={-1}
      {...gestures}
      onKeyDown={onKeyDown}
      onDoubleClick={onDoubleClick}
      onPointerMove={onPointerMove}
      {...drop}
    >
      <GraphView flow={near} {...changes} onPaneClick={focus}>
        <Ground />
        {model && <FarLayer model={model} />}
        <Detail box={box} />
        <FrameLayer flow={flow} settle={changes.onDragStop} />
        {OVER_NODES}
      </GraphView>
      {ABOVE}
      <Overview flow={flow} />
      <FaultCard flow={flow} />
      <Over focus={focus} />
    </section>
  );
}

/** What an edit of the flow does not draw anew. */
const OVER_NODES = (
  <>
    <Notes />
    <GestureLayer />
  </>
);
const ABOVE = (
  <>
    <EmptyHint />
    <Crumbs />
  </>
);
const Over = memo(function Over({ focus }: { focus(): void }) {
  return (
    <>
      <Totals />
      <FindBar focus={focus} />
      <ConnectionCard />
      <Popups focus={focus} />
      <ContextMenu focus={focus} />
      <Arranging />
      <Present focus={focus} />
    </>
  );
});

/** Says that a large net is being laid out in the background. */
function Arranging() {
  const arranging = useCanvas((s) => s.arranging);
  return (
    <output className="arranging-place">{arranging && <span className="arranging">Arranging…</span>}</output>
  );
}

interface GraphViewProps extends Omit<ReturnType<typeof useFlow>, 'flow' | 'shown'> {
  readonly flow: Flow;
  readonly children: ReactNode;
  onPaneClick(): void;
}

/** React Flow with our nodes and wires: left drag pans, Shift and drag selects a box. */
function GraphView({ flow, onDragStart, onDragStop, children, ...handlers }: GraphViewProps) {
  const connecting = useConnect();
  const hover = useHover();
  const splice = useSplice();
  return (
    <ReactFlow<FlowNode, FlowWire>
      {...SETTINGS}
      nodes={flow.nodes as FlowNode[]}
      edges={flow.wires as FlowWire[]}
      onNodeClick={selectAlone}
      onNodeDragStart={(event) => {
        splice.start();
        onDragStart(event);
      }}
      onNodeDrag={splice.drag}
      onSelectionDragStart={onDragStart}
      onNodeDragStop={(_, node) => {
        splice.stop(node);
        onDragStop();
      }}
      onSelectionDragStop={onDragStop}
      {...handlers}
      {...connecting}
      {...hover}
    >
      {children}
    </ReactFlow>
  );
}

/** Constant, so that React Flow compares references only. */
const SETTINGS = {
  nodeTypes: { face: GraphNode, frame: FrameNode },
  edgeTypes: { wire: WireEdge },
  connectionLineComponent: ConnectionLine,
  connectionRadius: 26,
  snapToGrid: true,
  snapGrid: [GRID, GRID] as [number, number],
  minZoom: SMALLEST,
  maxZoom: 2,
  selectionMode: SelectionMode.Partial,
  selectionKeyCode: 'Shift',
  // Space adds a node; the ground is dragged as it is
  panActivationKeyCode: null,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  deleteKeyCode: null,
  zoomOnDoubleClick: false,
  elevateEdgesOnSelect: false,
  onlyRenderVisibleElements: true,
  proOptions: { hideAttribution: true },
};

/** How much nodes show at this zoom; the style sheet does the rest, so that no node is drawn anew. */
function Detail({ box }: { readonly box: { readonly current: HTMLElement | null } }) {
  const level = useStore((s) => (s.transform[2] < FAR ? 'far' : s.transform[2] < MIDDLE ? 'middle' : 'near'));
  useLayoutEffect(() => box.current?.setAttribute('data-detail', level), [box, level]);
  return null;
}

function useHover() {
  return useMemo(
    () => ({
      onNodeMouseEnter: (_: unknown, n: FlowNode) =>
        n.data.problem !== '' && canvas().set({ hover: { node: n.id } }),
      onNodeMouseLeave: () => canvas().hover && canvas().set({ hover: null }),
      onEdgeMouseEnter: (_: unknown, e: FlowWire) =>
        e.data?.tone === 'bad' && canvas().set({ hover: { wire: e.id } }),
      onEdgeMouseLeave: () => canvas().hover && canvas().set({ hover: null }),
    }),
    [],
  );
}
