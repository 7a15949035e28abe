import type { Flow, FlowNode } from './flow-types';
import type { Point, Rect } from './geometry';
import { wirePath } from './wire-path';

/** Where a node is drawn, whatever frames it lies in. */
export function placeOf({ nodes }: Flow, path: string): Rect | undefined {
  const node = nodes.find((n) => n.id === path);
  return node && rectOf(node, nodes);
}

function rectOf(node: FlowNode, nodes: readonly FlowNode[]): Rect {
  const parent = node.parentId === undefined ? undefined : nodes.find((n) => n.id === node.parentId);
  const { x, y } = parent ? rectOf(parent, nodes) : { x: 0, y: 0 };
  return { x: x + node.position.x, y: y + node.position.y, width: node.width ?? 0, height: node.height ?? 0 };
}

/** The upper end of a node's right side. */
export function besideNode(flow: Flow, path: string): Point | undefined {
  const rect = placeOf(flow, path);
  return rect && { x: rect.x + rect.width, y: rect.y + 10 };
}

export function middleOfWire(flow: Flow, id: string | undefined): Point | undefined {
  const wire = flow.wires.find((w) => w.id === id);
  const [a, b] = wire ? [placeOf(flow, wire.source), placeOf(flow, wire.target)] : [];
  if (!wire || !a || !b) return undefined;
  const port = flow.nodes.find((n) => n.id === wire.target)?.handles?.find((h) => h.id === wire.targetHandle);
  return wirePath({
    from: { x: a.x + a.width / 2, y: a.y + a.height },
    to: { x: b.x + (port ? port.x + 0.5 : b.width / 2), y: b.y },
    ...{ source: a, target: b, side: wire.data!.side, lane: wire.data!.lane, stem: wire.data!.stem },
  }).middle;
}
