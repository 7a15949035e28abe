import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { registerCommand } from '../app/commands';
import { boundsOf, NODE_SIZE } from '../canvas/geometry';
import { SMALLEST, viewOf } from '../canvas/use-view';
import type { UnionNode } from './union-flow';

/** Zoom at which a node that is gone to can be read. */
const NEAR = 0.85;

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
      const zoom = Math.max(NEAR, store.getState().transform[2]);
      void flow.setCenter(x + NODE_SIZE.width / 2, y + NODE_SIZE.height / 2, { zoom });
    },
    [flow, store, nodes],
  );
}
