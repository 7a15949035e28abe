import type { GraphDocument } from '../../engine/graph/document';

export interface Work {
  readonly key: string;
  readonly path: string | null;
  readonly doc: GraphDocument;
  readonly dirty: boolean;
}
interface Targets {
  keep(work: Pick<Work, 'key' | 'path' | 'doc'>): Promise<unknown>;
  drop(key: string): Promise<unknown>;
  fail(error: unknown): void;
}

/** Below the second that may be lost, with room for the write itself. */
const DELAY = 500;

/**
 * Keeps unsaved work beside the file. The first edit starts the clock and later ones do not push it back, so that a
 * kept copy is never more than a second behind, however long the user goes on editing.
 */
export class Autosave {
  readonly #targets: Targets;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: Work | undefined;
  #kept = new Set<string>();
  /** One message at a time, so that a late keep never follows a drop. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  update(work: Work): void {
    const before = this.#latest;
    if (before?.doc === work.doc && before.dirty === work.dirty && before.key === work.key) return;
    this.#latest = work;
    // dirty from its first moment: restored, so that a copy from an earlier session exists
    if (before?.key !== work.key && work.dirty) this.#kept.add(work.key);
    // another document took its place: the user saved the old one or let it go
    for (const key of this.#kept) if (key !== work.key) this.#drop(key);
    if (!work.dirty) {
      this.#stop();
      if (this.#kept.has(work.key)) this.#drop(work.key);
      return;
    }
    this.#timer ??= setTimeout(() => this.flush(), DELAY);
  }

  /** Writes what is waiting now, e.g. before the window closes. */
  flush(): void {
    this.#stop();
    const work = this.#latest;
    if (!work?.dirty) return;
    this.#kept.add(work.key);
    this.#send(() => this.#targets.keep({ key: work.key, path: work.path, doc: work.doc }));
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
