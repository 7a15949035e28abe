type Plain = Readonly<Record<string, unknown>>;

/** Whether two values look the same: plain objects and arrays by what they hold. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => Object.hasOwn(b, k) && alike((a as Plain)[k], (b as Plain)[k]))
  );
}

/** `next`, or `before` where it looks the same: what follows from it stands then. */
export const unlessAlike = <T>(before: T | undefined, next: T): T =>
  before !== undefined && alike(before, next) ? before : next;
