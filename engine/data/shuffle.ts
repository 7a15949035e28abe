/** Numbers from 0 to 1, the same for the same seed. @see Steele, Vigna. Computationally easy generators. 2021 */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in an order that is the same on every computer. */
export function shuffled<T>(items: readonly T[], seed = 1): T[] {
  const next = numbers(seed);
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/**
 * A fifth of each label for the test, one at least where there are two. The split belongs to the data and not to the
 * run, so that runs of other seeds are tested on the same pictures.
 */
export function splitBySeed<T>(items: readonly T[], labelOf: (item: T) => number | string) {
  const byLabel = new Map<number | string, T[]>();
  for (const item of items) {
    const label = labelOf(item);
    const group = byLabel.get(label);
    if (group) group.push(item);
    else byLabel.set(label, [item]);
  }
  const [train, test]: [T[], T[]] = [[], []];
  for (const group of byLabel.values()) {
    const held = Math.max(Math.floor(group.length / 5), group.length > 1 ? 1 : 0);
    shuffled(group).forEach((item, i) => void (i < held ? test : train).push(item));
  }
  return { train, test };
}
