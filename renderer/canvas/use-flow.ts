import type { EdgeChange, NodeChange } from '@xyflow/react';
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { analysisOf, useDocument, useEditor, useHints, useProblems } from '../app/store';
import { buildFlow } from './flow-model';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point } from './geometry';
import { reuse } from './reuse';
import { commit, nudge, useDrag } from './use-drag';

const NONE: ReadonlyMap<string, Point> = new Map();
const EMPTY: Flow = { nodes: [], wires: [], marks: { nodes: new Map(), wires: new Map() } };

/** The document as React Flow draws it, and what React Flow reports back: selections, and moves once they end. */
export function useFlow() {
  const doc = useDocument();
  const problems = useProblems();
  const hints = useHints();
  const selection = useEditor((s) => s.selection);
  const [held, setHeld] = useState(NONE);
  const before = useRef(EMPTY);
  const flow = useMemo(() => {
    const fresh = buildFlow({
      doc,
      analysis: analysisOf(doc),
      problems: [...problems, ...hints],
      held,
      selected: new Set(selection.nodes),
      selectedEdges: new Set(selection.edges),
    });
    const { nodes, wires } = before.current;
    before.current = {
      nodes: reuse(nodes, fresh.nodes),
      wires: reuse(wires, fresh.wires),
      marks: fresh.marks,
    };
    return before.current;
  }, [doc, problems, hints, held, selection]);
  return { flow, ...useChanges(held, setHeld) };
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
