import { Graph, layout } from '@dagrejs/dagre';
import { type Direction, placesIn, turnSize } from './axis';
import { boundsOf, COLUMN_GAP, GRID, type Point, type Rect, ROW_GAP, type Size } from './geometry';
import { type Segment, segmentsOf } from './segments';

export interface Box extends Size {
  readonly id: string;
}
export type Link = readonly [from: string, to: string];
type Rects = Map<string, Rect>;

/** Rows between which wires run sideways stand this much further apart. */
const FAN = 2 * GRID;
const SIDEWAYS = 40;

export interface LayeredOptions {
  readonly direction?: Direction;
  /** Where nodes stand now: branches keep their order. */
  readonly hints?: ReadonlyMap<string, Point> | undefined;
}
interface Gaps {
  readonly row: number;
  readonly column: number;
}
const DOWN: Gaps = { row: ROW_GAP, column: COLUMN_GAP };
/** Sideways a wire needs the room of its label. */
const RIGHT: Gaps = { row: 56, column: ROW_GAP };

/**
 * Top left corners of boxes in layers, sources before users, the first branch at the left. Layers go from the top down;
 * in the direction `right` from left to right, the first branch at the top.
 */
export function layered(
  boxes: readonly Box[],
  links: readonly Link[],
  { direction = 'down', hints }: LayeredOptions = {},
): ReadonlyMap<string, Point> {
  if (direction === 'down') return stacked(boxes, links, DOWN, hints);
  const turned = boxes.map(({ id, ...size }) => ({ id, ...turnSize(size) }));
  return placesIn(stacked(turned, links, RIGHT, hints && placesIn(hints, 'right')), 'right');
}

/** What no wire joins side by side; of each the segments below each other, the wire between two of them straight. */
function stacked(
  boxes: readonly Box[],
  links: readonly Link[],
  gaps: Gaps,
  hints: LayeredOptions['hints'],
): Rects {
  const byId = new Map(boxes.map((b) => [b.id, b]));
  const parts = segmentsOf([...byId.keys()], links);
  const inner = linksWithin(parts, links);
  const all: Rects = new Map();
  let left = 0;
  for (const part of parts) {
    const rects: Rects = new Map();
    let top = 0;
    for (const segment of part) {
      const own = inOne(
        segment.ids.map((id) => byId.get(id)!),
        inner.get(segment) ?? [],
        gaps,
        hints,
      );
      const [from, to] = segment.entry ?? [];
      const shift = from && to ? middle(rects.get(from)!) - middle(own.get(to)!) : 0;
      for (const [id, r] of own) rects.set(id, { ...r, x: r.x + shift, y: r.y + top });
      const bottom = Math.max(...[...own.values()].map((r) => r.y + r.height));
      top += bottom + gaps.row;
    }
    const bounds = boundsOf(rects.values());
    for (const [id, r] of rects) all.set(id, { ...r, x: r.x + left - bounds.x });
    left += bounds.width + gaps.column;
  }
  // in the order that was asked
  return new Map(boxes.map((b) => [b.id, all.get(b.id)!]));
}

function linksWithin(
  parts: readonly (readonly Segment[])[],
  links: readonly Link[],
): ReadonlyMap<Segment, readonly Link[]> {
  const segmentOf = new Map(parts.flat().flatMap((s) => s.ids.map((id) => [id, s] as const)));
  const found = new Map<Segment, Link[]>();
  for (const link of links) {
    const segment = segmentOf.get(link[0]);
    if (!segment || segment !== segmentOf.get(link[1])) continue;
    const known = found.get(segment);
    if (known) known.push(link);
    else found.set(segment, [link]);
  }
  return found;
}

/** Nets repeat themselves: what was laid out once is not laid out again. */
const known = new Map<string, readonly Rect[]>();
const MOST_KNOWN = 2000;

/** One segment, its top at 0. */
function inOne(
  boxes: readonly Box[],
  links: readonly Link[],
  gaps: Gaps,
  hints: LayeredOptions['hints'],
): Rects {
  if (boxes.length === 1) {
    const { id, width, height } = boxes[0]!;
    return new Map([[id, { x: 0, y: 0, width, height }]]);
  }
  const index = new Map(boxes.map((b, i) => [b.id, i]));
  const xs = boxes.map((b) => hints?.get(b.id)?.x);
  const ranks = [...new Set(xs.filter((x) => x !== undefined))].sort((a, b) => a - b);
  const key = JSON.stringify([
    gaps.row,
    boxes.map((b) => [b.width, b.height]),
    links.map(([a, b]) => [index.get(a), index.get(b)]),
    ranks.length > 1 ? xs.map((x) => (x === undefined ? -1 : ranks.indexOf(x))) : [],
  ]);
  const before = known.get(key);
  if (before) return new Map(boxes.map((b, i) => [b.id, before[i]!]));
  const fresh = draw(boxes, links, gaps, ranks.length > 1 ? hints : undefined);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(
    key,
    boxes.map((b) => fresh.get(b.id)!),
  );
  return fresh;
}

function draw(
  boxes: readonly Box[],
  links: readonly Link[],
  gaps: Gaps,
  hints: LayeredOptions['hints'],
): Rects {
  const rects = byDagre(boxes, hints ? sortedBy(hints, links) : links, gaps);
  mirror(rects, links, hints);
  centreLoose(rects, links);
  straighten(rects, links);
  spreadFans(rects, links, gaps);
  const top = Math.min(...[...rects.values()].map((r) => r.y));
  for (const [id, r] of rects) rects.set(id, { ...r, y: r.y - top });
  return rects;
}

/** dagre tries the order of the wires first. */
const sortedBy = (hints: ReadonlyMap<string, Point>, links: readonly Link[]): readonly Link[] =>
  [...links].sort((a, b) => (hints.get(a[1])?.x ?? 0) - (hints.get(b[1])?.x ?? 0));

function byDagre(boxes: readonly Box[], links: readonly Link[], gaps: Gaps): Rects {
  const g = new Graph({ multigraph: true });
  g.setGraph({ rankdir: 'TB', nodesep: gaps.column, ranksep: gaps.row, edgesep: gaps.column });
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

/** Turns the picture round where it is the mirror of what stands there now, or of the order of the first branches. */
function mirror(rects: Rects, links: readonly Link[], hints: LayeredOptions['hints']): void {
  if (!(hints ? against(rects, hints) : firstForkAgainst(rects, links))) return;
  for (const [id, r] of rects) rects.set(id, { ...r, x: -r.x - r.width });
}

function against(rects: Rects, hints: ReadonlyMap<string, Point>): boolean {
  const both = [...rects].flatMap(([id, r]) => (hints.has(id) ? [[r.x, hints.get(id)!.x] as const] : []));
  const mean = (side: 0 | 1) => both.reduce((sum, p) => sum + p[side], 0) / both.length;
  const [a, b] = [mean(0), mean(1)];
  return both.reduce((sum, [x, hint]) => sum + (x - a) * (hint - b), 0) < 0;
}

function firstForkAgainst(rects: Rects, links: readonly Link[]): boolean {
  const users = new Map<string, string[]>();
  for (const [a, b] of links) users.set(a, [...(users.get(a) ?? []), b]);
  const fork = [...rects.keys()].map((id) => users.get(id) ?? []).find((u) => u.length > 1);
  return fork !== undefined && middle(rects.get(fork[0]!)!) > middle(rects.get(fork.at(-1)!)!);
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
  const [into, outOf] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const [a, b] of links) {
    into.set(b, [...(into.get(b) ?? []), a]);
    outOf.set(a, [...(outOf.get(a) ?? []), b]);
  }
  for (const [id, r] of rects) {
    const above = (into.get(id) ?? []).map((a) => rects.get(a)!);
    const below = (outOf.get(id) ?? []).map((b) => rects.get(b)!);
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
function spreadFans(rects: Rects, links: readonly Link[], gaps: Gaps): void {
  const into = new Map<string, number>();
  for (const [, b] of links) into.set(b, (into.get(b) ?? 0) + 1);
  const extra = new Map<number, number>();
  for (const [a, b] of links) {
    const [p, q] = [rects.get(a)!, rects.get(b)!];
    const sideways = q.y - p.y - p.height < gaps.row + FAN && Math.abs(middle(p) - middle(q)) > SIDEWAYS;
    const room = sideways ? FAN : into.get(b)! > 1 ? FAN / 2 : 0;
    extra.set(q.y, Math.max(extra.get(q.y) ?? 0, room));
  }
  const rows = [...extra];
  for (const [id, r] of rects)
    rects.set(id, { ...r, y: r.y + rows.reduce((sum, [y, room]) => sum + (y <= r.y ? room : 0), 0) });
}
