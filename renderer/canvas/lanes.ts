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
  if (to.y - from.y < 2 * TURN + CLEAR) return undefined;
  const between = boxes.filter((b) => b.y < to.y - 4 && b.y + b.height > from.y + 4);
  let hit = between.filter((b) => crosses(from, to, b));
  let lane: Lane | undefined;
  // the turns at both ends may run over others: those are passed too
  for (let round = 0; round < 4 && hit.length > 0; round++) {
    const old = lane;
    lane = past(hit, from, to, between, old);
    const [top, bottom] = [
      { x: lane.x, y: lane.top },
      { x: lane.x, y: lane.bottom },
    ];
    hit = between.filter((b) => crosses(from, top, b) || crosses(bottom, to, b));
  }
  return lane;
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
  for (let t = 0.06; t < 0.95; t += 0.08) {
    const u = 1 - t;
    // the curve's controls stand below `from` and above `to`, so that x goes as 3t² - 2t³
    const x = from.x + (to.x - from.x) * (3 * t * t - 2 * t * t * t);
    const bend = (to.y - from.y) * 0.55;
    const y =
      u * u * u * from.y + 3 * u * u * t * (from.y + bend) + 3 * u * t * t * (to.y - bend) + t * t * t * to.y;
    if (x > b.x - 6 && x < b.x + b.width + 6 && y > b.y && y < b.y + b.height) return true;
  }
  return false;
}
