import type { EdgeRecord, GraphDocument, NodeRecord } from '../document';
import type { Command } from '../history';
import type { Position } from './nodes';
import { freeId } from './records';

/** A node on the canvas is 184×56 pixels; with the gap to the next one a row is 80 and a column 220. */
const ROW = 80;
const COLUMN = 220;
const WIDTH = 184;
const GRID = 20;

export interface Inserted {
  /** The id that it gets where that is free. */
  readonly id?: string;
  readonly type: string;
  readonly v?: number;
  readonly params?: NodeRecord['params'];
  /** The port that takes the wire; `x` where it is left out. */
  readonly port?: string;
}

/**
 * Puts a new node on a wire: the wire's source feeds the node, and the node feeds the wire's target.
 *
 * @param more     nodes behind the first, in order
 * @param position of the first; left out, it stands on the wire and what is below makes room
 */
export const insertNode: Command<
  Inserted & { edge: string; more?: readonly Inserted[]; position?: Position }
> = {
  id: 'edge.insert',
  label: 'insert node',
  run(doc, { edge, more = [], position, type, v = 1, params = {}, port = 'x', id: wanted }) {
    const wire = doc.edges[edge];
    if (!wire) return doc;
    const id = wanted && !Object.hasOwn(doc.nodes, wanted) ? wanted : freeId(type, doc.nodes);
    const room = position ? { doc, position } : makeRoom(doc, wire);
    const node: NodeRecord = { type, v, params, ...(room.position && { position: room.position }) };
    const onwards = freeId('e', doc.edges);
    const next: GraphDocument = {
      ...room.doc,
      nodes: { ...room.doc.nodes, [id]: node },
      edges: {
        ...doc.edges,
        [edge]: { from: wire.from, to: { node: id, port } },
        [onwards]: { from: { node: id, port: 'out' }, to: wire.to },
      },
    };
    const [second, ...rest] = more;
    return second ? insertNode.run(next, { ...second, edge: onwards, more: rest }) : next;
  },
};

interface Room {
  readonly doc: GraphDocument;
  readonly position?: Position;
}

/** A place between the ends of `wire`. Where there is none, the target and what stands below it move down. */
function makeRoom(doc: GraphDocument, { from, to }: EdgeRecord): Room {
  const [a, b] = [doc.nodes[from.node]?.position, doc.nodes[to.node]?.position];
  if (!a || !b) return { doc };
  if (b.y - a.y >= 2 * ROW) {
    const middle = { x: snap((a.x + b.x) / 2), y: snap((a.y + b.y) / 2) };
    return { doc, position: freePlace(doc, middle) };
  }
  const place = { x: b.x, y: b.y > a.y ? Math.min(b.y, a.y + ROW) : b.y };
  const push = place.y + ROW - b.y;
  const moved = Object.entries(doc.nodes).map(([id, n]) => {
    const below =
      n.position && n.position.y >= b.y && Math.abs(n.position.x - b.x) < WIDTH && id !== from.node;
    return [id, below ? { ...n, position: { x: n.position!.x, y: n.position!.y + push } } : n] as const;
  });
  return { doc: { ...doc, nodes: Object.fromEntries(moved) }, position: place };
}

const snap = (v: number): number => Math.round(v / GRID) * GRID;

/** The first place beside `at`, in turn to its right and left, on which no node stands. */
function freePlace(doc: GraphDocument, at: Position): Position {
  const taken = (x: number) =>
    Object.values(doc.nodes).some(
      ({ position: p }) => p && Math.abs(p.x - x) < WIDTH + GRID && Math.abs(p.y - at.y) < ROW - GRID,
    );
  for (let step = 0; step < 8; step++) {
    for (const x of [at.x + step * COLUMN, at.x - step * COLUMN]) if (!taken(x)) return { x, y: at.y };
  }
  return at;
}
