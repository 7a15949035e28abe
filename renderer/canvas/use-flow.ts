import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { moveNodes } from '../../engine/graph/commands/nodes';
import { analysisOf, useDocument, useEditor, useHints, useProblems } from '../app/store';
import { buildFlow, placesInDocument } from './flow-model';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point } from './geometry';
import { heldFlow } from './held';
import { reuse } from './reuse';

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
  const resting = useMemo(() => {
    const fresh = buildFlow({
      doc,
      analysis: analysisOf(doc),
      problems: [...problems, ...hints],
      held: NONE,
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
  }, [doc, problems, hints, selection]);
  const flow = useMemo(() => heldFlow(resting, held), [resting, held]);
  return { flow, ...useChanges(held, setHeld) };
}

function useChanges(held: ReadonlyMap<string, Point>, setHeld: (held: ReadonlyMap<string, Point>) => void) {
  const dragging = useRef(false);
  const latest = useRef(held);
  const hold = useCallback(
    (next: ReadonlyMap<string, Point>) => {
      latest.current = next;
      setHeld(next);
    },
    [setHeld],
  );
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      select(changes, 'nodes');
      const moves = changes.flatMap((c) => (c.type === 'position' && c.position ? [c] : []));
      if (moves.some((c) => c.dragging)) {
        dragging.current = true;
        hold(new Map([...latest.current, ...moves.map((c) => [c.id, c.position!] as const)]));
      } else if (moves.length > 0 && !dragging.current) {
        commit(new Map(moves.map((c) => [c.id, c.position!])), nudge());
      }
    },
    [hold],
  );
  const onDragStop = useCallback(() => {
    dragging.current = false;
    commit(latest.current);
    hold(NONE);
  }, [hold]);
  const onEdgesChange = useCallback((changes: EdgeChange<FlowWire>[]) => select(changes, 'edges'), []);
  return { onNodesChange, onEdgesChange, onDragStop };
}

/** Puts drawn places into the document: without the push of open blocks, on the grid. */
function commit(places: ReadonlyMap<string, Point>, gesture?: string): void {
  const { history, run } = useEditor.getState();
  const doc = history.present;
  const known = new Map([...places].filter(([id]) => doc.nodes[id]));
  const moves = [...placesInDocument(doc, analysisOf(doc), known)].map(([id, position]) => ({
    id,
    position,
  }));
  run(moveNodes, { moves }, gesture);
}

/** Key presses that follow each other move in one step of undo. */
let nudged = { at: 0, id: 0 };
export function nudge(): string {
  const now = performance.now();
  nudged = { at: now, id: now - nudged.at < 900 ? nudged.id : nudged.id + 1 };
  return `nudge ${nudged.id}`;
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
