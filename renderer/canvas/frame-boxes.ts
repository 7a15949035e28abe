import type { FrameColour, GraphDocument } from '../../engine/graph/document';
import type { FlowNode } from './flow-types';
import { boundsOf, type Rect } from './geometry';

/** Pixels around the nodes; above them stands the title. Two frames in a column barely meet: rows are 24 apart. */
const PAD = { top: 20, side: 14, bottom: 8 };

export interface FrameBox {
  readonly id: string;
  readonly title: string;
  readonly colour: FrameColour;
  readonly nodes: readonly string[];
  readonly rect: Rect;
}

/** Where the frames of the document are drawn: around their nodes as these are drawn now, blocks that stand open too. */
export function frameBoxes(groups: GraphDocument['groups'], nodes: readonly FlowNode[]): readonly FrameBox[] {
  if (Object.keys(groups).length === 0) return [];
  const drawn = new Map(nodes.filter((n) => n.parentId === undefined).map((n) => [n.id, n]));
  return Object.entries(groups).flatMap(([id, { title, colour = 'grey', nodes: named }]) => {
    const there = named.filter((n) => drawn.has(n));
    if (there.length === 0) return [];
    const inner = boundsOf(there.map((n) => rectOf(drawn.get(n)!)));
    const rect = {
      x: inner.x - PAD.side,
      y: inner.y - PAD.top,
      width: inner.width + 2 * PAD.side,
      height: inner.height + PAD.top + PAD.bottom,
    };
    return [{ id, title, colour, nodes: there, rect }];
  });
}

const rectOf = (n: FlowNode): Rect => ({ ...n.position, width: n.width ?? 0, height: n.height ?? 0 });
