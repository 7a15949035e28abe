/** Entry n takes a file of version n to version n + 1. Never edit one that was released; add the next. */
export type Migrations = Readonly<Record<number, (doc: any) => unknown>>;

export const migrations: Migrations = {
  /** Version 2 has the user's own blocks. */
  1: (doc) => ({ ...doc, version: 2, blocks: {} }),
  /** Version 3 has more training settings, each with its usual value where a file has none. */
  2: (doc) => ({ ...doc, version: 3 }),
  /** Version 4 has notes on nodes, nodes that are bypassed and colours of frames, which a file need not have. */
  3: (doc) => ({ ...doc, version: 4 }),
};

export const CURRENT_VERSION = 4;

/** Brings `doc` of version `from` up to `to`, one step at a time. */
export function migrate(doc: unknown, from: number, to = CURRENT_VERSION, steps = migrations): unknown {
  let current = doc;
  for (let version = from; version < to; version++) {
    const step = steps[version];
    if (!step) throw new Error(`no migration from version ${version}`);
    current = step(current);
  }
  return current;
}
