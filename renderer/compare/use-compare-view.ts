import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { registerCommand } from '../app/commands';
import { boundsOf, NODE_SIZE, type Point, type Size } from '../canvas/geometry';
import { SMALLEST, viewOf } from '../canvas/use-view';
import type { UnionNode } from './union-flow';

/** Zoom at which a node can be read, and that of one that is gone to. */
const READABLE = 0.6;
const NEAR = 0.85;
/** Pixels at the bottom that the totals cover. */
const TOTALS = 60;

/** Shows the union when it is drawn anew, and carries out the commands that move the view. @returns goes to a node */
export function useCompareView(nodes: readonly UnionNode[]): (key: string) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const ready = useStore((s) => s.width > 0 && s.panZoom !== null);
  const show = useCallback(
    (smallest?: number) => {
      const { width, height } = store.getState();
      const bounds = boundsOf(nodes.map((n) => ({ ...n.position, ...NODE_SIZE })));
      if (width > 0) void flow.setViewport(viewOf(bounds, { width, height }, smallest));
    },
    [flow, store, nodes],
  );
  useEffect(() => {
    if (ready) show();
  }, [ready, show]);
  useEffect(() => {
    const stops = [
      registerCommand('view.fit', () => show(SMALLEST)),
      registerCommand('view.zoom-in', () => flow.zoomIn()),
      registerCommand('view.zoom-out', () => flow.zoomOut()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [flow, show]);
  return useCallback(
    (key) => {
      const node = nodes.find((n) => n.id === key);
      if (!node) return;
      const { x, y } = node.position;
      const { transform, ...window } = store.getState();
      if (transform[2] >= READABLE && isSeen(node.position, transform, window)) return;
      const zoom = Math.max(NEAR, transform[2]);
      void flow.setCenter(x + NODE_SIZE.width / 2, y + NODE_SIZE.height / 2, { zoom });
    },
    [flow, store, nodes],
  );
}

/** Whether all of the node at `at` is in sight. */
function isSeen(at: Point, [left, top, zoom]: readonly [number, number, number], window: Size): boolean {
  const [x, y] = [at.x * zoom + left, at.y * zoom + top];
  const { width, height } = NODE_SIZE;
  const below = y + height * zoom <= window.height - TOTALS;
  return x >= 0 && y >= 0 && x + width * zoom <= window.width && below;
}
