import { tidyFrames } from './commands/frames';
import type { GraphDocument } from './document';

/** One thing a user can do. Menu, palette, shortcut and test all read this object; undo needs nothing from it. */
export interface Command<A> {
  readonly id: string;
  /** As it stands in the Edit menu: "Undo {label}". */
  readonly label: string;
  /** Pure. Gives back the same object when there is nothing to do. */
  run(doc: GraphDocument, args: A): GraphDocument;
}

export interface History {
  readonly past: readonly Step[];
  readonly present: GraphDocument;
  readonly future: readonly Step[];
}
interface Step {
  readonly doc: GraphDocument;
  readonly label: string;
  readonly gesture: string | undefined;
}

const LIMIT = 500;
export const newHistory = (present: GraphDocument): History => ({ past: [], present, future: [] });

/**
 * Undo keeps references to earlier documents. Edits share every record they leave alone, so a step costs one record.
 *
 * @param gesture steps with one gesture id, e.g. the moves of one drag, undo together
 */
export function execute<A>(h: History, command: Command<A>, args: A, gesture?: string): History {
  const present = tidied(command.run(h.present, args), h.present);
  if (present === h.present) return h;
  const joins = gesture !== undefined && h.past.at(-1)?.gesture === gesture;
  const past = joins ? h.past : [...h.past, { doc: h.present, label: command.label, gesture }].slice(-LIMIT);
  return { past, present, future: [] };
}

const tidied = (next: GraphDocument, before: GraphDocument): GraphDocument =>
  next.nodes === before.nodes ? next : tidyFrames(next);

export const undo = (h: History): History => {
  const step = h.past.at(-1);
  return step
    ? { past: h.past.slice(0, -1), present: step.doc, future: [{ ...step, doc: h.present }, ...h.future] }
    : h;
};

export const redo = (h: History): History => {
  const [step, ...future] = h.future;
  return step ? { past: [...h.past, { ...step, doc: h.present }], present: step.doc, future } : h;
};

/** A state that the history can show: `at` counts from the oldest one that is kept. */
export interface Moment {
  readonly at: number;
  readonly doc: GraphDocument;
  /** The step that led here; undefined for the oldest. */
  readonly label: string | undefined;
}

/** Every state from the oldest to the last that redo can bring back. The present one is at `past.length`. */
export function momentsOf({ past, present, future }: History): readonly Moment[] {
  const docs = [...past.map((s) => s.doc), present, ...future.map((s) => s.doc)];
  const labels = [...past, ...future].map((s) => s.label);
  return docs.map((doc, at) => ({ at, doc, label: at === 0 ? undefined : labels[at - 1] }));
}

/** Goes to a state by so many undos or redos; it is no step of its own. */
export function jump(h: History, at: number): History {
  let now = h;
  while (now.past.length > at && now.past.length > 0) now = undo(now);
  while (now.past.length < at && now.future.length > 0) now = redo(now);
  return now;
}
