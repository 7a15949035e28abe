import type { Point, Rect } from './geometry';

/** A straight part of a wire beside what stands in its way. */
export interface Lane {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** Between a lane and a node, and how much of its way above and below a wire needs to turn. */
const CLEAR = 18;
const TURN = 14;

/** Where a wire down from `from` to `to` passes by the boxes between them; undefined when its own way is free. */
export function laneBeside(from: Point, to: Point, boxes: readonly Rect[]): Lane | undefined {
  if (to.y - from.y < SHORTEST) return undefined;
  const between = boxes.filter((b) => b.y < to.y - 4 && b.y + b.height > from.y + 4);
  let hit = between.filter((b) => crosses(from, to, b));
  if (hit.length === 0) return undefined;
  let lane: Lane | undefined;
  // the turns at both ends may run over others: those are passed too
  for (let round = 0; round < 4 && hit.length > 0; round++) {
    lane = past(hit, from, to, between, lane);
    const [top, bottom] = [
      { x: lane.x, y: lane.top },
      { x: lane.x, y: lane.bottom },
    ];
    hit = between.filter((b) => crosses(from, top, b) || crosses(bottom, to, b));
  }
  return lane && hitsOf(from, to, lane, between) > 0 ? bestOf(from, to, between, lane) : lane;
}

/** A wire that falls less than this has no room to turn. */
export const SHORTEST = 2 * TURN + CLEAR;

/** How many boxes a wire along the lane runs over, by the way that it is drawn. */
function hitsOf(from: Point, to: Point, lane: Lane, boxes: readonly Rect[]): number {
  const [top, bottom] = [
    { x: lane.x, y: lane.top },
    { x: lane.x, y: lane.bottom },
  ];
  return boxes.filter((b) => {
    const straight = lane.x > b.x && lane.x < b.x + b.width && b.y < lane.bottom && b.y + b.height > lane.top;
    return straight || bends(from, top, b) || bends(bottom, to, b);
  }).length;
}

/** Whether the box stands to the left or to the right of all between two x: most do, and need not be looked at closer. */
const isAside = (a: number, b: number, box: Rect, margin: number): boolean =>
  Math.min(a, b) - margin >= box.x + box.width || Math.max(a, b) + margin <= box.x;

/** Whether the turn from `a` down to `b` runs over the box. */
function bends(a: Point, b: Point, box: Rect): boolean {
  if (isAside(a.x, b.x, box, 0)) return false;
  if (Math.min(a.y, b.y) >= box.y + box.height || Math.max(a.y, b.y) <= box.y) return false;
  for (let t = 0.02; t < 1; t += 0.04) {
    const x = a.x + (b.x - a.x) * (3 * t * t - 2 * t * t * t);
    const y = a.y + (b.y - a.y) * turnAt(t);
    if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) return true;
  }
  return false;
}
/** The controls of a turn lie at 0.6 and 0.4 of its height. */
const turnAt = (t: number): number => 1.8 * t * (1 - t) ** 2 + 1.2 * t * t * (1 - t) + t ** 3;

/** Among all lanes beside the boxes, with sharper and wider turns, the one that runs over the fewest, then the nearest. */
function bestOf(from: Point, to: Point, boxes: readonly Rect[], first: Lane): Lane {
  const detour = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x);
  const sides = boxes.flatMap((b) => [b.x - CLEAR, b.x + b.width + CLEAR]);
  const xs = [...new Set([...sides, from.x, to.x])].sort((a, b) => detour(a) - detour(b)).slice(0, 24);
  let best = { lane: first, hits: hitsOf(from, to, first, boxes) };
  for (const x of xs) {
    for (const turn of [TURN, 2 * TURN, 4 * TURN]) {
      for (const end of [TURN, 2 * TURN, 4 * TURN]) {
        const lane = { x, top: from.y + turn, bottom: to.y - end };
        if (lane.bottom < lane.top) continue;
        const hits = hitsOf(from, to, lane, boxes);
        if (hits < best.hits) best = { lane, hits };
        if (hits === 0) return lane;
      }
    }
  }
  return best.lane;
}

/**
 * Where a wire goes up between two boxes that stand beside each other, from side to side; undefined when its own way is
 * free.
 */
export function laneUp(source: Rect, target: Rect, boxes: readonly Rect[]): Lane | undefined {
  const way = target.x >= source.x + source.width ? 1 : target.x + target.width <= source.x ? -1 : 0;
  if (way === 0) return undefined;
  const start = {
    x: way > 0 ? source.x + source.width : source.x,
    y: source.y + source.height - Math.min(source.height / 2, 28),
  };
  const end = {
    x: way > 0 ? target.x : target.x + target.width,
    y: target.y + Math.min(target.height / 2, 28),
  };
  const near = boxes.filter((b) => b.y < start.y + 4 && b.y + b.height > end.y - 4);
  const reach = Math.max(36, Math.min(120, Math.abs(end.x - start.x) * 0.55));
  if (!near.some((b) => sweeps(start, end, way * reach, b))) return undefined;
  const aside = bestUp(start, end, start, near);
  if (aside.hits === 0) return { x: aside.x, top: end.y, bottom: start.y };
  // something stands beside the source: out below it
  const below = { x: source.x + source.width / 2, y: source.y + source.height + BELOW };
  const under = bestUp(start, end, below, boxes);
  const best = under.hits < aside.hits ? { x: under.x, bottom: below.y } : { x: aside.x, bottom: start.y };
  return { ...best, top: end.y };
}

/** Of a wire that leaves below its node, in pixels. */
const BELOW = 12;

/** The x between both sides at which a wire that begins at `out` runs over the fewest boxes. */
function bestUp(start: Point, end: Point, out: Point, boxes: readonly Rect[]): { x: number; hits: number } {
  const [left, right] = [Math.min(start.x, end.x) + CLEAR / 2, Math.max(start.x, end.x) - CLEAR / 2];
  const sides = boxes.flatMap((b) => [b.x - CLEAR / 2, b.x + b.width + CLEAR / 2]);
  const middle = (start.x + end.x) / 2;
  let best = { x: middle, hits: Number.POSITIVE_INFINITY };
  for (const x of [middle, ...sides, left, right]) {
    if (x < left || x > right || best.hits === 0) continue;
    const hits = boxes.filter((b) => square(out, end, x, b)).length;
    if (hits < best.hits) best = { x, hits };
  }
  return best;
}

/** Whether the smooth way from side to side runs over the box. */
function sweeps(a: Point, b: Point, reach: number, box: Rect): boolean {
  if (isAside(a.x, b.x, box, Math.abs(reach) + 4)) return false;
  for (let t = 0.02; t < 1; t += 0.04) {
    const u = 1 - t;
    const x = u ** 3 * a.x + 3 * u * u * t * (a.x + reach) + 3 * u * t * t * (b.x - reach) + t ** 3 * b.x;
    const y = a.y + (b.y - a.y) * (3 * t * t - 2 * t ** 3);
    if (x > box.x - 4 && x < box.x + box.width + 4 && y > box.y - 4 && y < box.y + box.height + 4)
      return true;
  }
  return false;
}

/** Whether the way across to `x`, up it and across to the end runs over the box. */
function square(a: Point, b: Point, x: number, box: Rect): boolean {
  const across = (p: Point) =>
    p.y > box.y - 4 &&
    p.y < box.y + box.height + 4 &&
    Math.min(p.x, x) < box.x + box.width &&
    Math.max(p.x, x) > box.x;
  const up = x > box.x - 4 && x < box.x + box.width + 4 && box.y < a.y && box.y + box.height > b.y;
  return up || across(a) || across(b);
}

function past(hit: readonly Rect[], from: Point, to: Point, between: readonly Rect[], old?: Lane): Lane {
  const top = Math.max(from.y + TURN, Math.min(old?.top ?? Infinity, ...hit.map((b) => b.y - TURN)));
  const bottom = Math.min(
    to.y - TURN,
    Math.max(old?.bottom ?? -Infinity, ...hit.map((b) => b.y + b.height + TURN)),
  );
  const blocking = between.filter((b) => b.y < bottom && b.y + b.height > top);
  const free = [from.x, to.x].flatMap((x) => [aside(x, blocking, 1), aside(x, blocking, -1)]);
  const detour = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x);
  return { x: free.reduce((best, x) => (detour(x) < detour(best) ? x : best)), top, bottom };
}

/** The first free x to the right (1) or to the left (-1). */
function aside(start: number, boxes: readonly Rect[], way: 1 | -1): number {
  let x = start;
  for (let turn = 0; turn <= boxes.length; turn++) {
    const hit = boxes.find((b) => x > b.x - CLEAR && x < b.x + b.width + CLEAR);
    if (!hit) return x;
    x = way > 0 ? hit.x + hit.width + CLEAR : hit.x - CLEAR;
  }
  return x;
}

/** Whether the plain curve from bottom to top runs over the box. */
function crosses(from: Point, to: Point, b: Rect): boolean {
  if (isAside(from.x, to.x, b, 6)) return false;
  const rise = to.y - from.y;
  const bend = Math.max(rise * 0.55, Math.min(rise, 28));
  for (let t = 0.04; t < 0.97; t += 0.03) {
    const u = 1 - t;
    // the curve's controls stand below `from` and above `to`, so that x goes as 3t² - 2t³
    const x = from.x + (to.x - from.x) * (3 * t * t - 2 * t * t * t);
    if (x <= b.x - 6 || x >= b.x + b.width + 6) continue;
    const y =
      u * u * u * from.y + 3 * u * u * t * (from.y + bend) + 3 * u * t * t * (to.y - bend) + t * t * t * to.y;
    if (y > b.y && y < b.y + b.height) return true;
  }
  return false;
}
