import type { FigureMap } from './maps';

export type FigureScale = 'root' | 'log' | 'linear';

/** Pixels of a body: its front is `long` wide and `high` high, and it goes `deep` into the page. */
export interface Measures {
  readonly long: number;
  readonly high: number;
  readonly deep: number;
}

/** The largest side of a map, and the least of any. */
const SIDE = 168;
const LEAST = 9;
/** Of a map of one channel, and of one with the most. */
const THIN = 4;
const THICK = 64;

/** Sizes of all bodies of one figure: height and depth follow the sides of the map, length its channels. */
export function measuresOf(maps: readonly FigureMap[], scale: FigureScale): (m: FigureMap) => Measures {
  const largest = Math.max(1, ...maps.flatMap((m) => sidesOf(m)));
  const most = Math.max(64, ...maps.map((m) => m.shape.at(-1) ?? 1));
  const grow = GROWTH[scale];
  return (m) => {
    const [height, width] = sidesOf(m);
    return {
      high: Math.max(LEAST, SIDE * grow(height, largest)),
      deep: Math.max(LEAST, SIDE * grow(width, largest)),
      long: Math.max(THIN, THICK * Math.min(1, Math.sqrt(most / 512)) * grow(m.shape.at(-1) ?? 1, most)),
    };
  };
}

/** From 0 to 1. */
const GROWTH: Readonly<Record<FigureScale, (n: number, most: number) => number>> = {
  root: (n, most) => Math.sqrt(n / most),
  log: (n, most) => Math.log2(1 + n) / Math.log2(1 + most),
  linear: (n, most) => n / most,
};

/** Height and width: of a video without its time, of a row of values its length, of a vector 1. */
export function sidesOf({ shape }: Pick<FigureMap, 'shape'>): readonly [height: number, width: number] {
  const sides = shape.slice(0, -1).slice(-2);
  return sides.length === 2 ? [sides[0]!, sides[1]!] : [1, sides[0] ?? 1];
}

/** As it stands at the edge: `56`, or `56×40`, or with the frames of a video `8×56`. */
export function sizeText({ shape }: Pick<FigureMap, 'shape'>): string {
  const sides = shape.slice(0, -1);
  const [height, width] = sides.slice(-2);
  const square = sides.length >= 2 && height === width;
  return (square ? sides.slice(0, -1) : sides).join('×');
}
