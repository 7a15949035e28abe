import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { registerCommand } from '../app/commands';
import { onFocusNode } from '../app/focus';
import { useEditor, usePartLater } from '../app/store';
import { canvas } from './canvas-state';
import { boundsOf, NODE_WIDTH, type Rect, type Size } from './geometry';
import { arrangeNet, keepTidy } from './layout-actions';
import { placeMissing } from './place-missing';

/** Pixels that breadcrumbs and totals cover. */
const INSET = { top: 44, bottom: 64, side: 28 };
/** The overview stands at the left: content keeps off it where there is room. */
const OVERVIEW = 130;
const OVERVIEW_HEIGHT = 200;
const READABLE = 0.5;
export const SMALLEST = 0.05;

/** Shows `content` whole where it stays readable, else its start: the top, in the middle or at the left. */
export function viewOf(content: Rect, window: Size, smallest = READABLE, left = INSET.side) {
  const room = {
    width: window.width - INSET.side - left,
    height: window.height - INSET.top - INSET.bottom,
  };
  const whole = Math.min(room.width / Math.max(1, content.width), room.height / Math.max(1, content.height));
  const zoom = Math.min(1, Math.max(smallest, whole));
  const free = { width: room.width - content.width * zoom, height: room.height - content.height * zoom };
  return {
    x: left + Math.max(0, free.width / 2, Math.min(free.width, OVERVIEW)) - content.x * zoom,
    y: INSET.top + Math.max(0, Math.min(free.height / 2, 60)) - content.y * zoom,
    zoom,
  };
}

/** The same for nodes, so that none of them lies under the overview if that can be had. */
function clearView(nodes: readonly Rect[], window: Size, smallest: number) {
  const content = boundsOf(nodes);
  const view = viewOf(content, window, smallest);
  const hidden = ({ x, y, zoom }: typeof view) =>
    nodes.some(
      (n) => n.x * zoom + x < OVERVIEW && (n.y + n.height) * zoom + y > window.height - OVERVIEW_HEIGHT,
    );
  const raised = { ...view, y: INSET.top - content.y * view.zoom };
  const beside = viewOf(content, window, smallest, OVERVIEW + 12);
  return [view, raised, beside].find((v) => !hidden(v)) ?? view;
}

/** The first node is put at the origin: at the top, in the middle. */
const emptyView = (width: number) => ({
  x: Math.round((width - NODE_WIDTH) / 2),
  y: INSET.top + 20,
  zoom: 1,
});

/** Whether a node of `doc` has no place yet; asked at every edit, so told once a document. */
const lacking = new WeakMap<GraphDocument, boolean>();
function lacksPlaces(doc: GraphDocument): boolean {
  const answer = lacking.get(doc) ?? Object.values(doc.nodes).some((n) => !n.position);
  lacking.set(doc, answer);
  return answer;
}

const motion = (ms: number): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

/** Fits the view when a document is opened, and carries out the commands that move the view. */
export function useView(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const lacking = usePartLater(lacksPlaces);
  /** Where the net was last shown whole: as long as the user leaves the view there, it follows the window. */
  const shown = useRef<Shown | null>(null);

  const show = useCallback(
    (ms = 0, smallest = READABLE) => {
      const { width, height, nodeLookup } = store.getState();
      const rects = [...nodeLookup.values()].map((n) => ({
        ...n.internals.positionAbsolute,
        width: n.width ?? 0,
        height: n.height ?? 0,
      }));
      if (width === 0) return;
      const view = rects.length > 0 ? clearView(rects, { width, height }, smallest) : emptyView(width);
      shown.current = { ...view, smallest };
      void flow.setViewport(view, { duration: motion(ms) });
    },
    [flow, store],
  );

  useEffect(() => {
    const { history, place } = useEditor.getState();
    if (lacking) place(placeMissing(history.present));
  }, [lacking]);
  useEffect(keepTidy, []);
  useShownDocument(shown, show);
  useFollowSize(shown, show);
  useViewCommands(show);
  useFocusRequests(shown, show);
}

/** Where the view of each document was left; `whole` where it showed the whole net, with the smallest zoom for that. */
const keptViews = new Map<string, { x: number; y: number; zoom: number; whole: number | null }>();

type Show = (ms?: number, smallest?: number) => void;

/** A document that comes to the front is shown whole the first time, and later where it was left. */
function useShownDocument(shown: { current: Shown | null }, show: Show): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const ready = useReady();
  const key = useEditor((s) => s.key);
  const replaced = useReplaced();
  const drawn = useRef('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new document is a reason to show it
  useEffect(() => {
    if (!ready) return undefined;
    const kept = drawn.current === key ? undefined : keptViews.get(key);
    drawn.current = key;
    // what stood open over another document
    canvas().set({ popup: null, hover: null, drawing: null, dropWire: null });
    let done = false;
    const frame = requestAnimationFrame(() => {
      done = true;
      if (!kept || kept.whole !== null) return show(0, kept?.whole ?? READABLE);
      shown.current = null;
      void flow.setViewport(kept);
    });
    return () => {
      cancelAnimationFrame(frame);
      const { transform, width } = store.getState();
      // before its first frame the canvas still stands where another document was left
      if (!done || width === 0) return;
      const [x, y, zoom] = transform;
      const whole = isAt(shown.current, transform) ? shown.current.smallest : null;
      keptViews.set(key, { x, y, zoom, whole });
    };
  }, [key, replaced, ready, flow, store, show]);
}

interface Shown {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly smallest: number;
}

/** Whether the user has left the view as it was shown. */
function isAt(view: Shown | null, [x, y, zoom]: readonly [number, number, number]): view is Shown {
  return (
    view !== null && Math.abs(view.x - x) + Math.abs(view.y - y) < 2 && Math.abs(view.zoom - zoom) < 0.01
  );
}

/** When the window or the dock changes its size, a net that was shown whole is so again. */
function useFollowSize(shown: { readonly current: Shown | null }, show: Show): void {
  const store = useStoreApi();
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (now.width === before.width && now.height === before.height) return;
        if (isAt(shown.current, before.transform)) show(0, shown.current.smallest);
      }),
    [store, shown, show],
  );
}

/** Counts documents: an edit shares some of its records with what was there before, another document none. */
function useReplaced(): number {
  const doc = useEditor((s) => s.history.present);
  const last = useRef({ doc, count: 0 });
  const before = last.current;
  if (before.doc !== doc) {
    const own = Object.entries(doc).filter(([, v]) => typeof v === 'object');
    const other = own.every(([k, v]) => v !== before.doc[k as keyof GraphDocument]);
    last.current = { doc, count: before.count + (other ? 1 : 0) };
  }
  return last.current.count;
}

/** Whether the canvas has a size. */
function useReady(): boolean {
  const { viewportInitialized } = useReactFlow();
  return viewportInitialized;
}

function useViewCommands(show: Show): void {
  const flow = useReactFlow();
  useEffect(() => {
    const some = () => Object.keys(useEditor.getState().history.present.nodes).length > 0;
    const soon = () => requestAnimationFrame(() => show(180));
    const stops = [
      registerCommand('view.fit', { run: () => show(180, SMALLEST), enabled: some }),
      registerCommand('view.zoom-in', () => flow.zoomIn({ duration: motion(140) })),
      registerCommand('view.zoom-out', () => flow.zoomOut({ duration: motion(140) })),
      registerCommand('view.arrange', { run: () => arrangeNet(soon), enabled: some }),
      registerCommand('layout.down', { run: () => arrangeNet(soon, 'down'), enabled: some }),
      registerCommand('layout.right', { run: () => arrangeNet(soon, 'right'), enabled: some }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [flow, show]);
}

/** Other parts of the window ask to see a node. */
function useFocusRequests(shown: { readonly current: Shown | null }, show: Show): void {
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
          const rect = { x, y, width: node.width ?? 0, height: node.height ?? 0 };
          const { transform, ...window } = store.getState();
          if (move === 'if-hidden') {
            if (isSeen(rect, transform, window)) return;
            // a net that grows stays whole as long as it can be read
            const whole = isAt(shown.current, transform);
            if (whole) show(180);
            const now = shown.current;
            if (whole && now && isSeen(rect, [now.x, now.y, now.zoom], window)) return;
          }
          const zoom = Math.max(READABLE + 0.15, transform[2]);
          const middle = y + Math.min(rect.height, 200) / 2;
          void flow.setCenter(x + rect.width / 2, middle, { zoom, duration: motion(180) });
        });
      }),
    [flow, store, shown, show],
  );
}

/** Whether all of it is in sight, above the totals. */
function isSeen(
  { x, y, width, height }: Rect,
  [left, top, zoom]: readonly [number, number, number],
  window: Size,
): boolean {
  const [x0, y0] = [x * zoom + left, y * zoom + top];
  const right = x0 + width * zoom <= window.width;
  return x0 >= 0 && y0 >= 0 && right && y0 + height * zoom <= window.height - INSET.bottom + 8;
}
