import type { EdgeChange, NodeChange } from '@xyflow/react';
import { type MouseEvent, useCallback, useMemo, useState } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import { atOnce, type Pieces } from '../../engine/pieces';
import {
  analysisOf,
  findingsOf,
  prepare,
  type Selection,
  useDocument,
  useEditor,
  useHints,
  useProblems,
} from '../app/store';
import { flowInPieces } from './flow-model';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point } from './geometry';
import { heldFlow } from './held';
import { usePreviewFlow } from './preview-flow';
import { reuse } from './reuse';
import { commit, nudge, useDrag } from './use-drag';

const NONE: ReadonlyMap<string, Point> = new Map();

/** What a flow is made of, besides what is held. */
interface Sources {
  readonly doc: GraphDocument;
  readonly problems: readonly Problem[];
  readonly hints: readonly Problem[];
  readonly selection: Selection;
}
let last: { readonly of: Sources; readonly flow: Flow } | undefined;

/** The flow while nothing is dragged, in pieces; the last one stands while nothing changed. */
function* restingFlow(of: Sources): Pieces<Flow> {
  if (last && ofTheSame(last.of, of)) return last.flow;
  const { doc, problems, hints, selection } = of;
  const fresh = yield* flowInPieces({
    doc,
    analysis: analysisOf(doc),
    problems: [...problems, ...hints],
    held: NONE,
    selected: new Set(selection.nodes),
    selectedEdges: new Set(selection.edges),
  });
  yield;
  const flow = {
    nodes: reuse(last?.flow.nodes ?? [], fresh.nodes),
    wires: reuse(last?.flow.wires ?? [], fresh.wires),
    marks: fresh.marks,
  };
  last = { of, flow };
  return flow;
}

/** All wires of the graph in front, and of the blocks that stand open. */
export const allWires = (): readonly FlowWire[] => last?.flow.wires ?? [];

const ofTheSame = (a: Sources, b: Sources): boolean =>
  a.doc === b.doc && a.problems === b.problems && a.hints === b.hints && a.selection === b.selection;

prepare(function* (doc) {
  const { selection } = useEditor.getState();
  yield* restingFlow({ doc, ...findingsOf(doc), selection });
});

/** The document as React Flow draws it, `shown` with what is pointed at or typed, and what React Flow reports back: selections, and moves once they end. */
export function useFlow() {
  const doc = useDocument();
  const problems = useProblems();
  const hints = useHints();
  const selection = useEditor((s) => s.selection);
  const [held, setHeld] = useState(NONE);
  const resting = useMemo(
    () => atOnce(restingFlow({ doc, problems, hints, selection })),
    [doc, problems, hints, selection],
  );
  const flow = useMemo(() => heldFlow(resting, held), [resting, held]);
  const ahead = usePreviewFlow(resting);
  const shown = useMemo(
    () => (ahead === resting ? flow : heldFlow(ahead, held)),
    [ahead, resting, flow, held],
  );
  return { flow, shown, ...useChanges(held, setHeld) };
}

function useChanges(held: ReadonlyMap<string, Point>, setHeld: (held: ReadonlyMap<string, Point>) => void) {
  const drag = useDrag(held, setHeld);
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      select(changes, 'nodes');
      const moves = changes.flatMap((c) => (c.type === 'position' && c.position ? [c] : []));
      const places = new Map(moves.map((c) => [c.id, c.position!] as const));
      if (moves.some((c) => c.dragging)) drag.move(places);
      else if (moves.length > 0 && !drag.going()) commit(places, nudge());
    },
    [drag],
  );
  const onEdgesChange = useCallback((changes: EdgeChange<FlowWire>[]) => select(changes, 'edges'), []);
  return { onNodesChange, onEdgesChange, onDragStart: drag.start, onDragStop: drag.stop };
}

/** A plain click on one of several selected nodes, which React Flow lets be, selects that one. */
export function selectAlone(event: MouseEvent, { id }: Pick<FlowNode, 'id'>): void {
  if (event.shiftKey || event.ctrlKey || event.metaKey) return;
  const { selection, select: set } = useEditor.getState();
  if (selection.nodes.length + selection.edges.length > 1) set({ nodes: [id] });
}

type Select = { readonly type: string; readonly id?: string; readonly selected?: boolean };
function select(changes: readonly Select[], side: 'nodes' | 'edges'): void {
  const picks = changes.filter((c) => c.type === 'select');
  if (picks.length === 0) return;
  const { history, selection, select: set } = useEditor.getState();
  const there =
    side === 'nodes' ? analysisOf(history.present).nodes : new Map(Object.entries(history.present.edges));
  const next = new Set(selection[side].filter((id) => there.has(id)));
  for (const { id, selected } of picks) {
    if (selected) next.add(id!);
    else next.delete(id!);
  }
  set({ ...selection, [side]: [...next] });
}
