import { useMemo } from 'react';
import { spliceNode } from '../../engine/graph/commands/splice';
import { kindsOf } from '../../engine/nodes/user-block';
import { analysisOf, useEditor } from '../app/store';
import { firstPort } from './add-kind';
import { canvas } from './canvas-state';
import { placeInDocument } from './flow-model';
import type { FlowNode } from './flow-types';
import { wireUnder } from './use-connect';

interface Drag {
  readonly altKey: boolean;
  readonly clientX: number;
  readonly clientY: number;
}
/** React Flow gives mouse and touch events alike. */
const isDrag = (event: object): event is Drag => 'clientX' in event;

/** A node without wires that is dragged onto a wire is put on it; the move and the wires are one step of undo. */
export function useSplice() {
  return useMemo(() => {
    let broken = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      broken = true;
      mark(null);
    };
    return {
      start() {
        broken = false;
        window.addEventListener('keydown', onKey, true);
      },
      drag(event: object, node: FlowNode, nodes: readonly FlowNode[]) {
        // with Alt it is a copy that is dragged
        const alone = !broken && nodes.length === 1 && isDrag(event) && !event.altKey;
        mark(alone ? (wireFor(event, node.id) ?? null) : null);
      },
      /** Before the move is put into the document, which then finds nothing left to do. */
      stop(node: FlowNode) {
        window.removeEventListener('keydown', onKey, true);
        const edge = canvas().dropWire;
        mark(null);
        if (edge !== null) splice(node, edge);
      },
    };
  }, []);
}

function mark(dropWire: string | null): void {
  if (canvas().dropWire !== dropWire) canvas().set({ dropWire });
}

function splice({ id, position: at }: FlowNode, edge: string): void {
  const { history, run } = useEditor.getState();
  const doc = history.present;
  const port = portOf(id);
  if (port === undefined) return;
  const position = placeInDocument(doc, analysisOf(doc), at, id);
  run(spliceNode, { id, edge, port, position });
}

/** The wire of the graph under the pointer, for a node that could be put on it. */
function wireFor({ clientX: x, clientY: y }: Drag, id: string): string | undefined {
  const { edges } = useEditor.getState().history.present;
  const busy = Object.values(edges).some((e) => e.from.node === id || e.to.node === id);
  const wire = busy || portOf(id) === undefined ? undefined : wireUnder({ x, y }, id);
  return wire !== undefined && Object.hasOwn(edges, wire) ? wire : undefined;
}

/** The port that the wire would lead to; undefined for a node that takes or gives nothing. */
function portOf(id: string): string | undefined {
  const { nodes, blocks } = useEditor.getState().history.present;
  const def = nodes[id] && kindsOf(blocks)(nodes[id].type);
  return def && def.role === undefined ? firstPort(def) : undefined;
}
