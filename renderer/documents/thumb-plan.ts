import type { GraphDocument, NodeRecord } from '../../engine/graph/document';
import { kindsOf } from '../../engine/nodes/user-block';
import { boundsOf, NODE_SIZE, type Rect } from '../canvas/geometry';
import { placeMissing } from '../canvas/place-missing';
import { colourName } from '../ui/glyph-paths';

interface Box extends Rect {
  readonly id: string;
  /** Token of the category's colour. */
  readonly colour: string;
  /** Whether it is another than in the state before. */
  readonly fresh: boolean;
}
export interface ThumbPlan {
  readonly view: Rect;
  readonly boxes: readonly Box[];
  /** Paths of SVG. */
  readonly wires: readonly { readonly id: string; readonly d: string; readonly fresh: boolean }[];
}

/** Above this a node in the picture could no longer be told from a line. */
const MOST = { width: 2200, height: 1650 };
const MARGIN = 60;

/**
 * A net as boxes and lines, small enough that hundreds of them can be shown: nothing is analysed. What differs from
 * `before` is fresh, and a large net is cut to where that is.
 */
export function planThumb(doc: GraphDocument, before?: GraphDocument): ThumbPlan {
  const found = kindsOf(doc.blocks);
  const places = placed(doc);
  const boxes = Object.entries(doc.nodes).map(([id, node]): Box => {
    const at = places.get(id) ?? { x: 0, y: 0 };
    const fresh = before !== undefined && before.nodes[id] !== node;
    return { id, ...at, ...NODE_SIZE, colour: colourName(found(node.type)?.category), fresh };
  });
  const known = new Map(boxes.map((b) => [b.id, b]));
  const wires = Object.entries(doc.edges).flatMap(([id, { from, to }]) => {
    const [a, b] = [known.get(from.node), known.get(to.node)];
    const fresh = before !== undefined && before.edges[id] !== doc.edges[id];
    return a && b ? [{ id, d: line(a, b), fresh }] : [];
  });
  return { view: viewOf(boxes), boxes, wires };
}

function placed(doc: GraphDocument): ReadonlyMap<string, { x: number; y: number }> {
  const own = Object.entries(doc.nodes).flatMap(([id, { position }]: [string, NodeRecord]) =>
    position ? [[id, position] as const] : [],
  );
  const missing = own.length < Object.keys(doc.nodes).length ? placeMissing(doc) : [];
  return new Map([...own, ...missing]);
}

function line(a: Rect, b: Rect): string {
  const [x0, y0] = [a.x + a.width / 2, a.y + a.height];
  const [x1, y1] = [b.x + b.width / 2, b.y];
  const bend = Math.max(20, Math.abs(y1 - y0) / 2);
  return `M${x0} ${y0}C${x0} ${y0 + bend} ${x1} ${y1 - bend} ${x1} ${y1}`;
}

function viewOf(boxes: readonly Box[]): Rect {
  const { x, y, width, height } = boundsOf(boxes);
  const whole = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  const fresh = boxes.filter((b) => b.fresh);
  // of a net that is new all over the start is shown, as on the canvas
  const target = fresh.length > 0 && fresh.length < boxes.length ? boundsOf(fresh) : { ...whole, height: 0 };
  const size = { width: Math.min(whole.width, MOST.width), height: Math.min(whole.height, MOST.height) };
  return {
    ...size,
    x: within(target.x + target.width / 2 - size.width / 2, whole.x, whole.width - size.width),
    y: within(target.y + target.height / 2 - size.height / 2, whole.y, whole.height - size.height),
  };
}

const within = (v: number, start: number, room: number): number => Math.max(start, Math.min(v, start + room));
