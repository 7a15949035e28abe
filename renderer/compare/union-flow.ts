import { type Edge, type Node, Position } from '@xyflow/react';
import type { DiffState, GraphDiff, NodeDiff, WireDiff } from '../../engine/analysis/diff';
import type { Category } from '../../engine/nodes/define';
import { OUT } from '../canvas/connection';
import { NODE_SIZE, type Point, portX, type Rect } from '../canvas/geometry';
import { type Lane, laneBeside } from '../canvas/lanes';
import { wireWidth } from '../canvas/wire-path';
import { changeLines, SIGNS, shapeText, unitOf } from './change-text';
import { unionPlaces } from './union-places';

export interface UnionData extends Record<string, unknown> {
  readonly state: DiffState;
  readonly follows: boolean;
  readonly title: string;
  readonly detail: string;
  readonly shape: string;
  readonly category: Category | undefined;
  readonly composite: boolean;
  readonly ports: readonly string[];
}
export type UnionNode = Node<UnionData, 'union'>;
export interface UnionWireData extends Record<string, unknown> {
  readonly state: WireDiff['state'];
  readonly stroke: number;
  readonly side: boolean;
  readonly lane: Lane | undefined;
}
export type UnionWire = Edge<UnionWireData, 'union'>;
export interface UnionFlow {
  readonly nodes: readonly UnionNode[];
  readonly wires: readonly UnionWire[];
}

/** All nodes and wires of two nets as one graph. */
export function unionFlow(union: GraphDiff): UnionFlow {
  const { nodes, wires } = union;
  const places = unionPlaces(union);
  const drawn = new Map(nodes.map((n) => [n.key, toNode(n, places.get(n.key)!)]));
  const known = new Map(nodes.map((n) => [n.key, n]));
  // the ends of a wire do not stand in its way: it runs below the one and above the other
  const boxes = [...drawn.values()].map((n) => ({ ...n.position, ...NODE_SIZE }));
  return {
    nodes: [...drawn.values()],
    wires: wires.map((w) => toWire(w, known.get(w.from)!, drawn, boxes)),
  };
}

function toNode(n: NodeDiff, position: Point): UnionNode {
  const data = faceOf(n);
  const handle = { width: 1, height: 1 };
  const { width, height } = NODE_SIZE;
  return {
    id: n.key,
    type: 'union',
    position,
    ...{ data, width, height, measured: { width, height } },
    ...{ draggable: false, connectable: false, deletable: false },
    ariaLabel: [n.state, data.title, ...changeLines(n)].join(', '),
    domAttributes: { 'data-testid': `union-${n.key}` } as NonNullable<UnionNode['domAttributes']>,
    handles: [
      ...data.ports.map((id, i) => ({
        ...{ ...handle, id, type: 'target' as const, position: Position.Top },
        ...{ x: portX(i, data.ports.length, width), y: 0 },
      })),
      { ...handle, id: OUT, type: 'source', position: Position.Bottom, x: width / 2, y: height },
    ],
  };
}

function faceOf(n: NodeDiff): UnionData {
  const { instance } = unitOf(n);
  const shape = shapeText(instance.output?.shape);
  // the list tells all; here what was changed by hand takes the room of what follows from it
  const told = changeLines({ ...n, shape: undefined }).join(', ');
  const moved = n.shape !== undefined && told === '';
  const plain = instance.detail === shape || moved ? '' : instance.detail;
  const ports = new Set([...(n.before?.sources.keys() ?? []), ...(n.after?.sources.keys() ?? [])]);
  return {
    ...{ state: n.state, follows: n.follows, title: instance.title },
    detail: told || plain,
    shape: moved ? `${shapeText(n.shape?.from)} → ${shapeText(n.shape?.to)}` : shape,
    category: instance.def?.category,
    composite: instance.def?.kind === 'composite',
    ports: [...ports].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}

function toWire(
  { from, to, port, state }: WireDiff,
  source: NodeDiff,
  drawn: ReadonlyMap<string, UnionNode>,
  boxes: readonly Rect[],
): UnionWire {
  const [a, b] = [drawn.get(from)!, drawn.get(to)!];
  const { ports } = b.data;
  const { width, height } = NODE_SIZE;
  const start = { x: a.position.x + width / 2, y: a.position.y + height };
  const end = { x: b.position.x + portX(ports.indexOf(port), ports.length, width), y: b.position.y };
  const stroke = wireWidth(unitOf(source).instance.output?.shape);
  return {
    id: `${from}>${to}.${port} ${state}`,
    type: 'union',
    ...{ source: from, sourceHandle: OUT, target: to, targetHandle: port },
    ...{ selectable: false, focusable: false, deletable: false, reconnectable: false },
    ariaLabel: `${SIGNS[state]} wire from ${a.data.title} to ${b.data.title}`,
    data: { state, stroke, side: ports.length === 1, lane: laneBeside(start, end, boxes) },
  };
}
