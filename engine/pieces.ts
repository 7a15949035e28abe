/** Work that may be left off, and given way to something else, wherever it yields. */
export type Pieces<T> = Generator<void, T>;

/** All of it at once. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
