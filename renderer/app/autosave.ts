import type { GraphDocument } from '../../engine/graph/document';

/** An open document. */
export interface Work {
  readonly key: string;
  readonly path: string | null;
  /** Of what its file held when it was read or written. */
  readonly stamp: string | null;
  readonly doc: GraphDocument;
  readonly dirty: boolean;
}
interface Targets {
  keep(work: Omit<Work, 'dirty'>): Promise<unknown>;
  drop(key: string): Promise<unknown>;
  fail(error: unknown): void;
}

/** Below the second that may be lost, with room for the write itself. */
const DELAY = 500;

/**
 * Keeps unsaved work of every open document beside the files. The first edit starts the clock and later ones do not
 * push it back, so that a kept copy is never more than a second behind, however long the user goes on editing.
 */
export class Autosave {
  readonly #targets: Targets;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: readonly Work[] = [];
  /** By key, the document as it was kept last; undefined for a copy of an earlier session. */
  #kept = new Map<string, GraphDocument | undefined>();
  /** One message at a time, so that a late keep never follows a drop. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  /** @param works every open document */
  update(works: readonly Work[]): void {
    const known = new Set(this.#latest.map((w) => w.key));
    this.#latest = works;
    // dirty from its first moment: restored, so that a copy from an earlier session exists
    for (const { key, dirty } of works) if (dirty && !known.has(key)) this.#kept.set(key, undefined);
    const dirty = new Set(works.filter((w) => w.dirty).map((w) => w.key));
    // saved, closed, or another document took its place
    for (const key of [...this.#kept.keys()]) if (!dirty.has(key)) this.#drop(key);
    if (this.#waiting().length === 0) this.#stop();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY);
  }

  /** Writes what is waiting now, e.g. before the window closes. */
  flush(): void {
    this.#stop();
    for (const { dirty: _, ...work } of this.#waiting()) {
      this.#kept.set(work.key, work.doc);
      this.#send(() => this.#targets.keep(work));
    }
  }

  #waiting(): readonly Work[] {
    return this.#latest.filter((w) => w.dirty && this.#kept.get(w.key) !== w.doc);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #drop(key: string): void {
    this.#kept.delete(key);
    this.#send(() => this.#targets.drop(key));
  }

  #send(message: () => Promise<unknown>): void {
    this.#queue = this.#queue.then(message).catch((error: unknown) => this.#targets.fail(error));
  }
}
