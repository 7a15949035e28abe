import { type Direction, pointIn, rectIn } from './axis';
import { OUT } from './connection';
import { inPoint, outPoint } from './ends';
import type { Drawn } from './flow-types';
import { HEAD } from './frames';
import { boundsOf, type Point, type Rect } from './geometry';
import { type Lane, laneBeside, laneUp, SHORTEST } from './lanes';

interface Box {
  readonly path: string;
  /** As it would stand in a net that runs down. */
  readonly rect: Rect;
}
/** What is drawn in one frame, by squares of the canvas. */
type Squares = ReadonlyMap<number, readonly Box[]>;
export type Obstacles = ReadonlyMap<string, { readonly all: readonly Box[]; readonly squares: Squares }>;

/** Pixels a side. */
const SQUARE = 320;
/** More than there are squares across. */
const ROW = 1 << 20;
const at = (v: number): number => Math.floor(v / SQUARE);

export const around = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

/** What may stand in the way of wires: by the frame that it is drawn in, `''` outside of all. */
export function obstaclesOf(
  drawn: ReadonlyMap<string, Pick<Drawn, 'place' | 'width' | 'height'>>,
  direction: Direction,
): Obstacles {
  const found = new Map<string, { all: Box[]; squares: Map<number, Box[]> }>();
  for (const [path, { place, width, height }] of drawn) {
    const frame = around(path);
    if (!found.has(frame)) found.set(frame, { all: [], squares: new Map() });
    const { all, squares } = found.get(frame)!;
    const box = { path, rect: rectIn({ ...place, width, height }, direction) };
    all.push(box);
    eachSquare(box.rect, (key) => {
      const known = squares.get(key);
      if (known) known.push(box);
      else squares.set(key, [box]);
    });
  }
  return found;
}

function eachSquare({ x, y, width, height }: Rect, act: (key: number) => void): void {
  for (let row = at(y); row <= at(y + height); row++)
    for (let column = at(x); column <= at(x + width); column++) act(row * ROW + column);
}

/** Whether anything but the ends stands near the way of a wire. */
function isNear(squares: Squares, way: Rect, { from, to }: Ends): boolean {
  let near = false;
  eachSquare(way, (key) => {
    for (const { path, rect } of squares.get(key) ?? [])
      near ||= path !== from && path !== to && meets(rect, way);
  });
  return near;
}
const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

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
  const frame = w.fromHandle === OUT ? around(w.from) : w.from;
  const inFrame = boxes.get(frame);
  if (!inFrame) return undefined;
  const lane = to.y - from.y >= 8 ? downLane(w, from, to, inFrame) : upLane(w, drawn, inFrame, direction);
  if (!lane || frame === '') return lane;
  const origin = pointIn(originOf(frame, drawn), direction);
  return { x: lane.x + origin.x, top: lane.top + origin.y, bottom: lane.bottom + origin.y };
}

type InFrame = NonNullable<ReturnType<Obstacles['get']>>;

function downLane(w: Ends, from: Point, to: Point, { all, squares }: InFrame): Lane | undefined {
  if (to.y - from.y < SHORTEST) return undefined;
  const x = Math.min(from.x, to.x) - 8;
  const way = { x, y: from.y, width: Math.max(from.x, to.x) + 8 - x, height: to.y - from.y };
  return isNear(squares, way, w) ? laneBeside(from, to, others(w, all)) : undefined;
}

const others = (w: Ends, all: readonly Box[]): readonly Rect[] =>
  all.flatMap((b) => (b.path === w.from || b.path === w.to ? [] : [b.rect]));

/** Only from side to side: a node with several ports takes wires from above. */
function upLane(w: Ends, drawn: Sides, { all, squares }: InFrame, direction: Direction): Lane | undefined {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  if (w.fromHandle !== OUT || w.toHandle.startsWith('in:') || target.ports.length !== 1) return undefined;
  const rect = ({ place, width, height }: typeof source) => rectIn({ ...place, width, height }, direction);
  const [a, b] = [rect(source), rect(target)];
  const way = boundsOf([a, b]);
  return isNear(squares, way, w) ? laneUp(a, b, others(w, all)) : undefined;
}

/** Both ends in the frame that they share, turned. */
function endsOf(w: Ends, drawn: Sides, direction: Direction): readonly [Point, Point] {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  const onCanvas = ({ place }: { readonly place: Point }, p: Point) => ({
    x: place.x + p.x,
    y: place.y + p.y,
  });
  const port = (d: typeof source, name: string) =>
    inPoint(d.ports.indexOf(name), d.ports.length, d, direction);
  const entering = w.fromHandle !== OUT;
  const from = entering ? port(source, w.fromHandle.slice(3)) : onCanvas(source, outPoint(source, direction));
  const to = w.toHandle.startsWith('in:')
    ? outPoint(target, direction)
    : onCanvas(target, port(target, w.toHandle));
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
