/** Hands what was pushed on at once, then at most once in `interval` milliseconds. */
export function throttled<T>(interval: number, hand: (items: readonly T[]) => void) {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let handed = Number.NEGATIVE_INFINITY;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const full = items;
    items = [];
    handed = performance.now();
    hand(full);
  };
  const push = (item: T) => {
    items.push(item);
    const wait = handed + interval - performance.now();
    if (wait <= 0) flush();
    else timer ??= setTimeout(flush, wait);
  };
  return { push, flush };
}
