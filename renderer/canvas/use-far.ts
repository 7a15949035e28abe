import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEditor } from '../app/store';
import { useCanvas } from './canvas-state';
import { FAR } from './detail';
import { type FarModel, farModel, nodeAt } from './far-model';
import type { Flow, FlowNode } from './flow-types';
import type { Rect } from './geometry';

/** Fewer nodes are drawn as elements at every zoom. */
const MANY = 150;
/** Selected nodes up to this many stay elements, so that each can have the focus. */
const FEW = 30;

/**
 * From far a large net is painted, and only the nodes that something may happen to are elements: the one under the
 * pointer, those with the focus and a few selected ones. React Flow knows all the others as hidden.
 */
export function useFar(flow: Flow) {
  const far = useStore((s) => s.transform[2] < FAR) && flow.nodes.length > MANY;
  const [under, setUnder] = useState<string>();
  const wanted = useCanvas((s) => s.wanted);
  const model = useMemo(() => (far ? farModel(flow) : undefined), [far, flow]);
  const shown = useMemo(
    () =>
      far
        ? sparse(flow, new Set([under, wanted].filter((id): id is string => typeof id === 'string')))
        : flow,
    [far, flow, under, wanted],
  );
  useBoxOfHidden(model);
  const onPointerMove = useUnder(model, setUnder);
  return { flow: shown, model, onPointerMove };
}

const hiddenTwins = new WeakMap<FlowNode, FlowNode>();
function hidden(n: FlowNode): FlowNode {
  const known = hiddenTwins.get(n);
  if (known) return known;
  const twin = { ...n, hidden: true };
  hiddenTwins.set(n, twin);
  return twin;
}

function sparse(flow: Flow, wanted: ReadonlySet<string>): Flow {
  const selected = flow.nodes.filter((n) => n.selected);
  const chosen = new Set(selected.length <= FEW ? selected.map((n) => n.id) : []);
  // the first lets the Tab key into the net
  const stays = (n: FlowNode, i: number) =>
    i === 0 || wanted.has(n.id) || chosen.has(n.id) || n.className !== undefined;
  const kept = new Set(flow.nodes.filter(stays).map((n) => n.id));
  return {
    ...flow,
    nodes: flow.nodes.map((n) => (kept.has(n.id) ? n : hidden(n))),
    wires: flow.wires.filter(
      (w) => w.selected || w.className !== undefined || wanted.has(w.source) || wanted.has(w.target),
    ),
  };
}

/** Makes an element of the node under the pointer, which React Flow then clicks, drags and connects. */
function useUnder(model: FarModel | undefined, set: (id: string | undefined) => void) {
  const { screenToFlowPosition } = useReactFlow();
  const last = useRef<string>(undefined);
  return useCallback(
    (event: PointerEvent) => {
      if (!model || event.buttons !== 0) return;
      const id = nodeAt(
        model,
        screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }),
      );
      if (id === last.current) return;
      last.current = id;
      set(id);
    },
    [model, set, screenToFlowPosition],
  );
}

/** A box drawn with Shift takes painted nodes too, which React Flow leaves out. */
function useBoxOfHidden(model: FarModel | undefined): void {
  const store = useStoreApi();
  useEffect(() => {
    if (!model) return undefined;
    return store.subscribe((now, before) => {
      const box = now.userSelectionRect;
      if (!box || box === before.userSelectionRect || !now.userSelectionActive) return;
      const [x, y, zoom] = now.transform;
      selectIn(model, {
        ...{ x: (box.x - x) / zoom, y: (box.y - y) / zoom },
        ...{ width: box.width / zoom, height: box.height / zoom },
      });
    });
  }, [model, store]);
}

function selectIn({ nodes }: FarModel, box: Rect): void {
  const inside = nodes.filter(
    (n) =>
      n.x < box.x + box.width && box.x < n.x + n.width && n.y < box.y + box.height && box.y < n.y + n.height,
  );
  const ids = new Set(inside.map((n) => n.id));
  const { history, selection, select } = useEditor.getState();
  if (ids.size === selection.nodes.length && selection.nodes.every((id) => ids.has(id))) return;
  const wires = Object.entries(history.present.edges).filter(
    ([, e]) => ids.has(e.from.node) || ids.has(e.to.node),
  );
  select({ nodes: [...ids], edges: wires.map(([id]) => id) });
}
