import { type Direction, pointIn, rectIn } from './axis';
import { OUT } from './connection';
import { inPoint, outPoint } from './ends';
import type { Drawn } from './flow-types';
import { HEAD } from './frames';
import type { Point, Rect } from './geometry';
import { type Lane, laneBeside } from './lanes';

interface Box {
  readonly path: string;
  /** As it would stand in a net that runs down. */
  readonly rect: Rect;
}
/** What is drawn in one frame, by strips across the way of the net. */
type Strips = ReadonlyMap<number, readonly Box[]>;
export type Obstacles = ReadonlyMap<string, Strips>;

/** Pixels along the way of the net. */
const STRIP = 320;
const stripOf = (y: number): number => Math.floor(y / STRIP);

export const around = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

/** What may stand in the way of wires: by the frame that it is drawn in, `''` outside of all. */
export function obstaclesOf(
  drawn: ReadonlyMap<string, Pick<Drawn, 'place' | 'width' | 'height'>>,
  direction: Direction,
): Obstacles {
  const found = new Map<string, Map<number, Box[]>>();
  for (const [path, { place, width, height }] of drawn) {
    const frame = around(path);
    if (!found.has(frame)) found.set(frame, new Map());
    const strips = found.get(frame)!;
    const box = { path, rect: rectIn({ ...place, width, height }, direction) };
    for (let s = stripOf(box.rect.y); s <= stripOf(box.rect.y + box.rect.height); s++) {
      const known = strips.get(s);
      if (known) known.push(box);
      else strips.set(s, [box]);
    }
  }
  return found;
}

function between(strips: Strips | undefined, top: number, bottom: number): ReadonlySet<Box> {
  const found = new Set<Box>();
  for (let s = stripOf(top); s <= stripOf(bottom); s++)
    for (const box of strips?.get(s) ?? []) found.add(box);
  return found;
}

interface Ends {
  readonly from: string;
  readonly fromHandle: string;
  readonly to: string;
  readonly toHandle: string;
}
type Sides = ReadonlyMap<string, Pick<Drawn, 'place' | 'width' | 'height' | 'ports'>>;

/**
 * The way of a wire past the nodes between its ends, as in a net that runs down; both lie in one frame, or one of them
 * is the frame.
 */
export function laneOf(w: Ends, drawn: Sides, boxes: Obstacles, direction: Direction): Lane | undefined {
  const [from, to] = endsOf(w, drawn, direction);
  if (from.y >= to.y) return undefined;
  const frame = w.fromHandle === OUT ? around(w.from) : w.from;
  const rects: Rect[] = [];
  for (const box of between(boxes.get(frame), from.y, to.y))
    if (box.path !== w.from && box.path !== w.to) rects.push(box.rect);
  const lane = laneBeside(from, to, rects);
  if (!lane || frame === '') return lane;
  const origin = pointIn(originOf(frame, drawn), direction);
  return { x: lane.x + origin.x, top: lane.top + origin.y, bottom: lane.bottom + origin.y };
}

/** Both ends in the frame that they share, turned. */
function endsOf(w: Ends, drawn: Sides, direction: Direction): readonly [Point, Point] {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  const at = ({ place }: { readonly place: Point }, p: Point) => ({ x: place.x + p.x, y: place.y + p.y });
  const port = (d: typeof source, name: string) =>
    inPoint(d.ports.indexOf(name), d.ports.length, d, direction);
  const entering = w.fromHandle !== OUT;
  const from = entering ? port(source, w.fromHandle.slice(3)) : at(source, outPoint(source, direction));
  const to = w.toHandle.startsWith('in:')
    ? outPoint(target, direction)
    : at(target, port(target, w.toHandle));
  const start = pointIn(from, direction);
  // a wire that enters a frame first runs straight through its head
  return [entering && direction === 'down' ? { ...start, y: HEAD } : start, pointIn(to, direction)];
}

/** Where a frame is drawn, whatever frames it lies in. */
function originOf(frame: string, drawn: Sides): Point {
  if (frame === '') return { x: 0, y: 0 };
  const outer = originOf(around(frame), drawn);
  const { place } = drawn.get(frame)!;
  return { x: outer.x + place.x, y: outer.y + place.y };
}
