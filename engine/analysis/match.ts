import { canonical, type Unit } from './units';

/** Paths of the one graph to those of the other. */
export type Pairs = ReadonlyMap<string, string>;

/** Cells of one alignment, a byte each: past it both lists are halved first. */
const MOST_CELLS = 16_000_000;

/**
 * Which nodes of two graphs are the same ones: first those of one name and type, then neighbours of these that are
 * equal, then what stands between these in the order of execution, by type, parameters and shape, last neighbours of
 * one type. A match never joins two types.
 */
export function matchUnits(a: readonly Unit[], b: readonly Unit[]): Pairs {
  const [first, second] = [a, b].map((units) => units.map(keyOf).join('\n'));
  // worked out in one direction only, so that the other gives the same pairs
  if (first! <= second!) return matched(a, b);
  return new Map([...matched(b, a)].map(([y, x]) => [x, y]));
}

const keyOf = (u: Unit): string =>
  [u.path, u.instance.type, canonical(u.params), canonical([...u.sources].sort())].join(' ');

function matched(a: readonly Unit[], b: readonly Unit[]): Pairs {
  const state = {
    a: sideOf(a),
    b: sideOf(b),
    there: new Map<string, string>(),
    back: new Map<string, string>(),
  };
  for (const { path, type } of state.a.items) {
    if (state.b.byPath.get(path)?.type === type) join(state, path, path);
  }
  grow(state, (i) => i.exact);
  for (const [left, right] of gaps(state)) align(state, left, right);
  grow(state, (i) => i.type);
  return state.there;
}

/** What two nodes are compared by, as strings that are equal for equal things. */
interface Item {
  readonly path: string;
  readonly type: string;
  readonly exact: string;
  readonly shape: string;
  readonly near: readonly string[];
}
interface Side {
  readonly items: readonly Item[];
  readonly byPath: ReadonlyMap<string, Item>;
}
interface State {
  readonly a: Side;
  readonly b: Side;
  readonly there: Map<string, string>;
  readonly back: Map<string, string>;
}

function sideOf(units: readonly Unit[]): Side {
  const near = new Map<string, string[]>(units.map((u) => [u.path, [...u.sources.values()]]));
  for (const u of units) for (const from of u.sources.values()) near.get(from)?.push(u.path);
  const items = units.map(({ path, instance, params }) => ({
    ...{ path, type: instance.type, exact: `${instance.type} ${canonical(params)}` },
    shape: instance.output?.shape.join() ?? '',
    near: near.get(path)!,
  }));
  return { items, byPath: new Map(items.map((i) => [i.path, i])) };
}

function join({ there, back }: State, x: string, y: string): void {
  there.set(x, y);
  back.set(y, x);
}

/** From the pairs that are known along their wires, to neighbours that only one of each side can be. */
function grow(state: State, key: (i: Item) => string): void {
  let front: readonly (readonly [string, string])[] = [...state.there];
  while (front.length > 0) {
    const next: [string, string][] = [];
    for (const [x, y] of front) {
      const left = lone(state.a, x, state.there, key);
      const right = lone(state.b, y, state.back, key);
      for (const [k, p] of left) {
        const q = right.get(k);
        if (!p || !q || state.there.has(p) || state.back.has(q)) continue;
        join(state, p, q);
        next.push([p, q]);
      }
    }
    front = next;
  }
}

/** Neighbours that are free and the only one of their key; undefined stands for several. */
function lone(
  side: Side,
  path: string,
  taken: Pairs,
  key: (i: Item) => string,
): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const near of new Set(side.byPath.get(path)!.near)) {
    const item = side.byPath.get(near);
    if (!item || taken.has(near)) continue;
    const k = key(item);
    found.set(k, found.has(k) ? undefined : near);
  }
  return found;
}

type Gap = readonly [left: readonly Item[], right: readonly Item[]];

/** What is free on both sides between pairs that stand in the same order in both. */
function gaps(state: State): readonly Gap[] {
  const place = new Map(state.b.items.map((i, at) => [i.path, at]));
  const anchors = state.a.items.flatMap((i, at) => {
    const there = state.there.get(i.path);
    return there === undefined ? [] : [[at, place.get(there)!] as const];
  });
  const ends = [...rising(anchors), [state.a.items.length, state.b.items.length] as const];
  let [x, y] = [0, 0];
  return ends.map(([i, j]): Gap => {
    const left = state.a.items.slice(x, i).filter((item) => !state.there.has(item.path));
    const right = state.b.items.slice(y, j).filter((item) => !state.back.has(item.path));
    [x, y] = [i, j];
    return [left, right];
  });
}

/** The most pairs, of those given with rising first numbers, whose second numbers rise too. */
function rising(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [at, [, y]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < y) low = middle + 1;
      else high = middle;
    }
    before.push(low > 0 ? ends[low - 1]! : -1);
    ends[low] = at;
  }
  const chosen: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) chosen.push(pairs[at]!);
  return chosen.reverse();
}

/** Needleman-Wunsch: the pairs in order whose likenesses are most together. */
function align(state: State, left: readonly Item[], right: readonly Item[]): void {
  const [n, m] = [left.length, right.length];
  if (n === 0 || m === 0) return;
  if (n * m > MOST_CELLS) {
    align(state, left.slice(0, n >> 1), right.slice(0, m >> 1));
    align(state, left.slice(n >> 1), right.slice(m >> 1));
    return;
  }
  const ways = waysOf(left, right);
  let [i, j] = [n, m];
  while (i > 0 && j > 0) {
    const way = ways[(i - 1) * m + j - 1];
    if (way === BOTH) join(state, left[i - 1]!.path, right[j - 1]!.path);
    if (way !== RIGHT) i--;
    if (way !== LEFT) j--;
  }
}

const [BOTH, LEFT, RIGHT] = [0, 1, 2] as const;

/** How the best alignment of each two beginnings ends: with a pair, or with a node of one side alone. */
function waysOf(left: readonly Item[], right: readonly Item[]): Uint8Array {
  const m = right.length;
  const [a, b] = numbered(left, right);
  const ways = new Uint8Array(left.length * m);
  let above = new Int32Array(m + 1);
  for (let i = 0; i < left.length; i++) {
    const row = new Int32Array(m + 1);
    for (let j = 0; j < m; j++) {
      const alike = likeness(a[i]!, b[j]!);
      const both = alike > 0 ? above[j]! + alike : -1;
      const best = Math.max(both, above[j + 1]!, row[j]!);
      row[j + 1] = best;
      ways[i * m + j] = best === both ? BOTH : best === above[j + 1] ? LEFT : RIGHT;
    }
    above = row;
  }
  return ways;
}

type Numbers = readonly [type: number, exact: number, shape: number];

/** Strings as small numbers, which compare faster. */
function numbered(left: readonly Item[], right: readonly Item[]) {
  const known = new Map<string, number>();
  const number = (text: string): number => {
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text)!;
  };
  const row = (i: Item): Numbers => [number(i.type), number(i.exact), number(`shape ${i.shape}`)];
  return [left.map(row), right.map(row)] as const;
}

/** 0 where two nodes cannot be the same one. */
const likeness = (a: Numbers, b: Numbers): number =>
  a[0] !== b[0] ? 0 : 4 + (a[1] === b[1] ? 4 : 0) + (a[2] === b[2] ? 1 : 0);
