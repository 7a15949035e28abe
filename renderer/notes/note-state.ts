import { create } from 'zustand';
import type { Position } from '../../engine/graph/commands/nodes';

interface NoteState {
  /** Id of the note on the canvas that is being written. */
  readonly editing: string | null;
  /** Where a note begins that says nothing yet: it comes into the document with its first words. */
  readonly draft: Position | null;
  /** Node whose note is being written, in the inspector. */
  readonly node: string | null;
  set(patch: Partial<Omit<NoteState, 'set'>>): void;
}

/** Which note is being written; nothing of it outlives the writing. */
export const useNotes = create<NoteState>((set) => ({
  editing: null,
  draft: null,
  node: null,
  set: (patch) => set(patch),
}));
