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
  readonly order: number;
}
/** What is drawn in one frame, by squares of the canvas, and by bands across all of it. */
interface InFrame {
  readonly squares: ReadonlyMap<number, readonly Box[]>;
  readonly bands: ReadonlyMap<number, readonly Box[]>;
  /** Those that were found among them, by wire. */
  readonly lanes: Map<string, Lane | undefined>;
}
export type Obstacles = ReadonlyMap<string, InFrame>;

/** Pixels a side. */
const SQUARE = 320;
/** More than there are squares across. */
const ROW = 1 << 20;
const at = (v: number): number => Math.floor(v / SQUARE);

export const around = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

type Placed = ReadonlyMap<string, Pick<Drawn, 'place' | 'width' | 'height'>>;

/** Most edits move nothing: as long as that is so, what stands where is the same object, and lanes need not be sought. */
let before: { readonly like: readonly unknown[]; readonly found: Obstacles } | undefined;

/** What may stand in the way of wires: by the frame that it is drawn in, `''` outside of all. */
export function obstaclesOf(drawn: Placed, direction: Direction): Obstacles {
  const like: unknown[] = [direction];
  for (const [path, { place, width, height }] of drawn) like.push(path, place.x, place.y, width, height);
  if (before?.like.length === like.length && like.every((v, i) => v === before!.like[i])) return before.found;
  before = { like, found: obstaclesAmong(drawn, direction) };
  return before.found;
}

function obstaclesAmong(drawn: Placed, direction: Direction): Obstacles {
  const found = new Map<
    string,
    { squares: Map<number, Box[]>; bands: Map<number, Box[]>; lanes: InFrame['lanes'] }
  >();
  let order = 0;
  for (const [path, { place, width, height }] of drawn) {
    const frame = around(path);
    if (!found.has(frame)) found.set(frame, { squares: new Map(), bands: new Map(), lanes: new Map() });
    const { squares, bands } = found.get(frame)!;
    const box = { path, rect: rectIn({ ...place, width, height }, direction), order: order++ };
    eachSquare(box.rect, (key) => put(squares, key, box));
    for (let row = at(box.rect.y); row <= at(box.rect.y + box.rect.height); row++) put(bands, row, box);
  }
  return found;
}

function put(into: Map<number, Box[]>, key: number, box: Box): void {
  const known = into.get(key);
  if (known) known.push(box);
  else into.set(key, [box]);
}

function eachSquare({ x, y, width, height }: Rect, act: (key: number) => void): void {
  for (let row = at(y); row <= at(y + height); row++)
    for (let column = at(x); column <= at(x + width); column++) act(row * ROW + column);
}

/** Whether anything but the ends stands near the way of a wire. */
function isNear({ squares }: InFrame, way: Rect, { from, to }: Ends): boolean {
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
  const frame = w.fromHandle === OUT ? around(w.from) : w.from;
  const inFrame = boxes.get(frame);
  if (!inFrame) return undefined;
  const key = keyOf(w, drawn);
  if (!inFrame.lanes.has(key)) {
    const [from, to] = endsOf(w, drawn, direction);
    const down = to.y - from.y >= 8;
    inFrame.lanes.set(key, down ? downLane(w, from, to, inFrame) : upLane(w, drawn, inFrame, direction));
  }
  const lane = inFrame.lanes.get(key);
  if (!lane || frame === '') return lane;
  const origin = pointIn(originOf(frame, drawn), direction);
  return { x: lane.x + origin.x, top: lane.top + origin.y, bottom: lane.bottom + origin.y };
}

/** As nothing has moved, ends are where they were if the ports are the same. */
function keyOf({ from, fromHandle, to, toHandle }: Ends, drawn: Sides): string {
  const leaving = drawn.get(from)!.ports;
  const entering = drawn.get(to)!.ports;
  const first = fromHandle === OUT ? '' : `${leaving.indexOf(fromHandle.slice(3))}/${leaving.length}`;
  return `${from} ${fromHandle} ${first} ${to} ${toHandle} ${entering.indexOf(toHandle)}/${entering.length}`;
}

function downLane(w: Ends, from: Point, to: Point, inFrame: InFrame): Lane | undefined {
  if (to.y - from.y < SHORTEST) return undefined;
  const x = Math.min(from.x, to.x) - 8;
  const way = { x, y: from.y, width: Math.max(from.x, to.x) + 8 - x, height: to.y - from.y };
  return isNear(inFrame, way, w) ? laneBeside(from, to, others(w, inFrame, way)) : undefined;
}

/** All but the ends, in the order in which they are drawn, that stand at the height of `way` or close to it. */
function others(w: Ends, { bands }: InFrame, { y, height }: Rect): readonly Rect[] {
  const found = new Set<Box>();
  for (let row = at(y - CLOSE); row <= at(y + height + CLOSE); row++)
    for (const box of bands.get(row) ?? []) if (box.path !== w.from && box.path !== w.to) found.add(box);
  return [...found].sort((a, b) => a.order - b.order).map((box) => box.rect);
}
/** More than a lane leaves the height of its way. */
const CLOSE = 64;

/** Only from side to side: a node with several ports takes wires from above. */
function upLane(w: Ends, drawn: Sides, inFrame: InFrame, direction: Direction): Lane | undefined {
  const [source, target] = [drawn.get(w.from)!, drawn.get(w.to)!];
  if (w.fromHandle !== OUT || w.toHandle.startsWith('in:') || target.ports.length !== 1) return undefined;
  const rect = ({ place, width, height }: typeof source) => rectIn({ ...place, width, height }, direction);
  const [a, b] = [rect(source), rect(target)];
  const way = boundsOf([a, b]);
  if (!isNear(inFrame, way, w)) return undefined;
  const aside = others(w, inFrame, way).filter(
    (r) => r.x < way.x + way.width + CLOSE && r.x + r.width > way.x - CLOSE,
  );
  return laneUp(a, b, aside);
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
