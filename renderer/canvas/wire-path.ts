import { type Direction, pointIn, sizeIn } from './axis';
import type { Point, Size } from './geometry';
import type { Lane } from './lanes';

/** Stroke width of a wire: logarithm of its channels, from 1.4 for one to 4 for 1024 and more. */
export function wireWidth(shape: readonly number[] | undefined): number {
  const channels = shape?.at(-1) ?? 1;
  return Math.round((1.4 + Math.min(1, Math.log2(Math.max(1, channels)) / 10) * 2.6) * 10) / 10;
}

export interface WireEnds {
  /** The middle of the source's bottom edge, and of the target's port at its top edge; or of the right and the left one. */
  readonly from: Point;
  readonly to: Point;
  readonly source: Size;
  readonly target: Size;
  /** Whether the wire may also come in at the target's side: a node with one port. */
  readonly side: boolean;
  /** Past what stands in the way, as in a net that runs down. */
  readonly lane?: Lane | undefined;
  /** Pixels straight down before anything else: through the head of a frame. */
  readonly stem?: number;
  readonly direction?: Direction;
}
export interface WirePath {
  readonly d: string;
  readonly middle: Point;
  /** A straight wire that is too short for a label on it: the label stands beside it. */
  readonly short: boolean;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** A way as it is worked out: where it begins, then straight to a point or along a curve of three. */
interface Way {
  readonly start: Point;
  readonly steps: readonly (readonly Point[])[];
  readonly middle: Point;
  readonly short: boolean;
}

/**
 * A smooth way: down from bottom to top where the target stands below, else out at the side, over and up. In a net that
 * runs right the same, turned over the diagonal.
 */
export function wirePath({ stem = 0, direction = 'down', ...ends }: WireEnds): WirePath {
  const turned: Ends = {
    ...ends,
    from: pointIn(ends.from, direction),
    to: pointIn(ends.to, direction),
    source: sizeIn(ends.source, direction),
    target: sizeIn(ends.target, direction),
  };
  const { x, y } = turned.from;
  const way = plainWay({ ...turned, from: { x, y: y + stem } });
  const first = stem > 0 ? [[way.start], ...way.steps] : way.steps;
  const text = (p: Point) => {
    const q = pointIn(p, direction);
    return `${round(q.x)} ${round(q.y)}`;
  };
  const steps = first.map((points) => `${points.length > 1 ? 'C' : 'L'}${points.map(text).join(' ')}`);
  return {
    d: `M${text(stem > 0 ? { x, y } : way.start)}${steps.join('')}`,
    middle: pointIn(way.middle, direction),
    // sideways there is room on the wire
    short: way.short && direction === 'down',
  };
}

type Ends = Omit<WireEnds, 'stem' | 'direction'>;

function plainWay(ends: Ends): Way {
  const { from, to, source, target } = ends;
  if (to.y - from.y >= 8) return ends.lane ? alongLane(from, to, ends.lane) : downwards(from, to);
  const way =
    to.x - from.x > (source.width + target.width) / 2
      ? 1
      : from.x - to.x > (source.width + target.width) / 2
        ? -1
        : 0;
  if (way === 0) return around(ends);
  const start = { x: from.x + (way * source.width) / 2, y: from.y - Math.min(source.height / 2, 28) };
  if (!ends.side) return overTop(start, to, way);
  if (ends.lane) return upLane(from, start, to.x - (way * target.width) / 2, ends.lane);
  const end = { x: to.x - (way * target.width) / 2, y: to.y + Math.min(target.height / 2, 28) };
  const reach = Math.max(36, Math.min(120, Math.abs(end.x - start.x) * 0.55));
  return cubic(start, { x: start.x + way * reach, y: start.y }, { x: end.x - way * reach, y: end.y }, end);
}

function downwards(from: Point, to: Point): Way {
  const rise = to.y - from.y;
  if (Math.abs(from.x - to.x) < 3) return { ...cubic(from, from, to, to), short: rise < 44 };
  const bend = Math.max(rise * 0.55, Math.min(rise, 28));
  return cubic(from, { x: from.x, y: from.y + bend }, { x: to.x, y: to.y - bend }, to);
}

/** Over to the lane, straight down, and back. */
function alongLane(from: Point, to: Point, { x, top, bottom }: Lane): Way {
  const [rise, fall] = [(top - from.y) * 0.6, (to.y - bottom) * 0.6];
  return {
    start: from,
    steps: [
      [
        { x: from.x, y: from.y + rise },
        { x, y: top - rise },
        { x, y: top },
      ],
      [{ x, y: bottom }],
      [{ x, y: bottom + fall }, { x: to.x, y: to.y - fall }, to],
    ],
    middle: { x, y: round((top + bottom) / 2) },
    short: false,
  };
}

/** From the side, or from below where something stands beside, to the lane, straight up and to the target's side. */
function upLane(from: Point, side: Point, end: number, { x, top, bottom }: Lane): Way {
  const first = bottom > from.y ? [from, { x: from.x, y: bottom }] : [side];
  return {
    ...rounded([...first, { x, y: bottom }, { x, y: top }, { x: end, y: top }]),
    middle: { x, y: round((bottom + top) / 2) },
    short: false,
  };
}

const CORNER = 14;

/** Straight from point to point, with round corners. */
function rounded(points: readonly Point[]): Pick<Way, 'start' | 'steps'> {
  const steps: Point[][] = [];
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const r = Math.min(CORNER, Math.hypot(b.x - a.x, b.y - a.y) / 2, Math.hypot(c.x - b.x, c.y - b.y) / 2);
    steps.push([towards(b, a, r)], [b, b, towards(b, c, r)]);
  }
  return { start: points[0]!, steps: [...steps, [points.at(-1)!]] };
}

function towards(from: Point, to: Point, far: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: from.x + ((to.x - from.x) * far) / length,
    y: from.y + ((to.y - from.y) * far) / length,
  };
}

/** Out at the side and into a port from above. */
function overTop(start: Point, to: Point, way: number): Way {
  const lift = Math.max(60, (start.y - to.y) * 0.35);
  return cubic(start, { x: start.x + way * 90, y: start.y }, { x: to.x, y: to.y - lift }, to);
}

/** Back up to a node in the same column: around the right of both. */
function around({ from, to, source, target }: Ends): Way {
  const x = Math.max(from.x + source.width / 2, to.x + target.width / 2) + 70;
  return cubic(from, { x, y: from.y + 90 }, { x, y: to.y - 90 }, to);
}

function cubic(a: Point, b: Point, c: Point, d: Point): Way {
  const middle = {
    x: round((a.x + 3 * b.x + 3 * c.x + d.x) / 8),
    y: round((a.y + 3 * b.y + 3 * c.y + d.y) / 8),
  };
  return { start: a, steps: [[b, c, d]], middle, short: false };
}
