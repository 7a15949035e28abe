import { type InternalNode, useReactFlow, useStoreApi } from '@xyflow/react';
import { type KeyboardEvent, useCallback } from 'react';
import { toggleOpen } from '../../engine/graph/commands/document';
import { moveNodes } from '../../engine/graph/commands/nodes';
import { analysisOf, useEditor } from '../app/store';
import { onKey } from '../app/use-shortcuts';
import { canvas } from './canvas-state';
import { OUT } from './connection';
import { GRID, NODE_HEIGHT, NODE_WIDTH, type Point } from './geometry';
import { nudge } from './use-drag';
import { allWires } from './use-flow';
import { walk } from './walk';

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

const pathOf = (target: EventTarget): string | undefined =>
  (target as Element).closest?.('.react-flow__node')?.getAttribute('data-id') ?? undefined;

export const nodeSelector = (path: string): string => `.react-flow__node[data-id="${CSS.escape(path)}"]`;

/** Keys of the canvas itself; copy, delete, undo and their like are commands of the app. */
export function useKeys(): (event: KeyboardEvent) => void {
  const focus = useFocus();
  const store = useStoreApi();
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target)) return;
      const path = pathOf(event.target);
      const arrow = ARROWS[event.key];
      if (!arrow) {
        if (otherKey(event, path ?? onlySelected())) event.preventDefault();
        return;
      }
      if (path === undefined || useEditor.getState().selection.nodes.includes(path)) {
        if (nudgeSelected(arrow, event.shiftKey ? 4 : 1)) event.preventDefault();
        return;
      }
      const next = nextFrom(store.getState(), path, arrow);
      if (next !== undefined) focus(next);
      event.preventDefault();
    },
    [focus, store],
  );
}

/**
 * Arrows with Ctrl or Alt, before React Flow would move the nodes by them: Alt goes along the wires and takes the
 * selection with it, others are commands of the window.
 */
export function useArrowCommands(): (event: KeyboardEvent) => void {
  const focus = useFocus();
  const store = useStoreApi();
  return useCallback(
    (event: KeyboardEvent) => {
      const arrow = ARROWS[event.key];
      if (!arrow || isField(event.target) || !(event.ctrlKey || event.metaKey || event.altKey)) return;
      event.stopPropagation();
      const plain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      const path = pathOf(event.target) ?? onlySelected();
      if (!plain) return onKey(event.nativeEvent);
      event.preventDefault();
      const next = path === undefined ? undefined : nextFrom(store.getState(), path, arrow);
      if (next === undefined) return;
      useEditor.getState().select({ nodes: [next] });
      focus(next);
    },
    [focus, store],
  );
}

const isField = (target: EventTarget): boolean =>
  (target as Element).matches('input, textarea, select, [role="menu"], [role="menu"] *');

type FlowState = ReturnType<ReturnType<typeof useStoreApi>['getState']>;
/** Along all wires: React Flow knows those near the window. */
const nextFrom = ({ nodeLookup }: FlowState, path: string, way: Point): string | undefined =>
  walk(boxesOf(nodeLookup.values()), allWires(), path, way);

const boxesOf = (nodes: Iterable<InternalNode>) =>
  [...nodes].map(({ id, internals, width = 0, height = 0 }) => ({
    id,
    ...internals.positionAbsolute,
    width,
    height,
  }));

/** Puts the focus on a node; one that is out of sight is brought in first. */
function useFocus(): (path: string) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (path: string) => {
      const element = () => store.getState().domNode?.querySelector<HTMLElement>(nodeSelector(path));
      const there = element();
      if (there) return there.focus({ preventScroll: true });
      const node = store.getState().nodeLookup.get(path);
      if (!node) return;
      canvas().set({ wanted: path });
      const { x, y } = node.internals.positionAbsolute;
      void flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { zoom: store.getState().transform[2] });
      requestAnimationFrame(() => requestAnimationFrame(() => element()?.focus({ preventScroll: true })));
    },
    [flow, store],
  );
}

/** @returns whether the key meant something here */
function otherKey({ key, shiftKey, target }: KeyboardEvent, subject: string | undefined): boolean {
  if (key === 'Escape') useEditor.getState().select({});
  if (shiftKey || subject === undefined) return false;
  if (key.toLowerCase() === 'o') return toggle(subject);
  return key.toLowerCase() === 'c' && startConnecting(subject, target as Element);
}

const onlySelected = (): string | undefined => {
  const { nodes } = useEditor.getState().selection;
  return nodes.length === 1 ? nodes[0] : undefined;
};

function nudgeSelected({ x, y }: Point, steps: number): boolean {
  const { selection, history, run } = useEditor.getState();
  const moves = selection.nodes.flatMap((id) => {
    const at = history.present.nodes[id]?.position;
    return at ? [{ id, position: { x: at.x + x * GRID * steps, y: at.y + y * GRID * steps } }] : [];
  });
  run(moveNodes, { moves }, nudge());
  return moves.length > 0;
}

/** Opens or folds the block, or the block around a node of its inside. */
export function toggle(path: string): boolean {
  const { history, run } = useEditor.getState();
  const open = history.present.layout.open;
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
  const inside = analysisOf(history.present).nodes.get(path)?.instance.children.length ?? 0;
  const target = inside > 0 || open.includes(path) ? path : parent;
  if (target === undefined) return false;
  run(toggleOpen, { path: target });
  if (target !== path) useEditor.getState().select({ nodes: [target] });
  return true;
}

export function startConnecting(path: string, element: Element): boolean {
  if (path.includes('/')) return false;
  const node = element.closest('.react-flow__node') ?? document.querySelector(nodeSelector(path));
  const box = node?.getBoundingClientRect();
  if (!box) return false;
  canvas().set({
    popup: {
      sort: 'connect',
      at: { x: box.left + box.width / 2, y: box.bottom + 8 },
      from: { node: path, port: OUT },
    },
  });
  return true;
}
