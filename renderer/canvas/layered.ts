import { Graph, layout } from '@dagrejs/dagre';
import { COLUMN_GAP, GRID, type Point, type Rect, ROW_GAP, type Size } from './geometry';

export interface Box extends Size {
  readonly id: string;
}
export type Link = readonly [from: string, to: string];
type Rects = Map<string, Rect>;

/** Rows between which wires run sideways stand this much further apart. */
const FAN = 2 * GRID;
const SIDEWAYS = 40;

/** Top left corners of boxes in layers from the top down, sources above users, the first branch at the left. */
export function layered(boxes: readonly Box[], links: readonly Link[]): ReadonlyMap<string, Point> {
  const rects = byDagre(boxes, links);
  const known = links.filter(([a, b]) => rects.has(a) && rects.has(b));
  mirror(rects, known);
  centreLoose(rects, known);
  straighten(rects, known);
  spreadFans(rects, known);
  return rects;
}

function byDagre(boxes: readonly Box[], links: readonly Link[]): Rects {
  const g = new Graph({ multigraph: true });
  g.setGraph({ rankdir: 'TB', nodesep: COLUMN_GAP, ranksep: ROW_GAP, edgesep: COLUMN_GAP });
  g.setDefaultEdgeLabel(() => ({}));
  // dagre does not take an empty name, which the outside of a block has
  const names = new Map(boxes.map((b, i) => [b.id, `n${i}`]));
  for (const { id, width, height } of boxes) g.setNode(names.get(id)!, { width, height });
  links.forEach(([from, to], i) => {
    const [a, b] = [names.get(from), names.get(to)];
    if (a && b && a !== b) g.setEdge(a, b, {}, String(i));
  });
  layout(g);
  return new Map(
    boxes.map(({ id, width, height }) => {
      const { x, y } = g.node(names.get(id)!) as Point;
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
}

const middle = (r: Rect): number => r.x + r.width / 2;

/** Turns the picture round where the first branch of the first fork came to the right of its last. */
function mirror(rects: Rects, links: readonly Link[]): void {
  const users = new Map<string, string[]>();
  for (const [a, b] of links) users.set(a, [...(users.get(a) ?? []), b]);
  const fork = [...rects.keys()].map((id) => users.get(id) ?? []).find((u) => u.length > 1);
  if (!fork || middle(rects.get(fork[0]!)!) <= middle(rects.get(fork.at(-1)!)!)) return;
  for (const [id, r] of rects) rects.set(id, { ...r, x: -r.x - r.width });
}

/** A node stands right below the one that leads to it, where that is the only way on and the last one in. */
function straighten(rects: Rects, links: readonly Link[]): void {
  const next = new Map<string, number>();
  for (const [a] of links) next.set(a, (next.get(a) ?? 0) + 1);
  const last = closest(
    rects,
    links.map(([a, b]): Link => [b, a]),
    (y) => -y,
  );
  for (const [id, r] of [...rects].sort(([, a], [, b]) => a.y - b.y)) {
    const above = last.get(id);
    if (above === undefined || next.get(above) !== 1) continue;
    const moved = { ...r, x: middle(rects.get(above)!) - r.width / 2 };
    if (![...rects].some(([other, q]) => other !== id && overlap(moved, q))) rects.set(id, moved);
  }
}

/** For each node the nearest that it links to, if there is one nearest. */
function closest(
  rects: Rects,
  links: readonly Link[],
  order: (y: number) => number,
): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, { id: string | undefined; y: number }>();
  for (const [a, b] of links) {
    const y = order(rects.get(b)!.y);
    const best = found.get(a);
    if (!best || y < best.y) found.set(a, { id: b, y });
    else if (y === best.y) found.set(a, { id: undefined, y });
  }
  return new Map([...found].map(([id, best]) => [id, best.id]));
}

/** A single node on a short way beside a long one stands half way down, not at its end. */
function centreLoose(rects: Rects, links: readonly Link[]): void {
  const rows = [...new Set([...rects.values()].map((r) => r.y))].sort((a, b) => a - b);
  for (const [id, r] of rects) {
    const above = links.filter(([, b]) => b === id).map(([a]) => rects.get(a)!);
    const below = links.filter(([a]) => a === id).map(([, b]) => rects.get(b)!);
    if (above.length === 0 || below.length === 0) continue;
    const [top, bottom] = [Math.max(...above.map((a) => a.y + a.height)), Math.min(...below.map((b) => b.y))];
    const goal = (top + bottom - r.height) / 2;
    const y = rows.reduce((best, row) => (Math.abs(row - goal) < Math.abs(best - goal) ? row : best), r.y);
    const moved = { ...r, y };
    const free =
      y > top && y + r.height < bottom && ![...rects].some(([other, q]) => other !== id && overlap(moved, q));
    if (free) rects.set(id, moved);
  }
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width + GRID && b.x < a.x + a.width + GRID && a.y < b.y + b.height && b.y < a.y + a.height;

/** Gives room above rows into which wires run sideways, or several into one node. */
function spreadFans(rects: Rects, links: readonly Link[]): void {
  const into = new Map<string, number>();
  for (const [, b] of links) into.set(b, (into.get(b) ?? 0) + 1);
  const extra = new Map<number, number>();
  for (const [a, b] of links) {
    const [p, q] = [rects.get(a)!, rects.get(b)!];
    const sideways = q.y - p.y - p.height < ROW_GAP + FAN && Math.abs(middle(p) - middle(q)) > SIDEWAYS;
    const room = sideways ? FAN : into.get(b)! > 1 ? FAN / 2 : 0;
    extra.set(q.y, Math.max(extra.get(q.y) ?? 0, room));
  }
  const rows = [...extra];
  for (const [id, r] of rects)
    rects.set(id, { ...r, y: r.y + rows.reduce((sum, [y, room]) => sum + (y <= r.y ? room : 0), 0) });
}
