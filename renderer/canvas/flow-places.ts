import type { Flow, FlowNode } from './flow-types';
import type { Point, Rect } from './geometry';
import { handleEnd } from './handles';
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
  const [from, to] = [
    endOf(flow, wire.source, wire.sourceHandle),
    endOf(flow, wire.target, wire.targetHandle),
  ];
  const { side, lane, stem, direction } = wire.data!;
  return wirePath({
    from: from ?? { x: a.x + a.width / 2, y: a.y + a.height },
    to: to ?? { x: b.x + b.width / 2, y: b.y },
    ...{ source: a, target: b, side, lane, stem, direction },
  }).middle;
}

/** Where a wire ends at a node: the outer edge of its handle, a box of one pixel. */
function endOf(flow: Flow, path: string, id: string | null | undefined): Point | undefined {
  const handle = flow.nodes.find((n) => n.id === path)?.handles?.find((h) => h.id === id);
  const at = placeOf(flow, path);
  if (!handle || !at) return undefined;
  const { x, y } = handleEnd(handle);
  return { x: at.x + x, y: at.y + y };
}
