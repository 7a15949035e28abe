import { create } from 'zustand';
import { api } from '../app/bridge';
import { useSession } from '../app/session';

interface TourState {
  /** Index of the step on screen; null while the tour is not shown. */
  readonly step: number | null;
  start(): void;
  go(step: number): void;
  end(): void;
}

/** The tour of the window: shown at the first start, and whenever it is asked for. */
export const useTour = create<TourState>((set) => ({
  step: null,
  start: () => {
    useSession.getState().set({ workspace: 'design', left: true, right: true });
    set({ step: 0 });
  },
  go: (step) => set({ step: Math.max(0, step) }),
  end: () => {
    set({ step: null });
    // where it cannot be kept the tour comes again, which is no fault to tell
    void api.call['app.toured']().catch(() => {});
  },
}));
