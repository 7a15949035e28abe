import { create } from 'zustand';
import type { GraphDocument } from '../../engine/graph/document';

export interface Compared {
  /** As the user knows it: the net's name, and where it comes from if that is needed to tell both apart. */
  readonly name: string;
  readonly doc: GraphDocument;
}
interface Compare {
  readonly before: Compared;
  readonly after: Compared;
  /** The document that is open: when it changes, the comparison is out of date. */
  readonly open: GraphDocument;
  /** Layer by layer, with blocks opened. */
  readonly flat: boolean;
}
interface State {
  readonly comparison: Compare | null;
  /** Whether a template is being chosen. */
  readonly choosing: boolean;
  choose(choosing: boolean): void;
  show(before: Compared, after: Compared): void;
  swap(): void;
  setFlat(flat: boolean): void;
  leave(): void;
}

/** What the canvas shows in place of the graph while two nets are compared. */
export const useCompare = create<State>((set) => ({
  comparison: null,
  choosing: false,
  choose: (choosing) => set({ choosing }),
  show: (before, after) =>
    set({ comparison: { before, after, open: after.doc, flat: false }, choosing: false }),
  swap: () => set(({ comparison: c }) => ({ comparison: c && { ...c, before: c.after, after: c.before } })),
  setFlat: (flat) => set(({ comparison: c }) => ({ comparison: c && { ...c, flat } })),
  leave: () => set({ comparison: null }),
}));

export const isComparing = (): boolean => useCompare.getState().comparison !== null;
