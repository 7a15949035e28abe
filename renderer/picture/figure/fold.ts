import type { FigureMap } from './maps';

/** `auto` folds as much as the number of maps asks for. */
export type Folding = 'auto' | 'none' | 'repeats' | 'stages';

/** More bodies than this are no figure but a fence. */
const MANY = 30;

/** Fewer maps, each with the number of those that it stands for. */
export function folded(maps: readonly FigureMap[], how: Folding): readonly FigureMap[] {
  if (how === 'none') return maps;
  if (how === 'stages') return rows(maps, sameStage);
  if (how === 'repeats') return rows(maps, sameMap);
  const blocks = rows(maps, (a, b) => a.around !== undefined && sameMap(a, b));
  if (blocks.length <= MANY) return blocks;
  const repeats = rows(maps, sameMap);
  return repeats.length <= MANY ? repeats : rows(maps, sameStage);
}

type Alike = (a: FigureMap, b: FigureMap) => boolean;
const sides = (m: FigureMap): string => (m.shape.length > 1 ? m.shape.slice(0, -1).join() : '');

/** Two that look the same and do the same. */
const sameMap: Alike = (a, b) =>
  a.sign === undefined &&
  b.sign === undefined &&
  a.category === b.category &&
  a.title === b.title &&
  a.around === b.around &&
  a.shape.join() === b.shape.join() &&
  a.bands.join() === b.bands.join();

/** Two of one size, of whatever depth; vectors and what is pooled stay apart. */
const sameStage: Alike = (a, b) =>
  sides(a) !== '' &&
  sides(a) === sides(b) &&
  a.category !== 'io' &&
  a.category !== 'pool' &&
  b.category !== 'pool';

/** Folds maps that follow one another, where nothing from elsewhere comes in between. */
function rows(maps: readonly FigureMap[], alike: Alike): readonly FigureMap[] {
  const into = new Map<string, string>();
  const found: FigureMap[] = [];
  for (const m of maps) {
    const last = found.at(-1);
    const from = [...new Set(m.from.map((f) => into.get(f) ?? f))];
    const joins = last !== undefined && from.length === 1 && from[0] === last.id && alike(last, m);
    into.set(m.id, joins ? last.id : m.id);
    if (joins) found[found.length - 1] = joined(last, m);
    else found.push({ ...m, from });
  }
  return found;
}

/** The first keeps its place and its sources; the last says what comes out. */
function joined(a: FigureMap, b: FigureMap): FigureMap {
  const { sign: _, ...first } = a;
  const heavier = b.category === 'merge' ? a : b;
  const around = a.around ?? b.around ?? (b.sign && b.sign !== 'concat' ? b.sign : undefined);
  return {
    ...first,
    ...{
      title: a.category === 'merge' ? b.title : a.title,
      category: a.category === 'merge' ? heavier.category : a.category,
    },
    shape: b.shape,
    bands: a.bands.join() === b.bands.join() ? a.bands : [],
    activated: a.activated || b.activated,
    times: a.times + (b.sign ? 0 : b.times),
    ...(around && { around }),
  };
}
