import { type Edge, type Node, Position } from '@xyflow/react';
import type { DiffState, GraphDiff, NodeDiff, WireDiff } from '../../engine/analysis/diff';
import type { GraphDocument } from '../../engine/graph/document';
import type { Category } from '../../engine/nodes/define';
import { OUT } from '../canvas/connection';
import { NODE_SIZE, type Point, portX } from '../canvas/geometry';
import { type Lane, laneBeside } from '../canvas/lanes';
import { arrange } from '../canvas/layout';
import { wireWidth } from '../canvas/wire-path';
import { changeLines, SIGNS, shapeText, unitOf } from './change-text';

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

/** All nodes and wires of two nets as one graph, in layers from the top down. */
export function unionFlow({ nodes, wires }: GraphDiff): UnionFlow {
  const places = arrange({
    nodes: Object.fromEntries(nodes.map((n) => [n.key, EMPTY])),
    edges: Object.fromEntries(
      wires.map((w, i) => [`w${i}`, { from: { node: w.from, port: OUT }, to: { node: w.to, port: w.port } }]),
    ),
  });
  const drawn = new Map(nodes.map((n) => [n.key, toNode(n, places.get(n.key)!)]));
  const known = new Map(nodes.map((n) => [n.key, n]));
  return {
    nodes: [...drawn.values()],
    wires: wires.map((w) => toWire(w, known.get(w.from)!, drawn)),
  };
}

/** Only its key counts for the layout. */
const EMPTY: GraphDocument['nodes'][string] = { type: '-', v: 1, params: {} };

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
  // of what changed, a new shape has a place of its own
  const told = changeLines({ ...n, shape: undefined });
  const plain = instance.detail === shape ? '' : instance.detail;
  const ports = new Set([...(n.before?.sources.keys() ?? []), ...(n.after?.sources.keys() ?? [])]);
  return {
    ...{ state: n.state, follows: n.follows, title: instance.title },
    detail: n.shape ? told.join(', ') : told.length > 0 ? told.join(', ') : plain,
    shape: n.shape ? `${shapeText(n.shape.from)} → ${shapeText(n.shape.to)}` : shape,
    category: instance.def?.category,
    composite: instance.def?.kind === 'composite',
    ports: [...ports].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}

function toWire(
  { from, to, port, state }: WireDiff,
  source: NodeDiff,
  drawn: ReadonlyMap<string, UnionNode>,
): UnionWire {
  const [a, b] = [drawn.get(from)!, drawn.get(to)!];
  const { ports } = b.data;
  const { width, height } = NODE_SIZE;
  const start = { x: a.position.x + width / 2, y: a.position.y + height };
  const end = { x: b.position.x + portX(ports.indexOf(port), ports.length, width), y: b.position.y };
  const others = [...drawn.values()].filter((n) => n !== a && n !== b);
  const boxes = others.map((n) => ({ ...n.position, width, height }));
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
