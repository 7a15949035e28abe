type Records<T> = Readonly<Record<string, T>>;

export const without = <T>(
  records: Records<T>,
  drop: (record: T, id: string) => boolean,
): Record<string, T> => Object.fromEntries(Object.entries(records).filter(([id, r]) => !drop(r, id)));

/** `conv2d-1`, or the next number that is free. */
export function freeId(stem: string, taken: Records<unknown>): string {
  const clean = stem
    .replaceAll(/[^\w-]/g, '')
    .slice(0, 40)
    .replace(/^[^A-Za-z]/, 'n');
  for (let n = 1; ; n++) {
    const id = `${clean || 'n'}-${n}`;
    if (!Object.hasOwn(taken, id)) return id;
  }
}
