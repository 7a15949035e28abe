import { alike } from '../app/alike';

/** `next` with the objects of `before` where they look the same, so that React leaves their components alone. */
export function reuse<T extends { readonly id: string }>(
  before: readonly T[],
  next: readonly T[],
): readonly T[] {
  const known = new Map(before.map((n) => [n.id, n]));
  let same = before.length === next.length;
  const merged = next.map((n, i) => {
    const old = known.get(n.id);
    const kept = old && alike(old, n) ? old : n;
    same &&= kept === before[i];
    return kept;
  });
  return same ? before : merged;
}
