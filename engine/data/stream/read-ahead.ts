/** Reads the pictures at `indices` into one array, [indices, ...shape]. */
export type ReadBatch = (indices: Int32Array) => Promise<Uint8Array>;

/** Bytes, and batches, that are held ahead at most. */
const HELD = 2 ** 27;
const BATCHES = 8;

interface Held {
  readonly indices: Int32Array;
  readonly bytes: Promise<Uint8Array>;
}

/**
 * Keeps a few batches ahead of what is asked for, as long as batches are asked for in the order that was foretold.
 * What was read for nothing is dropped.
 *
 * @param size bytes of one picture
 */
export function readAhead(read: ReadBatch, size: number) {
  let held: Held[] = [];
  const start = (indices: Int32Array): Held => {
    const bytes = read(indices);
    // a fault is told when its batch is asked for
    bytes.catch(() => {});
    return { indices, bytes };
  };
  return async (indices: Int32Array, next: Int32Array = new Int32Array(0)): Promise<Uint8Array> => {
    const [first] = held;
    const ready = first && same(first.indices, indices) ? first : start(indices);
    const before = first === ready ? held.slice(1) : [];
    const depth = Math.max(1, Math.min(BATCHES, Math.floor(HELD / (indices.length * size || 1))));
    held = [];
    for (let i = 0; i < depth; i++) {
      const part = next.slice(i * indices.length, (i + 1) * indices.length);
      if (part.length === 0) break;
      const known = before[i];
      held.push(known && same(known.indices, part) ? known : start(part));
    }
    return ready.bytes;
  };
}

const same = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
