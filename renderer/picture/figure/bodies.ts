import type { Point } from '../../canvas/geometry';
import { colourName } from '../../ui/glyph-paths';
import { ink, type Line, type Mark } from '../scene';
import { type Body, SIGN } from './layout';

/** The corners of a body on paper. `near` is the front, `far` the back. */
export function cornersOf({ x, long, high, lean }: Body) {
  const [left, right] = [x - lean / 2, x + long - lean / 2];
  const [top, bottom] = [(lean - high) / 2, (lean + high) / 2];
  return {
    near: { left, right, top, bottom },
    far: { left: left + lean, right: right + lean, top: top - lean, bottom: bottom - lean },
  };
}

/** From the plain colour toward the paper: the front, what the light falls on, and what lies in the shade. */
const LIGHT = { front: 0.58, top: 0.74, side: 0.42 } as const;

/** A box in three faces, with its bands, and the edge of an activation. */
export function bodyMarks(b: Body): readonly Mark[] {
  if (b.map.sign) return signMarks({ x: b.x + SIGN, y: 0 }, b.map.sign === 'mul');
  const { left, right } = cornersOf(b).near;
  const k = colourName(b.map.category);
  const line: Line = { paint: ink(k, '--text', 0.25), width: 0.8 };
  const strips = stripsOf(b, left);
  // where they are fine, lines between them would be all that is seen
  const bounds = b.long / strips.length >= FINE ? { line } : {};
  const activated = b.map.activated ? [right - Math.min(4, b.long * 0.3), right] : [];
  return [
    ...slab(b, left, right, { k }),
    ...(strips.length > 1
      ? strips.flatMap(([from, to], i) => band(b, from, to, { k, by: i % 2 === 0 ? 0 : 0.16, ...bounds }))
      : []),
    ...(activated.length > 0 ? band(b, activated[0]!, right, { k: '--c-act', by: -0.32 }) : []),
    ...outline(b, line),
  ];
}

interface Look {
  readonly k: string;
  /** Lighter than the body, or where it is negative stronger. */
  readonly by?: number;
  readonly line?: Line;
}

function slab(b: Body, from: number, to: number, look: Look): readonly Mark[] {
  const { near, far } = cornersOf(b);
  const side = [
    { x: near.right, y: near.top },
    { x: far.right, y: far.top },
    { x: far.right, y: far.bottom },
    { x: near.right, y: near.bottom },
  ];
  return [
    { mark: 'polygon', points: side, fill: ink(look.k, '--raise', LIGHT.side) },
    ...band(b, from, to, look),
  ];
}

/** The top and the front of a part of a body. */
function band(b: Body, from: number, to: number, { k, by = 0, line }: Look): readonly Mark[] {
  const { near, far } = cornersOf(b);
  const top = [
    { x: from, y: near.top },
    { x: to, y: near.top },
    { x: to + b.lean, y: far.top },
    { x: from + b.lean, y: far.top },
  ];
  const front = [
    { x: from, y: near.top },
    { x: to, y: near.top },
    { x: to, y: near.bottom },
    { x: from, y: near.bottom },
  ];
  const edge = line ? { line } : {};
  return [
    { mark: 'polygon', points: top, fill: ink(k, '--raise', LIGHT.top + by * 0.6), ...edge },
    { mark: 'polygon', points: front, fill: ink(k, '--raise', LIGHT.front + by), ...edge },
  ];
}

/** The nine edges that are seen. */
function outline(b: Body, line: Line): readonly Mark[] {
  const { near, far } = cornersOf(b);
  const p = (x: number, y: number) => `${r(x)} ${r(y)}`;
  const around = [
    `M${p(near.left, near.bottom)}L${p(near.left, near.top)}L${p(far.left, far.top)}L${p(far.right, far.top)}`,
    `L${p(far.right, far.bottom)}L${p(near.right, near.bottom)}L${p(near.left, near.bottom)}`,
    `M${p(near.left, near.top)}L${p(near.right, near.top)}L${p(near.right, near.bottom)}`,
    `M${p(near.right, near.top)}L${p(far.right, far.top)}`,
  ];
  return [{ mark: 'path', d: around.join(''), line }];
}
const r = (v: number): number => Math.round(v * 100) / 100;

/** Pixels from which on a band is told from the next by a line. */
const FINE = 5;

/** Strips thinner than this run together: a quarter of a pixel is no line. */
const THINNEST = 1.6;

/** The body's length, or that of each of its bands. */
function stripsOf({ map, long }: Body, left: number): readonly (readonly [from: number, to: number])[] {
  const all = map.bands.reduce((sum, c) => sum + c, 0);
  const few = map.bands.length > 1 && long / map.bands.length >= THINNEST;
  if (!few || all === 0) return [[left, left + long]];
  let at = left;
  return map.bands.map((c) => {
    const from = at;
    at += (long * c) / all;
    return [from, at] as const;
  });
}

/** A sum or a product: a ring with its sign. */
export function signMarks({ x, y }: Point, product: boolean, radius = SIGN): readonly Mark[] {
  const line: Line = { paint: ink('--c-merge'), width: 1.4 };
  const arm = radius * 0.55 * (product ? Math.SQRT1_2 : 1);
  const stroke = (dx: number, dy: number): Mark => ({
    ...{ mark: 'path', d: `M${r(x - dx)} ${r(y - dy)}L${r(x + dx)} ${r(y + dy)}`, line },
  });
  const strokes = product ? [stroke(arm, arm), stroke(arm, -arm)] : [stroke(arm, 0), stroke(0, arm)];
  return [{ mark: 'circle', x, y, radius, fill: ink('--c-merge', '--raise', 0.84), line }, ...strokes];
}
