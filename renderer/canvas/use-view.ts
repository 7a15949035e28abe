import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { moveNodes } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import type { Command } from '../../engine/graph/history';
import { registerCommand } from '../app/commands';
import { onFocusNode } from '../app/focus';
import { useEditor } from '../app/store';
import { boundsOf, type Rect } from './geometry';
import { arrange, placeMissing } from './layout';

/** Pixels that breadcrumbs and totals cover. */
const INSET = { top: 44, bottom: 76, side: 28 };
/** The overview stands at the left: content keeps off it where there is room. */
const OVERVIEW = 130;
const READABLE = 0.6;
export const SMALLEST = 0.1;

/** Shows `content` whole where it stays readable, else its start: the top, in the middle or at the left. */
export function viewOf(content: Rect, window: { width: number; height: number }, smallest = READABLE) {
  const room = { width: window.width - 2 * INSET.side, height: window.height - INSET.top - INSET.bottom };
  const whole = Math.min(room.width / Math.max(1, content.width), room.height / Math.max(1, content.height));
  const zoom = Math.min(1, Math.max(smallest, whole));
  const free = { width: room.width - content.width * zoom, height: room.height - content.height * zoom };
  return {
    x: INSET.side + Math.max(0, free.width / 2, Math.min(free.width, OVERVIEW)) - content.x * zoom,
    y: INSET.top + Math.max(0, Math.min(free.height / 2, 60)) - content.y * zoom,
    zoom,
  };
}

const motion = (ms: number): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

const arrangeAll: Command<undefined> = {
  id: 'view.arrange',
  label: 'arrange',
  run: (doc: GraphDocument) =>
    moveNodes.run(doc, { moves: [...arrange(doc)].map(([id, position]) => ({ id, position })) }),
};

/** Fits the view when a document is opened, and carries out the commands that move the view. */
export function useView(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const key = useEditor((s) => s.key);
  const lacking = useEditor((s) => Object.values(s.history.present.nodes).some((n) => !n.position));
  const ready = useReady();

  const show = useCallback(
    (ms = 0, smallest = READABLE) => {
      const { width, height, nodeLookup } = store.getState();
      const rects = [...nodeLookup.values()].map((n) => ({
        ...n.internals.positionAbsolute,
        width: n.width ?? 0,
        height: n.height ?? 0,
      }));
      if (width === 0) return;
      void flow.setViewport(
        rects.length > 0 ? viewOf(boundsOf(rects), { width, height }, smallest) : { x: 0, y: 0, zoom: 1 },
        { duration: motion(ms) },
      );
    },
    [flow, store],
  );

  useEffect(() => {
    const { history, place } = useEditor.getState();
    if (lacking) place(placeMissing(history.present));
  }, [lacking]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new document has a new key
  useEffect(() => {
    if (!ready) return undefined;
    const frame = requestAnimationFrame(() => show());
    return () => cancelAnimationFrame(frame);
  }, [key, ready, show]);
  useViewCommands(show);
  useFocusRequests();
}

/** Whether the canvas has a size. */
function useReady(): boolean {
  const { viewportInitialized } = useReactFlow();
  return viewportInitialized;
}

function useViewCommands(show: (ms?: number, smallest?: number) => void): void {
  const flow = useReactFlow();
  useEffect(() => {
    const some = () => Object.keys(useEditor.getState().history.present.nodes).length > 0;
    const stops = [
      registerCommand('view.fit', { run: () => show(180, SMALLEST), enabled: some }),
      registerCommand('view.zoom-in', () => flow.zoomIn({ duration: motion(140) })),
      registerCommand('view.zoom-out', () => flow.zoomOut({ duration: motion(140) })),
      registerCommand('view.arrange', {
        run() {
          useEditor.getState().run(arrangeAll, undefined);
          requestAnimationFrame(() => show(180));
        },
        enabled: some,
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [flow, show]);
}

/** Other parts of the window ask to see a node. */
function useFocusRequests(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(
    () =>
      onFocusNode(({ path, move }) => {
        // a block that was just opened is drawn first
        requestAnimationFrame(() => {
          const node = store.getState().nodeLookup.get(path);
          if (!node) return;
          const { x, y } = node.internals.positionAbsolute;
          const [width, height] = [node.width ?? 0, node.height ?? 0];
          const { transform, width: w, height: h } = store.getState();
          const [left, top] = [x * transform[2] + transform[0], y * transform[2] + transform[1]];
          const seen =
            left >= 0 &&
            top >= 0 &&
            left + width * transform[2] <= w &&
            top + height * transform[2] <= h - INSET.bottom;
          if (move === 'if-hidden' && seen) return;
          const zoom = Math.max(READABLE + 0.15, transform[2]);
          void flow.setCenter(x + width / 2, y + Math.min(height, 200) / 2, { zoom, duration: motion(180) });
        });
      }),
    [flow, store],
  );
}
