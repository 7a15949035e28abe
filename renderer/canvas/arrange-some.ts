import type { GraphDocument } from '../../engine/graph/document';
import { boundsOf, GRID, NODE_HEIGHT, NODE_SIZE, NODE_WIDTH, type Point, snap } from './geometry';
import { type Link, layered } from './layered';
import { directionOf } from './layout';

type Places = ReadonlyMap<string, Point>;

/**
 * Places for some nodes of a net: laid out among themselves, around the middle that they have now. Where they would
 * come to lie on others they go to the nearest place that is free. All other nodes stay.
 */
export function arrangeSome(doc: GraphDocument, ids: readonly string[]): Places {
  const chosen = new Set(ids.filter((id) => doc.nodes[id]?.position));
  if (chosen.size < 2) return new Map();
  const present = new Map([...chosen].map((id) => [id, doc.nodes[id]!.position!] as const));
  const links = Object.values(doc.edges).map((e): Link => [e.from.node, e.to.node]);
  const boxes = [...chosen].map((id) => ({ id, ...NODE_SIZE }));
  const fresh = layered(boxes, links, { direction: directionOf(doc), hints: present });
  const [from, to] = [middleOf(fresh.values()), middleOf(present.values())];
  const moved = [...fresh].map(
    ([id, p]) => [id, { x: snap(p.x + to.x - from.x), y: snap(p.y + to.y - from.y) }] as const,
  );
  const others = Object.entries(doc.nodes).flatMap(([id, n]) =>
    n.position && !chosen.has(id) ? [n.position] : [],
  );
  const by = freeShift(
    moved.map(([, p]) => p),
    others,
  );
  return new Map(moved.map(([id, p]) => [id, { x: p.x + by.x, y: p.y + by.y }]));
}

function middleOf(places: Iterable<Point>): Point {
  const { x, y, width, height } = boundsOf([...places].map((p) => ({ ...p, ...NODE_SIZE })));
  return { x: x + width / 2, y: y + height / 2 };
}

/** How far around is looked for room, in steps of the grid. */
const FARTHEST = 60;

/** The shortest way by which all of `places` come to lie free of `others`. */
function freeShift(places: readonly Point[], others: readonly Point[]): Point {
  const taken = cellsOf(others);
  for (let ring = 0; ring <= FARTHEST; ring++) {
    for (const by of ringOf(ring)) {
      const shift = { x: by.x * GRID, y: by.y * GRID };
      if (!places.some((p) => covers(taken, { x: p.x + shift.x, y: p.y + shift.y }))) return shift;
    }
  }
  return { x: 0, y: 0 };
}

function ringOf(ring: number): readonly Point[] {
  if (ring === 0) return [{ x: 0, y: 0 }];
  const side = Array.from({ length: 2 * ring + 1 }, (_, i) => i - ring);
  const all = side.flatMap((i) => [
    { x: i, y: ring },
    { x: i, y: -ring },
    { x: ring, y: i },
    { x: -ring, y: i },
  ]);
  return all.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
}

type Cells = ReadonlyMap<string, readonly Point[]>;
const cell = (p: Point): Point => ({ x: Math.floor(p.x / NODE_WIDTH), y: Math.floor(p.y / NODE_HEIGHT) });

function cellsOf(places: readonly Point[]): Cells {
  const found = new Map<string, Point[]>();
  for (const p of places) {
    const { x, y } = cell(p);
    const key = `${x} ${y}`;
    found.set(key, [...(found.get(key) ?? []), p]);
  }
  return found;
}

/** Whether a node at `at` would lie on one of `taken`, or closer to it than a step of the grid. */
function covers(taken: Cells, at: Point): boolean {
  const { x, y } = cell(at);
  for (const dx of [-2, -1, 0, 1, 2])
    for (const dy of [-2, -1, 0, 1, 2])
      for (const p of taken.get(`${x + dx} ${y + dy}`) ?? [])
        if (Math.abs(p.x - at.x) < NODE_WIDTH + GRID && Math.abs(p.y - at.y) < NODE_HEIGHT + GRID / 2)
          return true;
  return false;
}
