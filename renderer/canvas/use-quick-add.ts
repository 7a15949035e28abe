import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type MouseEvent, useCallback, useEffect } from 'react';
import { toggleOpen } from '../../engine/graph/commands/document';
import { kindsOf } from '../../engine/nodes/user-block';
import { registerCommand } from '../app/commands';
import { useHabits } from '../app/habits';
import { keysOf } from '../app/key-map';
import { isMac, matches } from '../app/keys';
import { useEditor } from '../app/store';
import { askFollowers } from '../palette/use-followers';
import { centredAt } from './add-kind';
import { canvas } from './canvas-state';
import type { Point } from './geometry';

const QUICK = { id: 'node.quick', title: '', keys: ['Space', 'Tab'] };
/** Long enough for the window to be at rest after the start. */
const LATER = 2000;

/**
 * Opens the list that adds a node by typing: by the keyboard behind the selected node, on the selected wire, or in the
 * middle of the view; by a double click on the ground where the pointer is.
 *
 * @returns what a double click does
 */
export function useQuickAdd() {
  const { screenToFlowPosition } = useReactFlow();
  const store = useStoreApi();
  const open = useCallback(() => {
    const box = store.getState().domNode?.getBoundingClientRect();
    if (!box) return;
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const place = centredAt(screenToFlowPosition(middle));
    canvas().set({
      popup: { sort: 'add', at: { ...middle, y: box.top + box.height / 4 }, place, ...target() },
    });
  }, [screenToFlowPosition, store]);
  useEffect(() => registerCommand('node.quick', open), [open]);
  useEffect(() => {
    const timer = setTimeout(askFollowers, LATER);
    return () => clearTimeout(timer);
  }, []);

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      const element = event.target as Element;
      if (element.closest('.react-flow__pane') && !element.closest('.react-flow__node, .react-flow__edge')) {
        const at = { x: event.clientX, y: event.clientY };
        canvas().set({ popup: { sort: 'add', at, place: centredAt(screenToFlowPosition(at)) } });
      }
      const block = element.closest('.node.block')?.closest('.react-flow__node')?.getAttribute('data-id');
      if (block) useEditor.getState().run(toggleOpen, { path: block });
    },
    [screenToFlowPosition],
  );
  useSpaceOnSelected(open);
  return onDoubleClick;
}

/** Before React Flow, for which Space selects a node: one that is selected takes it for what comes behind. */
function useSpaceOnSelected(open: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const node = event.key === ' ' && event.target instanceof Element ? event.target : null;
      const path = node?.matches('.react-flow__node') ? node.getAttribute('data-id') : null;
      if (path === null || !useEditor.getState().selection.nodes.includes(path)) return;
      if (!keysOf(QUICK, useHabits.getState().keys).some((k) => matches(event, k, isMac()))) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [open]);
}

/** Where the selection puts a new node, with the list beside it. */
function target(): { at?: Point; behind?: string; on?: string } {
  const { selection, history } = useEditor.getState();
  const { nodes, edges, blocks } = history.present;
  const [wire] = selection.edges;
  if (selection.nodes.length === 0 && selection.edges.length === 1 && edges[wire!])
    return { on: wire!, ...beside(`.react-flow__edge[data-id="${CSS.escape(wire!)}"]`) };
  const behind = selection.nodes.at(-1)?.split('/')[0];
  const node = behind === undefined ? undefined : nodes[behind];
  if (!node || kindsOf(blocks)(node.type)?.role === 'output') return {};
  return { behind: behind!, ...beside(`.react-flow__node[data-id="${CSS.escape(behind!)}"]`) };
}

/** Right below what is drawn there. */
function beside(selector: string): { at?: Point } {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  if (!box || box.bottom < 0 || box.top > innerHeight) return {};
  return { at: { x: box.left + box.width / 2 - 40, y: Math.min(box.bottom + 8, innerHeight) } };
}
