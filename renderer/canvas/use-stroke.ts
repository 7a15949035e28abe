import { useStoreApi } from '@xyflow/react';
import { type MouseEvent, type PointerEvent, useEffect, useMemo } from 'react';
import { deleteEdges } from '../../engine/graph/commands/edges';
import { registerCommand } from '../app/commands';
import { isMac } from '../app/keys';
import { useEditor } from '../app/store';
import type { Point } from './geometry';
import { NO_WIRES, type Tool, useGestures } from './gesture-state';
import { crosses, type LoopBox, pickedBy } from './stroke';

/** Pixels along a wire from one point to the next, when it is followed for a cut. */
const STEP = 8;
/** Pixels of the pointer that make a new point of the stroke. */
const FINE = 3;

const OVERLAYS = '.overview, .totals, .fault-card, .picker, .crumbs, .memo, button, input';

type Press = Pick<PointerEvent, 'button' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

/** The stroke that a press on the ground begins: Alt Shift a loop; Ctrl Alt, or Ctrl with the right button, a cut. */
export function toolOf({ button, altKey, shiftKey, ctrlKey, metaKey }: Press, mac: boolean): Tool | null {
  const mod = mac ? metaKey : ctrlKey;
  if (button === 2) return ctrlKey && !mac ? 'cut' : null;
  if (button !== 0 || !altKey) return null;
  return mod ? 'cut' : shiftKey ? 'lasso' : null;
}

/** Draws loops and cuts. What it takes does not reach React Flow, which would pan or draw a box. */
export function useStroke() {
  const store = useStoreApi();
  useTools();
  return useMemo(() => {
    let drawing: Drawing | null = null;
    const end = () => {
      drawing = null;
    };
    return {
      onPointerDownCapture(event: PointerEvent<HTMLElement>) {
        const chosen = useGestures.getState().tool;
        const target = event.target as Element;
        const ground =
          target.closest('.react-flow__pane') &&
          !target.closest(OVERLAYS) &&
          (chosen || !target.closest('.react-flow__node'));
        const tool = ground ? (event.button === 0 && chosen) || toolOf(event, isMac()) : null;
        if (!tool || drawing) return;
        event.stopPropagation();
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
        drawing = begin(tool, event, () => boxesOf(store.getState()), end);
      },
      onMouseDownCapture(event: MouseEvent) {
        if (!drawing) return;
        event.stopPropagation();
        event.preventDefault();
      },
      onClickCapture(event: MouseEvent) {
        if (drawing) event.stopPropagation();
      },
      onContextMenuCapture(event: MouseEvent) {
        if (!drawing && !(event.ctrlKey && !isMac())) return;
        event.preventDefault();
        event.stopPropagation();
      },
    };
  }, [store]);
}

type FlowState = ReturnType<ReturnType<typeof useStoreApi>['getState']>;

/** The drawn nodes in pixels of the window. */
function boxesOf({ nodeLookup, transform: [left, top, zoom], domNode }: FlowState): readonly LoopBox[] {
  const origin = domNode?.getBoundingClientRect() ?? { x: 0, y: 0 };
  return [...nodeLookup.values()].map(({ id, type, internals, width = 0, height = 0 }) => ({
    ...{ id, frame: type === 'frame' },
    x: origin.x + left + internals.positionAbsolute.x * zoom,
    y: origin.y + top + internals.positionAbsolute.y * zoom,
    ...{ width: width * zoom, height: height * zoom },
  }));
}

interface Drawing {
  readonly tool: Tool;
}

function begin(
  tool: Tool,
  { clientX, clientY, pointerId, ctrlKey, metaKey }: PointerEvent<HTMLElement>,
  boxes: () => readonly LoopBox[],
  done: () => void,
): Drawing {
  const start = { x: clientX, y: clientY };
  const add = tool === 'lasso' && (ctrlKey || metaKey);
  const follow = tool === 'lasso' ? lasso(boxes(), add) : cut();
  useGestures.setState({ tool: null, stroke: { tool, points: [start] }, cutting: NO_WIRES, menu: null });
  const stop = new AbortController();
  const on = { capture: true, signal: stop.signal };
  const close = (keep: boolean) => {
    stop.abort();
    follow.end(keep);
    useGestures.setState({ stroke: null, cutting: NO_WIRES });
    // the click that comes of letting go still belongs to the stroke
    setTimeout(done);
  };
  const move = (e: globalThis.PointerEvent) => {
    if (e.pointerId === pointerId) extend({ x: e.clientX, y: e.clientY }, follow);
  };
  window.addEventListener('pointermove', move, on);
  window.addEventListener('pointerup', (e) => e.pointerId === pointerId && close(true), on);
  window.addEventListener('pointercancel', () => close(false), on);
  window.addEventListener('blur', () => close(false), on);
  const onKey = (e: KeyboardEvent) => {
    if (e.key !== 'Escape') return;
    stopKey(e);
    close(false);
  };
  window.addEventListener('keydown', onKey, on);
  return { tool };
}

function stopKey(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

interface Follower {
  moved(points: readonly Point[]): void;
  /** @param keep false where the stroke was broken off */
  end(keep: boolean): void;
}

function extend(to: Point, follow: Follower): void {
  const { stroke } = useGestures.getState();
  const last = stroke?.points.at(-1);
  if (!stroke || !last || Math.hypot(to.x - last.x, to.y - last.y) < FINE) return;
  const points = [...stroke.points, to];
  useGestures.setState({ stroke: { ...stroke, points } });
  follow.moved(points);
}

/** Selects while it is drawn. */
function lasso(boxes: readonly LoopBox[], add: boolean): Follower {
  const { selection, select } = useEditor.getState();
  const before = add ? selection.nodes : [];
  return {
    moved: (points) => select({ nodes: [...new Set([...before, ...pickedBy(points, boxes)])] }),
    end: (keep) => keep || select(selection),
  };
}

/** Gathers the wires that it crosses, and takes them out at its end in one step. */
function cut(): Follower {
  const lines = wireLines();
  let crossed: ReadonlySet<string> = NO_WIRES;
  return {
    moved(points) {
      const [a, b] = points.slice(-2);
      const more = lines.filter(({ id, line }) => !crossed.has(id) && crosses(a!, b!, line));
      if (more.length === 0) return;
      crossed = new Set([...crossed, ...more.map(({ id }) => id)]);
      useGestures.setState({ cutting: crossed });
    },
    end(keep) {
      if (keep && crossed.size > 0) useEditor.getState().run(deleteEdges, { ids: [...crossed] });
    },
  };
}

/** The graph's own wires that are in sight, as lines in pixels of the window. */
function wireLines(): readonly { readonly id: string; readonly line: readonly Point[] }[] {
  const { edges } = useEditor.getState().history.present;
  return [...document.querySelectorAll('.canvas .react-flow__edge')].flatMap((edge) => {
    const id = edge.getAttribute('data-id') ?? '';
    const path = edge.querySelector<SVGPathElement>('.wire-line');
    const matrix = path?.getScreenCTM();
    if (!path || !matrix || !Object.hasOwn(edges, id)) return [];
    const length = path.getTotalLength();
    const count = Math.max(1, Math.ceil((length * matrix.a) / STEP));
    const line = Array.from({ length: count + 1 }, (_, i) => {
      const { x, y } = path.getPointAtLength((length * i) / count).matrixTransform(matrix);
      return { x, y };
    });
    return [{ id, line }];
  });
}

/** The commands that make of the next drag a stroke; Escape, or the command again, lets it be. */
function useTools(): void {
  useEffect(() => {
    const choose = (tool: Tool) => () =>
      useGestures.setState((s) => ({ tool: s.tool === tool ? null : tool, menu: null }));
    const some = (): boolean => Object.keys(useEditor.getState().history.present.nodes).length > 0;
    const stops = [
      registerCommand('select.lasso', { run: choose('lasso'), enabled: some }),
      registerCommand('node.cut-wires', { run: choose('cut'), enabled: some }),
    ];
    const onKey = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || !useGestures.getState().tool) return;
      stopKey(e);
      useGestures.setState({ tool: null });
    };
    window.addEventListener('keydown', onKey, true);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener('keydown', onKey, true);
      useGestures.setState({ tool: null, stroke: null });
    };
  }, []);
}
