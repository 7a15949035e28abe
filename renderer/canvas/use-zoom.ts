import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { registerCommand } from '../app/commands';
import { useEditor } from '../app/store';
import { boundsOf } from './geometry';
import { viewOf } from './use-view';

const SMALLEST_OF_SELECTION = 0.2;
const motion = (ms: number): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

/** The view at its true size, and at the size of what is selected. */
export function useZoom(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const selected = () => {
      const { nodes, edges } = useEditor.getState().selection;
      const wires = useEditor.getState().history.present.edges;
      const ends = edges.flatMap((id) => (wires[id] ? [wires[id].from.node, wires[id].to.node] : []));
      const { nodeLookup } = store.getState();
      return [...nodes, ...ends].flatMap((id) => {
        const n = nodeLookup.get(id);
        return n ? [{ ...n.internals.positionAbsolute, width: n.width ?? 0, height: n.height ?? 0 }] : [];
      });
    };
    const stops = [
      registerCommand('view.zoom-100', () => flow.zoomTo(1, { duration: motion(140) })),
      registerCommand('view.fit-selection', {
        run() {
          const { width, height } = store.getState();
          const view = viewOf(boundsOf(selected()), { width, height }, SMALLEST_OF_SELECTION);
          return flow.setViewport(view, { duration: motion(180) });
        },
        enabled: () => selected().length > 0,
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [flow, store]);
}
