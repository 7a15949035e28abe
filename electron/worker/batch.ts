export interface Batch<T> {
  add(item: T): void;
  /** Sends what waits now. */
  flush(): void;
}

/** Collects items and sends them together, at most once in `interval` milliseconds; the first goes at once. */
export function batched<T>(send: (items: T[]) => void, interval = 100): Batch<T> {
  let items: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const ready = items;
    items = [];
    send(ready);
    timer = setTimeout(flush, interval);
  };
  return {
    flush,
    add(item) {
      items.push(item);
      if (timer === undefined) flush();
    },
  };
}
