type Plain = Readonly<Record<string, unknown>>;

/** Whether two values look the same: plain objects and arrays by what they hold. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => alike((a as Plain)[k], (b as Plain)[k]));
}

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
