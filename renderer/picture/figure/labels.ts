import type { Rect } from '../../canvas/geometry';
import { ink, type Mark, type Words } from '../scene';
import { textWidth } from '../text';
import { cornersOf } from './bodies';
import type { Body } from './layout';
import type { FigureMap } from './maps';
import { sizeText } from './measures';

/** `sizes` are channels and sides; `all` has names too. */
export type FigureLabels = 'all' | 'sizes' | 'none';

const NUMBER = { size: 10, mono: true } as const;
const NAME = { size: 10.5, weight: 500 } as const;

/**
 * Channels below each body, sides along its lower edge, names below, and the counts of what is folded above.
 *
 * @param skipped ids of the maps that a line meets from above
 */
export function labelMarks(
  bodies: readonly Body[],
  which: FigureLabels,
  skipped: ReadonlySet<string>,
): readonly Mark[] {
  const counts = bodies.filter((b) => b.map.times > 1).map((b) => countMark(b, skipped.has(b.map.id)));
  if (which === 'none') return counts;
  const solid = bodies.filter((b) => !b.map.sign);
  const taken: Rect[] = [];
  const sizes = runs(solid, sameSides).flatMap((run) => sizeMark(run.at(-1)!, taken));
  const channels = runs(solid, sameChannels).flatMap((run) =>
    below(run, String(run[0]!.map.shape.at(-1)), 13, taken),
  );
  const named = which === 'all' ? runs(solid, sameName) : [];
  const names = named.flatMap((run) => nameMark(run, taken));
  return [...sizes, ...channels, ...names, ...counts];
}

/** Neighbours of which the same can be said once. */
function runs(bodies: readonly Body[], same: (a: Body, b: Body) => boolean): readonly (readonly Body[])[] {
  const found: Body[][] = [];
  for (const b of bodies) {
    const last = found.at(-1);
    if (last && same(last.at(-1)!, b)) last.push(b);
    else found.push([b]);
  }
  return found;
}
const channelsOf = (m: FigureMap): number => m.shape.at(-1) ?? 0;
const sameChannels = (a: Body, b: Body): boolean => b.close && channelsOf(a.map) === channelsOf(b.map);
const sameSides = (a: Body, b: Body): boolean => sizeText(a.map) === sizeText(b.map);
const sameName = (a: Body, b: Body): boolean => b.close && a.map.title === b.map.title;

const words = (w: Words): Mark => ({ mark: 'text', ...w });

function below(run: readonly Body[], text: string, drop: number, taken: Rect[]): readonly Mark[] {
  const [first, last] = [cornersOf(run[0]!).near, cornersOf(run.at(-1)!).near];
  const x = (first.left + last.right) / 2;
  const y = freeRow(x, first.bottom + drop, textWidth(text, NUMBER), 11, taken);
  return y === undefined ? [] : [words({ text, x, y, anchor: 'middle', ...NUMBER, paint: ink('--text2') })];
}

function nameMark(run: readonly Body[], taken: Rect[]): readonly Mark[] {
  const [first, last] = [cornersOf(run[0]!).near, cornersOf(run.at(-1)!).near];
  const text = run.length > 1 ? `${run[0]!.map.title} ×${run.length}` : run[0]!.map.title;
  const x = (first.left + last.right) / 2;
  const y = freeRow(x, first.bottom + 26, textWidth(text, NAME), 13, taken);
  return y === undefined ? [] : [words({ text, x, y, anchor: 'middle', ...NAME, paint: ink('--text') })];
}

/** Three rows, then a label is left out: the picture says less rather than something unreadable. */
function freeRow(x: number, y: number, width: number, step: number, taken: Rect[]): number | undefined {
  for (let row = 0; row < 3; row++) {
    const rect = { x: x - width / 2 - 3, y: y + row * step - 9, width: width + 6, height: 11 };
    if (taken.some((t) => overlap(t, rect))) continue;
    taken.push(rect);
    return y + row * step;
  }
  return undefined;
}
const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Along the edge that goes into the page. */
function sizeMark(b: Body, taken: Rect[]): readonly Mark[] {
  const text = sizeText(b.map);
  if (text === '' || text === '1') return [];
  const { near, far } = cornersOf(b);
  const [x, y] = [(near.right + far.right) / 2 + 7, (near.bottom + far.bottom) / 2 + 7];
  const width = textWidth(text, NUMBER) * Math.SQRT1_2;
  const rect = { x: x - width / 2 - 2, y: y - width / 2 - 4, width: width + 6, height: width + 6 };
  taken.push(rect);
  return [words({ text, x, y, anchor: 'middle', turn: -45, ...NUMBER, paint: ink('--text3') })];
}

/** `×3` above the body, under its way around; beside a line that comes down there. */
function countMark(b: Body, beside: boolean): Mark {
  const { near, far } = cornersOf(b);
  const middle = (near.left + far.right) / 2;
  const place = beside
    ? ({ x: middle - 6, anchor: 'end' } as const)
    : ({ x: middle, anchor: 'middle' } as const);
  const text = `×${b.map.times}`;
  return words({ text, ...place, y: far.top - 7, size: 11.5, weight: 600, paint: ink('--text') });
}
