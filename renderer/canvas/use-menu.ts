import { type KeyboardEvent, type MouseEvent, useCallback } from 'react';
import { useEditor } from '../app/store';
import type { Point } from './geometry';
import { type MenuRequest, useGestures } from './gesture-state';

const OVERLAYS = '.overview, .totals, .fault-card, .picker, .crumbs, .memo, input, [role="menu"]';

/** The menu of the right button, and of the menu key or Shift F10: on a node, a wire, or the ground. */
export function useMenu() {
  const onContextMenu = useCallback((event: MouseEvent) => {
    const target = event.target as Element;
    if (event.defaultPrevented || target.closest(OVERLAYS)) return;
    event.preventDefault();
    open(target, { x: event.clientX, y: event.clientY });
  }, []);
  const onMenuKey = useCallback((event: KeyboardEvent) => {
    const asked = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const target = event.target as Element;
    if (!asked || event.ctrlKey || event.metaKey || event.altKey || target.closest(OVERLAYS)) return;
    event.preventDefault();
    event.stopPropagation();
    const part = focusedPart(target);
    open(part, pointOf(part));
  }, []);
  return { onContextMenu, onMenuKey };
}

function open(target: Element, at: Point): void {
  const on = partOf(target);
  useGestures.setState({ menu: { on, at, back: document.activeElement as HTMLElement | null }, tool: null });
}

/** What the menu is for. A node or wire that is not selected is selected first. */
function partOf(target: Element): MenuRequest['on'] {
  const { selection, select, history } = useEditor.getState();
  const node = target.closest('.react-flow__node')?.getAttribute('data-id');
  if (node) {
    if (!selection.nodes.includes(node)) select({ nodes: [node] });
    return 'node';
  }
  const wire = target.closest('.react-flow__edge')?.getAttribute('data-id');
  if (wire && Object.hasOwn(history.present.edges, wire)) {
    if (!selection.edges.includes(wire) || selection.nodes.length > 0) select({ edges: [wire] });
    return 'wire';
  }
  // the frame around several selected nodes
  return target.closest('.react-flow__nodesselection') && selection.nodes.length > 0 ? 'node' : 'canvas';
}

/** With the focus on the canvas as a whole, the menu is for what is selected. */
function focusedPart(target: Element): Element {
  if (target.closest('.react-flow__node, .react-flow__edge')) return target;
  const [first] = useEditor.getState().selection.nodes;
  const node =
    first === undefined ? null : document.querySelector(`.react-flow__node[data-id="${CSS.escape(first)}"]`);
  return node ?? target;
}

function pointOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  const whole = element.closest('.react-flow__node, .react-flow__edge') === null;
  return whole
    ? { x: left + width / 2, y: top + height / 3 }
    : { x: left + width / 2, y: top + Math.min(height / 2, 40) };
}
