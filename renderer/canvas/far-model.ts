import { colourName } from '../ui/glyph-paths';
import type { Flow, FlowNode, FlowWire } from './flow-types';
import type { Point, Rect } from './geometry';
import { handleEnd } from './handles';
import { wirePath } from './wire-path';

/** A node from far: a bar in the colour of its kind; a block with its name. */
export interface FarNode extends Rect {
  readonly id: string;
  readonly look: 'bar' | 'block' | 'frame';
  readonly title: string;
  /** Name of the colour's token. */
  readonly colour: string;
  readonly bad: boolean;
  readonly selected: boolean;
}
export interface FarWire extends Rect {
  readonly path: Path2D;
  readonly tone: 'plain' | 'hot' | 'bad';
  readonly stroke: number;
}
export interface FarModel {
  readonly nodes: readonly FarNode[];
  readonly wires: readonly FarWire[];
  readonly places: ReadonlyMap<string, FarNode>;
}

/** What is painted of a flow, with places that count from the canvas' origin. */
export function farModel({ nodes, wires }: Flow): FarModel {
  const places = new Map<string, FarNode>();
  const known = new Map(nodes.map((n) => [n.id, n]));
  for (const n of nodes) places.set(n.id, farNode(n, places));
  const drawn = wires.flatMap((w) => {
    const [a, b] = [known.get(w.source), known.get(w.target)];
    return a && b ? [farWire(w, [a, places.get(a.id)!], [b, places.get(b.id)!])] : [];
  });
  return { nodes: [...places.values()], wires: drawn, places };
}

const nodesSeen = new WeakMap<FlowNode, FarNode>();

function farNode(n: FlowNode, places: ReadonlyMap<string, FarNode>): FarNode {
  const parent = n.parentId === undefined ? undefined : places.get(n.parentId);
  const [x, y] = [n.position.x + (parent?.x ?? 0), n.position.y + (parent?.y ?? 0)];
  const before = nodesSeen.get(n);
  if (before?.x === x && before.y === y) return before;
  const { open, composite, title, category, problem } = n.data;
  const fresh: FarNode = {
    ...{ id: n.id, x, y, width: n.width ?? 0, height: n.height ?? 0, title },
    look: open ? 'frame' : composite ? 'block' : 'bar',
    colour: colourName(category),
    bad: problem === 'error',
    selected: n.selected === true,
  };
  nodesSeen.set(n, fresh);
  return fresh;
}

type End = readonly [node: FlowNode, place: FarNode];
const wiresSeen = new WeakMap<
  FlowWire,
  { readonly from: Point; readonly to: Point; readonly wire: FarWire }
>();

function farWire(w: FlowWire, source: End, target: End): FarWire {
  const [from, to] = [endOf(source, w.sourceHandle), endOf(target, w.targetHandle)];
  const before = wiresSeen.get(w);
  const still = before && before.from.x === from.x && before.from.y === from.y;
  if (still && before.to.x === to.x && before.to.y === to.y) return before.wire;
  const { side, lane, stem, direction, tone, stroke } = w.data!;
  const { d } = wirePath({
    ...{ from, to, source: source[1], target: target[1] },
    ...{ side, lane, stem, direction },
  });
  const wire = { path: new Path2D(d), tone, stroke, ...boxOf(d) };
  wiresSeen.set(w, { from, to, wire });
  return wire;
}

function endOf([node, place]: End, id: string | null | undefined): Point {
  const handle = node.handles?.find((h) => h.id === id);
  const { x, y } = handle ? handleEnd(handle) : { x: place.width / 2, y: place.height / 2 };
  return { x: place.x + x, y: place.y + y };
}

/** Around all points of a way: its curves lie within. */
function boxOf(d: string): Rect {
  const numbers = d.match(/-?\d+(?:\.\d+)?/g)!.map(Number);
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The node under a point of the canvas: the innermost. */
export function nodeAt({ nodes }: FarModel, { x, y }: Point): string | undefined {
  let found: string | undefined;
  for (const n of nodes) if (x >= n.x && x <= n.x + n.width && y >= n.y && y <= n.y + n.height) found = n.id;
  return found;
}
