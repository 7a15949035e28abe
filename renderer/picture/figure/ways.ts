import type { Point } from '../../canvas/geometry';
import { ink, type Line, type Mark } from '../scene';
import { cornersOf, signMarks } from './bodies';
import { type Body, goesAround, SIGN } from './layout';

const LINE: Line = { paint: ink('--text2', '--canvas', 0.2), width: 1.3 };
const SKIP: Line = { paint: ink('--c-merge'), width: 1.3 };
const r = (v: number): string => String(Math.round(v * 100) / 100);

/** Where the line leaves a body and where it meets one, at y = 0. */
const leaves = (b: Body): number => b.leave;
const meets = (b: Body): number => (b.map.sign ? b.x : b.x - b.lean / 2);

/** The line that comes in at a body: to be drawn before it, so that the body covers its end. */
export function lineInto(b: Body, before: Body | undefined): readonly Mark[] {
  if (!before || b.close || !b.map.from.includes(before.map.id)) return [];
  return arrow({ x: leaves(before), y: 0 }, { x: meets(b), y: 0 });
}

function arrow(from: Point, to: Point, line = LINE): readonly Mark[] {
  const head = [to, { x: to.x - 6, y: to.y - 3 }, { x: to.x - 6, y: to.y + 3 }];
  return [
    { mark: 'path', d: `M${r(from.x)} ${r(from.y)}L${r(to.x - 5)} ${r(to.y)}`, line },
    { mark: 'polygon', points: head, fill: line.paint },
  ];
}

/** A way around a residual block, to the sum behind it; drawn after the body. */
export function aroundMarks(b: Body): readonly Mark[] {
  if (!goesAround(b.map)) return [];
  const { near, far } = cornersOf(b);
  const [start, end] = [near.left - 13, b.leave - 7];
  const top = topOf(b) + 4;
  const face = b.x + b.long;
  return [
    { mark: 'circle', x: start, y: 0, radius: 1.9, fill: SKIP.paint },
    { mark: 'path', d: elbow({ x: start, y: 0 }, { x: end, y: -7 }, top), line: SKIP },
    { mark: 'path', d: `M${r(face)} 0L${r(Math.max(face, far.right))} 0L${r(end - 7)} 0`, line: LINE },
    ...signMarks({ x: end, y: 0 }, b.map.around === 'mul', 7),
  ];
}

/** The upper end of a body with its way around. */
export const topOf = (b: Body): number => cornersOf(b).far.top - (goesAround(b.map) ? 26 : 0);

/** Up, over and down, with round corners. */
function elbow(from: Point, to: Point, top: number, round = 8): string {
  const c = Math.min(round, Math.abs(to.x - from.x) / 2);
  return [
    `M${r(from.x)} ${r(from.y)}L${r(from.x)} ${r(top + c)}`,
    `C${r(from.x)} ${r(top + c / 3)} ${r(from.x + c / 3)} ${r(top)} ${r(from.x + c)} ${r(top)}`,
    `L${r(to.x - c)} ${r(top)}`,
    `C${r(to.x - c / 3)} ${r(top)} ${r(to.x)} ${r(top + c / 3)} ${r(to.x)} ${r(top + c)}`,
    `L${r(to.x)} ${r(to.y)}`,
  ].join('');
}

interface Skip {
  readonly from: number;
  readonly to: number;
}

interface Skips {
  readonly marks: readonly Mark[];
  readonly top: number;
  /** Ids of the maps at both ends. */
  readonly ends: ReadonlySet<string>;
}

/** Wires that pass over bodies between their ends, each at a height of its own where they overlap. */
export function skipMarks(bodies: readonly Body[]): Skips {
  const skips = skipsOf(bodies);
  const placed: (Skip & { readonly top: number })[] = [];
  const marks: Mark[] = [];
  for (const s of skips) {
    const over = bodies.slice(s.from, s.to + 1);
    const crossed = placed.filter((p) => p.from < s.to && s.from < p.to);
    const top = Math.min(...over.map(topOf), ...crossed.map((p) => p.top)) - 15;
    placed.push({ ...s, top });
    marks.push(...skipMark(bodies[s.from]!, bodies[s.to]!, top));
  }
  const ends = skips.flatMap(({ from, to }) => [bodies[from]!.map.id, bodies[to]!.map.id]);
  return { marks, top: Math.min(0, ...placed.map((p) => p.top)), ends: new Set(ends) };
}

/** Short ones first: they lie lowest. */
function skipsOf(bodies: readonly Body[]): readonly Skip[] {
  const index = new Map(bodies.map((b, i) => [b.map.id, i]));
  const skips = bodies.flatMap((b, to) =>
    b.map.from.flatMap((id) => {
      const from = index.get(id);
      return from === undefined || from === to - 1 ? [] : [{ from, to }];
    }),
  );
  return skips.sort((a, b) => a.to - a.from - (b.to - b.from));
}

function skipMark(a: Body, b: Body, top: number): readonly Mark[] {
  // behind a sum, whose own ways come down from above
  const start = a.map.sign ? { x: a.leave + 7, y: 0 } : { x: a.x + a.long / 2, y: -a.high / 2 };
  const end = { x: b.x + b.long / 2, y: b.map.sign ? -SIGN : -b.high / 2 };
  const head = [end, { x: end.x - 3, y: end.y - 6 }, { x: end.x + 3, y: end.y - 6 }];
  return [
    { mark: 'circle', ...start, radius: 1.9, fill: SKIP.paint },
    { mark: 'path', d: elbow(start, { x: end.x, y: end.y - 5 }, top), line: SKIP },
    { mark: 'polygon', points: head, fill: SKIP.paint },
  ];
}
