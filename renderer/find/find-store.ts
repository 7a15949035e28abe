import { create } from 'zustand';

interface FindState {
  readonly open: boolean;
  readonly text: string;
  /** The hit that one stands at. */
  readonly at: string | null;
  /** Raised by each request to type, so that the field takes the focus again. */
  readonly asked: number;
  show(): void;
  close(): void;
  set(patch: Partial<Pick<FindState, 'text' | 'at'>>): void;
}

/** The find bar of the canvas. What it looked for last stays. */
export const useFind = create<FindState>((set) => ({
  open: false,
  text: '',
  at: null,
  asked: 0,
  show: () => set((s) => ({ open: true, asked: s.asked + 1 })),
  close: () => set({ open: false, at: null }),
  set: (patch) => set(patch),
}));
