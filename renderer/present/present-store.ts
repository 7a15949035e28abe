import { create } from 'zustand';
import { api } from '../app/bridge';
import { attempt } from '../app/notices';
import { useSession } from '../app/session';

interface Present {
  /** Which stop is shown; null while nothing is presented. */
  readonly at: number | null;
  start(): void;
  go(to: number): void;
  leave(): void;
}

/** Whether the net is presented: nothing but the net, over the whole screen. */
export const usePresent = create<Present>((set) => ({
  at: null,
  start() {
    useSession.getState().show('design');
    set({ at: 0 });
    void attempt('Going to full screen', () => api.call['app.fullscreen'](true));
  },
  go: (at) => set({ at }),
  leave() {
    set({ at: null });
    void attempt('Leaving full screen', () => api.call['app.fullscreen'](false));
  },
}));
