import type { FigureMap } from './maps';
import { type FigureScale, type Measures, measuresOf, sidesOf } from './measures';

/** A body at its place. The line of the net runs at y = 0 through the middles of all bodies. */
export interface Body extends Measures {
  readonly map: FigureMap;
  /** Of its middle plane: it reaches from `x` to `x + long` there. */
  readonly x: number;
  /** Of the way into the page on paper: right and up. */
  readonly lean: number;
  /** Where the line comes in and goes on, with the ends of a way around the body. */
  readonly enter: number;
  readonly leave: number;
  /** Stands close to the one before: both are of one size. */
  readonly close: boolean;
}

/** What a pixel into the page is on paper, to the right and up. */
const LEAN = 0.3;
export const SIGN = 9;
/** Room for the two ends of a way around. */
const AROUND = 24;
const GAP = 22;

/** Left to right in the order of execution. */
export function layOut(maps: readonly FigureMap[], scale: FigureScale): readonly Body[] {
  const measure = measuresOf(maps, scale);
  const bodies: Body[] = [];
  let end = 0;
  for (const map of maps) {
    const before = bodies.at(-1);
    const size = map.sign ? { long: 2 * SIGN, high: 2 * SIGN, deep: 0 } : measure(map);
    const lean = size.deep * LEAN;
    const close = before !== undefined && isClose(before.map, map);
    const wide = goesAround(map);
    const gap =
      before === undefined ? 0 : close ? 5 : GAP + lean / 2 + before.lean * (before.map.sign ? 0 : 0.32);
    const enter = end + gap - (close ? 0 : lean / 2);
    const x = end + gap + (wide ? AROUND - 6 : 0);
    end = x + size.long + (wide ? lean / 2 + AROUND : 0);
    bodies.push({ map, ...size, x, lean, enter, leave: end, close });
  }
  return bodies;
}

/** A residual block is drawn with its way around; ways that end side by side are bands of the body. */
export const goesAround = ({ around }: FigureMap): boolean => around === 'add' || around === 'mul';

/** Layers of one size that follow one another touch, as in the classic figures. */
function isClose(a: FigureMap, b: FigureMap): boolean {
  const plain = (m: FigureMap) => !m.sign && !goesAround(m) && m.category !== 'io' && m.shape.length > 2;
  const same = sidesOf(a).join() === sidesOf(b).join() && sidesOf(a)[0] > 1;
  return plain(a) && plain(b) && same && b.from.length === 1 && b.from[0] === a.id;
}
