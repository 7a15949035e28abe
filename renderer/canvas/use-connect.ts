import type { Connection, Edge, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { addEdge, deleteEdges } from '../../engine/graph/commands/edges';
import type { End } from '../../engine/graph/document';
import { analysisOf, useEditor } from '../app/store';
import { canvas } from './canvas-state';
import { bestPort, explainConnection, OUT, refuses, verdicts } from './connection';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from './geometry';

/** Draws a wire between two ends, in whichever order they come, and shows it when the target does not take it. */
export function connect(a: End, b: End, gesture?: string): void {
  const { history, run, select } = useEditor.getState();
  const doc = history.present;
  const fault = explainConnection(doc, analysisOf(doc), a, b);
  if (fault && refuses(fault)) return;
  const [from, to] = a.port === OUT ? [a, b] : [b, a];
  run(addEdge, { from, to }, gesture);
  const after = useEditor.getState().history.present;
  const fresh = Object.keys(after.edges).find((id) => !doc.edges[id]);
  if (fault && fresh) select({ edges: [fresh] });
}

const endsOf = (c: Connection | Edge): [End, End] => [
  { node: c.source, port: c.sourceHandle ?? OUT },
  { node: c.target, port: c.targetHandle ?? 'x' },
];

/** What React Flow asks and reports while a wire is drawn. */
export function useConnect() {
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    /** React Flow reports the connection first, and then the end of the drag. */
    let done = false;
    /** The wire whose end is in the hand. */
    let moving: Edge | null = null;
    return {
      onConnectStart(_: unknown, start: OnConnectStartParams) {
        done = false;
        begin(start);
      },
      onConnect(c: Connection) {
        done = true;
        connect(...endsOf(c));
      },
      onReconnectStart(_: unknown, edge: Edge) {
        moving = edge;
      },
      onReconnect(old: Edge, c: Connection) {
        done = true;
        reconnect(old.id, (gesture) => connect(...endsOf(c), gesture));
      },
      onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
        const from = canvas().drawing?.from;
        const old = moving?.id;
        moving = null;
        canvas().set({ drawing: null });
        if (!done && from && !(state.toHandle && state.isValid))
          letGo({ from, old }, event, state, screenToFlowPosition);
      },
      isValidConnection,
    };
  }, [screenToFlowPosition]);
}

function begin({ nodeId, handleId }: OnConnectStartParams): void {
  if (nodeId === null) return;
  const doc = useEditor.getState().history.present;
  const from = { node: nodeId, port: handleId ?? OUT };
  const drawing = { from, verdicts: verdicts(doc, analysisOf(doc), from) };
  canvas().set({ drawing, popup: null, hover: null });
}

function isValidConnection(c: Connection | Edge): boolean {
  const doc = useEditor.getState().history.present;
  const fault = explainConnection(doc, analysisOf(doc), ...endsOf(c));
  return !fault || !refuses(fault);
}

/** Draws a wire in the place of `old`, in one step; `old` stays where none comes of it. */
function reconnect(old: string, draw: (gesture: string) => void): void {
  const gesture = `reconnect ${crypto.randomUUID()}`;
  const before = useEditor.getState().history.present;
  draw(gesture);
  const { history, run } = useEditor.getState();
  if (history.present !== before) run(deleteEdges, { ids: [old] }, gesture);
}

interface InHand {
  readonly from: End;
  /** The wire that was there before, when its end is moved. */
  readonly old: string | undefined;
}

/** Not on a port: over a node its best port is taken; over nothing a list offers nodes to add, or the old wire goes. */
function letGo(
  { from, old }: InHand,
  event: MouseEvent | TouchEvent,
  { toHandle }: FinalConnectionState,
  toFlow: (p: Point) => Point,
): void {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event;
  const under = nodeUnder({ x, y });
  if (under !== undefined) {
    if (old === undefined) dropOnNode(from, under);
    else reconnect(old, (gesture) => dropOnNode(from, under, gesture));
  }
  if (under !== undefined || toHandle || !overPane({ x, y })) return;
  if (old !== undefined) {
    useEditor.getState().run(deleteEdges, { ids: [old] });
    return;
  }
  const place = toFlow({ x, y });
  const above = from.port === OUT ? 0 : NODE_HEIGHT;
  const corner = { x: place.x - NODE_WIDTH / 2, y: place.y - above };
  canvas().set({ popup: { sort: 'add', at: { x, y }, place: corner, from } });
}

/** A wire that is let go over a node, not over one of its ports, takes the port that suits best. */
function dropOnNode(from: End, node: string, gesture?: string): void {
  if (node === from.node) return;
  const doc = useEditor.getState().history.present;
  const port = bestPort(doc, verdicts(doc, analysisOf(doc), from), node);
  if (port) connect(from, port, gesture);
}

/** The node under a point of the window. */
export const nodeUnder = ({ x, y }: Point): string | undefined =>
  document.elementFromPoint(x, y)?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;

/** The wire under a point; ports reach out over the wires that end in them, and do not hide them, nor does `dragged`. */
export function wireUnder({ x, y }: Point, dragged?: string): string | undefined {
  const hides = (e: Element) =>
    !e.closest('.port') && e.closest('.react-flow__node')?.getAttribute('data-id') !== (dragged ?? null);
  const elements = document.elementsFromPoint(x, y).filter(hides);
  return elements[0]?.closest('.react-flow__edge')?.getAttribute('data-id') ?? undefined;
}
const overPane = ({ x, y }: Point): boolean =>
  document.elementFromPoint(x, y)?.closest('.react-flow__pane, .react-flow__edge') != null;
